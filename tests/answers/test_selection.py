"""Which sentences set compared things against each other."""

from __future__ import annotations

import pytest

from litsearch.answers.entities import Entity
from litsearch.answers.selection import contrasts

SIDES = (Entity("moss"), Entity("fern"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Moss likes rain, whereas fern likes shade.", True),
        ("Unlike moss, fern has roots.", True),
        ("Moss and fern differ in their roots.", True),
        ("Moss likes rain, and so does ivy.", False),
        ("A ferny bank is wetter than moss.", False),
        (
            "Since walls of more than one stone are costly, the town has chosen moss and fern.",
            False,
        ),
    ],
)
def test_a_contrast_stands_near_the_names(text: str, expected: bool) -> None:
    assert contrasts(text, SIDES) is expected


def test_a_side_may_be_said_in_another_form() -> None:
    sides = (Entity("heal brush"), Entity("moss"))
    assert contrasts("The healing brush is slower than moss.", sides)
    assert not contrasts("The healing brush is slower than healing moths.", sides)
