"""Why an index is not served or a change is refused. Whoever opens an index translates these for people."""


class IndexProblem(Exception):
    """Anything this package refuses. The message is in English and meant for a log."""


class MissingIndex(IndexProblem):
    """Nothing was ever published in the folder."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        super().__init__(f"No index was published in {folder}; build one.")


class StaleIndex(IndexProblem):
    """An intact index that was built for something else: another encoder, dimension, generation or format."""

    def __init__(self, *, field: str, found: object, wanted: object) -> None:
        self.field = field
        self.found = found
        self.wanted = wanted
        super().__init__(f"The index was built with {field} {found!r}, but {wanted!r} is wanted; build it again.")


class DamagedIndex(IndexProblem):
    """A file of an index is missing, truncated, changed, or none of ours."""

    def __init__(self, *, file: str, why: str) -> None:
        self.file = file
        self.why = why
        super().__init__(f"The index file {file} is damaged: {why}; build the index again.")


class InvalidRows(IndexProblem, ValueError):
    """Rows or queries that cannot be indexed as they are."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


class UnknownIds(IndexProblem, LookupError):
    """Ids that own nothing in the index were asked for by name."""

    def __init__(self, ids: list[str]) -> None:
        self.ids = ids
        super().__init__(f"{len(ids)} ids are not in the index, the first is {ids[0]!r}.")
