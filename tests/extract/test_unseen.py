"""Pages of forty generators: every marked sentence comes, the frame stays out, more is right than
in trafilatura.
"""

from __future__ import annotations

import re
import statistics
from collections import Counter
from functools import cache

import pytest
import trafilatura
from extract.marked import NAMES, letters, page, sentences
from extract.pages import extract, raw

# Lines of the frame that come today: short, without a class or a heading that tells what they are.
STAY = {"br-prose": 1, "gitlab-blob": 1, "phpbb": 2, "table-layout": 2}
FLOOR = 0.97  # word-level F1 measured 0.974; trafilatura's best setting has 0.935 here


@cache
def text_of(name: str) -> str:
    return extract(raw(page(name).html)).text


def word_f1(text: str, gold: str) -> float:
    found, wanted = (Counter(re.findall(r"\w+", each.casefold())) for each in (text, gold))
    return 2 * sum((found & wanted).values()) / max(1, sum(found.values()) + sum(wanted.values()))


@pytest.mark.parametrize("name", NAMES)
def test_no_marked_sentence_is_lost(name: str) -> None:
    text = " ".join(text_of(name).split())
    assert [sentence for sentence in sentences(name) if sentence not in text] == []


@pytest.mark.parametrize("name", NAMES)
def test_code_keeps_its_lines(name: str) -> None:
    assert set(page(name).lines) <= set(text_of(name).split("\n"))


@pytest.mark.parametrize("name", NAMES)
def test_the_frame_stays_out(name: str) -> None:
    text = letters(text_of(name))
    assert len([part for part in page(name).frame if letters(part) in text]) <= STAY.get(name, 0)


@pytest.mark.slow
def test_more_is_right_than_in_trafilatura() -> None:
    gold = {name: "\n".join(page(name).main) for name in NAMES}
    ours = statistics.mean(word_f1(text_of(name), gold[name]) for name in NAMES)
    theirs = [
        statistics.mean(
            word_f1(trafilatura.extract(page(name).html, **options) or "", gold[name])
            for name in NAMES
        )
        for options in ({}, {"favor_recall": True}, {"favor_precision": True})
    ]
    assert ours >= FLOOR > max(theirs)


def test_there_are_forty() -> None:
    assert len(NAMES) >= 40
    assert sum(len(sentences(name)) for name in NAMES) >= 380
