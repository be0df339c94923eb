"""The tokenizer in a model's folder, and how it counts. Needs no torch."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tokenizers import BertWordPieceTokenizer, Tokenizer

from litsearch.errors import ConfigError
from litsearch.untrusted import read_bytes

TOKENIZER_FILE = "tokenizer.json"
HINT = "Use another model, or fetch this one again."


def read_tokenizer(folder: Path) -> Tokenizer:
    """Return the tokenizer of a model: tokenizer.json, or made of a BERT's vocab.txt. Raises
    ConfigError.
    """
    path = folder / TOKENIZER_FILE
    try:
        if path.is_file():
            return Tokenizer.from_file(str(path))
        return _word_pieces(folder)
    except Exception as error:  # noqa: BLE001 - the library raises bare Exceptions
        raise ConfigError(f"The tokenizer in {folder} cannot be read: {error}.", HINT) from None


def _word_pieces(folder: Path) -> Tokenizer:
    """The tokenizer of older BERTs, whose folders hold only the vocabulary."""
    vocabulary = folder / "vocab.txt"
    if not vocabulary.is_file():
        raise ValueError("there is neither tokenizer.json nor vocab.txt")
    lowers = bool(_settings(folder).get("do_lower_case", True))
    made: Tokenizer = BertWordPieceTokenizer(str(vocabulary), lowercase=lowers)._tokenizer
    return made


def _settings(folder: Path) -> dict[str, Any]:
    path = folder / "tokenizer_config.json"
    settings: dict[str, Any] = json.loads(read_bytes(path)) if path.exists() else {}
    return settings


def token_counter(folder: Path) -> Callable[[Sequence[str]], list[int]]:
    """Return a TokenCounter for the model in a folder; counts include the special tokens. Raises
    ConfigError.
    """
    tokenizer = read_tokenizer(folder)
    tokenizer.no_truncation()
    tokenizer.no_padding()

    def count(texts: Sequence[str]) -> list[int]:
        return [len(encoding) for encoding in tokenizer.encode_batch_fast(list(texts))]

    return count
