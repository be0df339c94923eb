"""More pages that are not the article, and pages that only look so: none of these is indexed, all
of those are.

Every page in zoo/ is written in general terms; none is that of a real site. {READ} stands for some
real text.
"""

from __future__ import annotations

import contextlib
import time
from pathlib import Path

import pytest
from extract.pages import PROSE, extract, raw

from litsearch.errors import ExtractError
from litsearch.extract.html.not_articles import Shown, refuse_pretenders

READ = " ".join(PROSE[:2]) + "</p><p>" + " ".join(PROSE[2:4])


def parts(text: str) -> list[tuple[str, str, str]]:
    """Pages as "status | name | title" lines, each with its body below."""
    found = []
    for block in text.strip().split("\n\n"):
        head, _, body = block.partition("\n")
        status, name, title = (part.strip() for part in head.split(" | ", 2))
        page = (
            body
            if body.startswith("<html")
            else f"<html><head><title>{title}</title></head><body>{body}</body></html>"
        )
        found.append(pytest.param(status, page.replace("{READ}", READ), id=name))
    return found


BAD = (Path(__file__).parent / "zoo" / "bad.txt").read_text("utf-8")

GOOD = (Path(__file__).parent / "zoo" / "good.txt").read_text("utf-8")


@pytest.mark.parametrize(("status", "page"), parts(BAD))
def test_a_page_that_is_not_the_article_is_refused(status, page):
    with pytest.raises(ExtractError) as caught:
        extract(raw(page, charset="utf-8"))
    assert caught.value.status == status
    assert str(caught.value).endswith(".")
    assert caught.value.hint.endswith(".")


@pytest.mark.parametrize(("status", "page"), parts(GOOD))
def test_a_page_that_only_looks_so_is_read(status, page):
    assert len(extract(raw(page, charset="utf-8")).text) > 40


def test_there_are_enough():
    assert len(parts(BAD)) >= 70
    assert len(parts(GOOD)) >= 45


@pytest.mark.parametrize(
    "text",
    ["a " * 40, "x - " * 40, "404 " * 40, "a.b" * 40_000, "page " * 40, "we use cookies " * 9],
)
def test_a_hostile_page_takes_no_time(text):
    began = time.process_time()
    with contextlib.suppress(ExtractError):
        refuse_pretenders(
            Shown(
                title=text * 50,
                blocks=[text] * 2_000,
                article=[text],
                notice=text,
                scripts=0,
                passwords=0,
                paid=False,
            )
        )
    assert time.process_time() - began < 5
