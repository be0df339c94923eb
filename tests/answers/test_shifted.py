"""Judging is relative to the embedder: one whose cosines are .5 + .5 c answers and declines alike."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from answers.shelf import Page, ask, embed_shifted, make

HERE = Path(__file__).parent


def pages() -> list[Page]:
    """Return the paragraphs of the pages on other fields, a sentence a line."""
    made = []
    for path in sorted((HERE / "subjects").glob("*.md")):
        text = re.sub(r"[#*|`_-]+", " ", path.read_text("utf-8"))
        sentences = [" ".join(line.split()) for line in re.split(r"(?<=[.!?])\s", text)]
        made.append(Page(path.stem, tuple(dict.fromkeys(filter(None, sentences)))))
    return made


@pytest.mark.slow
def test_declining_stays_as_it_is_when_all_cosines_are_shifted(tmp_path: Path) -> None:
    rows = [json.loads(line) for line in (HERE / "subjects.jsonl").read_text("utf-8").splitlines()]
    plain = make(tmp_path / "plain", pages())
    shifted = make(tmp_path / "shifted", pages(), embed_shifted)
    assert shifted.cosines.random_quantiles[0] > 0.4  # measured, and no default
    seen: Counter[str] = Counter()
    changed = []
    for row in rows:
        status = ask(plain, row["question"]).status
        seen[status] += 1
        if ask(shifted, row["question"], embed=embed_shifted).status != status:
            changed.append(row["question"])
    assert min(seen["answered"], seen["declined"]) >= 5, seen
    assert changed == []
