"""What may be quoted by itself, by its looks."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litsearch.answers import quality
from litsearch.answers.openings import leans_back, opens_well
from litsearch.answers.quality import quotability


@pytest.mark.parametrize(
    "text",
    [
        "Short heading",
        "Moss notes. https://example.org/posts/2024-07-07-of-moss-and-fern/.",
        "Smith et al., 2019. In Proceedings of the Fourth Workshop, pp. 12-19.",
        "See [here](https://example.org/a) and [there](https://example.org/b) for more of this.",
        "arXiv preprint arXiv:1234.5678 by some people we know.",
        "EN: barn owl, DE: Schleiereule, FR: effraie, NL: kerkuil, and so on for all.",
        "count.owls [-v] input=name output=name where=text map=name and other settings",
        "0 200 400 600 800 1000 1200\nOwls a year seen by the counters\n1.5 1.6",
        "1.1 barn owls |  | \n1.2 snow owls |  | \n1.3 pygmy owls |  | and so on",
    ],
)
def test_never_quoted(text: str) -> None:
    assert quotability(text) == 0


def test_a_sentence_may_end_in_a_citation() -> None:
    assert quotability("The weights were first frozen by Brandt et al., 2014.") == 1
    assert quotability("Brandt et al., 2014. Frozen weights in moss and fern.") == 0


@pytest.mark.parametrize(
    "worse",
    [
        "Why do the weights stay where they are?",
        "x = model.forward(batch) if ready else return None",
        "Figure 3: The weights stay where they are during training.",
        "and the weights stay where they are during",
        "[06.02.2024] Fernadapt was shown at a garden fair!!",
        "Fernadapt is now supported by the Moss package.",
        "In this section we look at what stays where it is.",
        "The weights are explained in more detail below.",
        "We keep the weights by several means, which are described in Section 4.",
        "You can find this owl counter through Birds → Counters → Owls in the menu.",
        "Check the handbook of owls for a list of the birds that are counted.",
        "For more details on owls, the handbook has a chapter of its own.",
        "| 12.5 | 13.1 | 99.0 | 12.2 | BLEU on some sets here 1 2 3",
    ],
)
def test_statements_come_first(worse: str) -> None:
    assert quotability(worse) < quotability("The weights stay where they are during training.") == 1


@pytest.mark.parametrize(
    ("text", "leans"),
    [
        ("It halves the memory.", True),
        ("This makes training cheap.", True),
        ("- They differ in cost.", True),
        ("Italy is a country.", False),
        ("There are no fines any more.", False),
        ("There are also fines.", True),
        ("To make them cheap, we sell many.", True),
        ("If this happens, it rains.", True),
        ("That's because it rains.", True),
        ("As a quick side note, it rains.", True),
        ("To begin with, there are two kinds.", True),
        ("As I wrote in another note, it rains.", True),
        ("To make bread, one needs flour.", False),
        ("Thesis work began.", False),
        ("Training halves the memory.", False),
    ],
)
def test_leaning_back(text: str, *, leans: bool) -> None:
    assert leans_back(text) is leans


@given(st.text(max_size=400))
def test_shape_is_a_share(text: str) -> None:
    assert 0 <= quotability(text) <= 1


@pytest.mark.parametrize(
    "name", ["_CODE", "_REFERENCE", "_ASIDE", "_PLEA", "_NEWS", "_POINTER", "_SAMPLE", "_FUTURE"]
)
@given(data=st.data())
def test_what_a_sign_finds_holds_one_of_its_cues(name: str, data: st.DataObject) -> None:
    sign = getattr(quality, name)
    text = data.draw(st.from_regex(re.compile(sign.pattern.pattern, sign.pattern.flags)))
    assert sign.stands_in(text, text.lower()), text


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("2. Ferns need shade.", True),
        ("• Ferns need shade.", True),
        ("(b) Ferns need shade.", True),
        ("Deep shade: ferns need it.", True),
        ("Second, ferns need shade.", True),
        ("Ferns need one thing: shade.", False),
        ("Ferns need shade.", False),
    ],
)
def test_items_of_lists(text: str, *, item: bool) -> None:
    assert quality.is_item(text) is item


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("Owls hunt at night, since mice are out by then.", True),
        ("For example, owls hunt at night.", True),
        ("i.owls counts the birds of a map.", True),
        ("For example, this hunts at night.", False),
        ("On the other hand, owls hunt at night.", False),
        ("In it, owls hunt at night.", False),
        ("Owls count mice by ear. That is written as:", True),
        ("(3) Owls hunt at night.", False),
        ("2. Owls hunt at night.", False),
        ("3Specifically, owls hunt at night.", False),
        ("Note: this was written long ago.", False),
        ("There are two kinds of owls:", False),
        ("Owl | 2023 | night | 12", False),
    ],
)
def test_what_opens_an_answer_stands_alone(text: str, *, stands: bool) -> None:
    assert opens_well(text) is stands
