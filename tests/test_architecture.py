"""The house: one-way arrows between the packages, and one home file for each heavy library."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MAY_IMPORT = {
    "api": {"api", "eval", "matcher", "models", "index"},
    "eval": {"eval", "matcher", "models", "index"},
    "matcher": {"matcher", "models", "index"},
    "models": {"models"},
    "index": {"index"},
}
HOMES = {
    "faiss": {"index/dense.py", "eval/bench/flat.py"},
    "spacy": {"models/tagger.py"},
    "sklearn": {"models/ranker.py", "index/lexical.py", "eval/"},
    "torch": {"models/", "eval/bench/"},
    "transformers": {"models/"},
    "sentence_transformers": {"models/", "eval/bench/"},
    "onnxruntime": {"models/"},
    "sqlalchemy": {"matcher/storage/"},
    "alembic": {"matcher/storage/"},
    "fastapi": {"api/"},
    "typer": {"api/cli/"},
    "matplotlib": {"eval/plots.py"},
}
CONCRETE = ("matcher/assemble.py",)
"""The only modules of matcher that may name a concrete encoder or store; the rest asks the ports."""


def sources(*packages: str) -> list[Path]:
    return sorted(path for package in packages for path in (ROOT / package).rglob("*.py"))


def imports(path: Path) -> Iterator[tuple[str, bool]]:
    """Every imported module of a file, and whether it is imported as soon as the file is."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    late = {
        id(node)
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, id(node) not in late) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module or "", id(node) not in late


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", sources(*MAY_IMPORT), ids=name)
def test_arrows_point_one_way(path: Path) -> None:
    package = name(path).split("/")[0]
    ours = {module.split(".")[0] for module, _ in imports(path)} & {*MAY_IMPORT, "tests"}

    assert ours <= MAY_IMPORT[package], f"{name(path)} imports {sorted(ours - MAY_IMPORT[package])}"


@pytest.mark.parametrize("path", sources(*MAY_IMPORT), ids=name)
def test_heavy_libraries_stay_in_their_home_file(path: Path) -> None:
    for module, _ in imports(path):
        homes = HOMES.get(module.split(".")[0])
        assert homes is None or any(name(path).startswith(home) for home in homes), f"{name(path)} imports {module}"


@pytest.mark.parametrize("path", sources(*MAY_IMPORT), ids=name)
def test_model_libraries_are_imported_only_when_used(path: Path) -> None:
    heavy = {"torch", "transformers", "sentence_transformers", "spacy", "sklearn", "onnxruntime", "alembic"}
    early = {module.split(".")[0] for module, at_once in imports(path) if at_once}

    if name(path).startswith("models/training/"):
        heavy -= {"torch"}  # nothing of the product imports a training
    assert not (early & heavy) or name(path).startswith(("eval/bench/", "matcher/storage/migrations/")), name(path)


def test_only_the_script_that_trains_imports_a_training_and_nobody_imports_the_script() -> None:
    """A training imports torch at once, which nothing that serves may do."""
    offenders = [
        (name(path), module)
        for path in sources(*MAY_IMPORT)
        for module, at_once in imports(path)
        if at_once
        and (
            module == "eval.adapter"
            or (
                module in ("models.training.train", "models.training.lowrank")
                and not name(path).startswith(("models/training/", "eval/adapter.py"))
            )
        )
    ]

    assert offenders == []


def test_only_the_assembly_names_concrete_parts() -> None:
    concrete = ("models.encoder", "models.packaged", "models.hashing", "matcher.storage")
    offenders = [
        (name(path), module)
        for path in sources("matcher")
        for module, _ in imports(path)
        if module.startswith(concrete)
        and name(path) not in CONCRETE
        and not name(path).startswith(("matcher/storage/",))
    ]

    assert offenders == []


def test_no_file_is_longer_than_four_hundred_lines() -> None:
    long = [name(p) for p in sources(*MAY_IMPORT, "tests") if len(p.read_text(encoding="utf-8").splitlines()) > 400]

    assert long == []


def test_every_folder_of_python_files_is_a_package() -> None:
    folders = {path.parent for path in sources(*MAY_IMPORT, "tests")}

    assert [name(folder) for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []
