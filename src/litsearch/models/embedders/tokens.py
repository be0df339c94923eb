"""Counts the tokens that texts take of an embedder's window, with the model's own tokenizer and without torch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from tokenizers import Tokenizer

from litsearch.errors import ConfigError


def token_counter(folder: Path) -> Callable[[Sequence[str]], list[int]]:
    """A TokenCounter for the model in a folder; counts include the special tokens. Raises ConfigError."""
    path = folder / "tokenizer.json"
    if not path.is_file():
        raise ConfigError(f"{folder} holds no tokenizer.json.", "Use an embedder that has one, as nearly all have.")
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_truncation()
    tokenizer.no_padding()

    def count(texts: Sequence[str]) -> list[int]:
        return [len(encoding) for encoding in tokenizer.encode_batch_fast(list(texts))]

    return count
