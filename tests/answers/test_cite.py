"""Links into videos: at the time when the words are said."""

from __future__ import annotations

import pytest

from litsearch.answers.cite import TRANSCRIPT, deep_link
from litsearch.types import CatalogSource, Entry, Source, Verdict


def source(url: str) -> CatalogSource:
    listed = Source("id", url, "video", (Entry("l.md", 1, "A talk", url),), (url,))
    return CatalogSource(listed, Verdict("indexed"), "A talk", document_url=url, media_type=TRANSCRIPT)


@pytest.mark.parametrize(
    ("url", "heading", "link"),
    [
        ("https://www.youtube.com/watch?v=X", ("1:02",), "https://www.youtube.com/watch?v=X&t=62s"),
        ("https://www.youtube.com/watch?v=X", ("2:01:02",), "https://www.youtube.com/watch?v=X&t=7262s"),
        ("https://www.youtube.com/watch?v=X", ("0:00",), "https://www.youtube.com/watch?v=X"),
        ("https://www.youtube.com/watch?v=X", (), "https://www.youtube.com/watch?v=X"),
        ("https://www.youtube.com/watch?v=X", ("Chapter 1:02",), "https://www.youtube.com/watch?v=X"),
        ("https://talks.example/1", ("0:59",), "https://talks.example/1?t=59s"),
    ],
)
def test_a_video_is_opened_at_the_time(url: str, heading: tuple[str, ...], link: str) -> None:
    assert deep_link(source(url), "some words", heading=heading) == link
