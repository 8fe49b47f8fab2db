"""Writes weights as a sentence-transformers folder: the files a model hub would hold for multilingual-e5-small."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.prompts import E5_PREFIXES, MOST_TOKENS
from models.q4_weights import Vocabulary, Weights

SPECIAL = {"bos": "<s>", "cls": "<s>", "eos": "</s>", "sep": "</s>", "unk": "<unk>", "pad": "<pad>", "mask": "<mask>"}
PARTS = {"q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value"} | {
    "ao": "attention.output.dense",
    "fi": "intermediate.dense",
    "fo": "output.dense",
}
NORMS = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}


def write_tokenizer(vocabulary: Vocabulary, path: Path) -> None:
    """Write `tokenizer.json`: XLM-R's unigram model, with NFKC for SentencePiece's own table of the same rules."""
    from tokenizers import AddedToken, Regex, Tokenizer, decoders, normalizers, pre_tokenizers, processors
    from tokenizers.models import Unigram

    pieces = list(zip(vocabulary.pieces, vocabulary.scores, strict=True))
    tokenizer = Tokenizer(Unigram(pieces, unk_id=vocabulary.unknown))
    spaces = normalizers.Replace(Regex(" {2,}"), " ")
    tokenizer.normalizer = normalizers.Sequence([normalizers.Nmt(), normalizers.NFKC(), spaces])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="\u2581", prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(replacement="\u2581", prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", vocabulary.bos), ("</s>", vocabulary.eos)],
    )
    tokenizer.add_special_tokens([AddedToken(word, normalized=False) for word in dict.fromkeys(SPECIAL.values())])
    tokenizer.save(str(path), pretty=False)


def write_model(weights: Weights, folder: Path) -> None:
    """Write float32 weights and every configuration file that SentenceTransformer(folder) reads."""
    from safetensors.numpy import save_file

    tensors = folder / "model.safetensors"
    save_file(dict(_bert(weights)), tensors, metadata={"format": "pt"})
    tensors.chmod(0o644)  # safetensors keeps a file to its owner, and a home may be shared
    modules = [("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize")]
    _write(folder / "modules.json", [_module(number, *module) for number, module in enumerate(modules)])
    _write(folder / "config.json", _config(weights))
    _write(folder / "sentence_bert_config.json", {"max_seq_length": MOST_TOKENS, "do_lower_case": False})
    _write(folder / "tokenizer_config.json", _tokenizer_config())
    prompts = {"query": E5_PREFIXES["query"], "document": E5_PREFIXES["passage"]}
    _write(
        folder / "config_sentence_transformers.json",
        {"prompts": prompts, "default_prompt_name": None, "similarity_fn_name": "cosine"},
    )
    _write(
        folder / "1_Pooling" / "config.json",
        {"word_embedding_dimension": weights.shape.hidden, "pooling_mode_mean_tokens": True},
    )
    _write(folder / "2_Normalize" / "config.json", {})


def _bert(weights: Weights) -> Iterator[tuple[str, NDArray[np.float32]]]:
    """Weights by the names of a Hugging Face BertModel. The pooler is never used: zeros, so that none is invented."""
    hidden = weights.shape.hidden
    for table, name in (("word", "word"), ("pos", "position"), ("type", "token_type")):
        yield f"embeddings.{name}_embeddings.weight", weights.table(table)
    yield "embeddings.LayerNorm.weight", weights.tensors["emb.ln.w"]
    yield "embeddings.LayerNorm.bias", weights.bias("emb.ln")
    for layer in range(weights.shape.layers):
        for ours, theirs in PARTS.items():
            yield f"encoder.layer.{layer}.{theirs}.weight", weights.matrix(f"l{layer}.{ours}")
            yield f"encoder.layer.{layer}.{theirs}.bias", weights.bias(f"l{layer}.{ours}")
        for ours, theirs in NORMS.items():
            yield f"encoder.layer.{layer}.{theirs}.weight", weights.tensors[f"l{layer}.{ours}.w"]
            yield f"encoder.layer.{layer}.{theirs}.bias", weights.bias(f"l{layer}.{ours}")
    yield "pooler.dense.weight", np.zeros((hidden, hidden), dtype=np.float32)
    yield "pooler.dense.bias", np.zeros(hidden, dtype=np.float32)


def _config(weights: Weights) -> dict[str, object]:
    shape, vocabulary = weights.shape, weights.vocabulary
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "dtype": "float32",
        "hidden_act": "gelu",
        "hidden_size": shape.hidden,
        "num_hidden_layers": shape.layers,
        "num_attention_heads": shape.heads,
        "intermediate_size": shape.feed_forward,
        "vocab_size": shape.vocabulary,
        "max_position_embeddings": shape.positions,
        "type_vocab_size": shape.types,
        "layer_norm_eps": shape.epsilon,
        "pad_token_id": vocabulary.pad,
    }


def _tokenizer_config() -> dict[str, object]:
    words = {f"{role}_token": word for role, word in SPECIAL.items()}
    return {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": MOST_TOKENS, **words}


def _module(number: int, path: str, kind: str) -> dict[str, object]:
    return {"idx": number, "name": str(number), "path": path, "type": f"sentence_transformers.models.{kind}"}


def _write(path: Path, content: Mapping[str, object] | list[dict[str, object]]) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
