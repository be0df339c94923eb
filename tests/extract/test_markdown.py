"""Markdown of many sites reads as its page does."""

from __future__ import annotations

import json

import pytest
from extract.pages import blocks, extract, raw

from litsearch.types import Document


def markdown(text: str, url: str = "https://example.org/a.md") -> Document:
    return extract(raw(text, "text/markdown", url))


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        (
            "A [link](https://x.org) and *stress* and **more** and `code`.",
            "A link and stress and more and code.",
        ),
        ("![an image](a.png)", None),
        ("<p align=center>Raw <b>HTML</b></p>", "Raw HTML"),
        ("A price of $5 and $10.", "A price of $5 and $10."),
        ("Let $x_1 + x_2$ be.", "Let $x_1 + x_2$ be."),
        ("It is $$a_i * b_i * c$$ here.", "It is $$a_i * b_i * c$$ here."),
        ("$$\na < b\n$$", "$$a < b$$"),
        ("{% include figure.html src='a' %}", None),
        ("Text{: .lead}", "Text"),
        ("{:toc}", None),
        ("As in :numref:`fig_one`, it is :cite:`a.b.2017`.", "As in, it is."),
        (":label:`sec_one`", None),
        ("See {doc}`the other page <other>`.", "See the other page."),
        (":::note", None),
        ("> [!WARNING]\n> Hot.", "Hot."),
        ("<!-- hidden -->", None),
        ("A note.[^1]\n\n[^1]: The footnote.", "A note."),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "a | b\n1 | 2"),
        ("```python\nfor x in y:\n    print(x)\n```", "for x in y:\n    print(x)"),
        ("{% highlight python %}\nif a:\n    b[**c]\n{% endhighlight %}", "if a:\n    b[**c]"),
        ("```\n:label:`kept`\n{% kept %}\n```", ":label:`kept`\n{% kept %}"),
        ('{{< figure src="a.png" caption="A caption." >}}', "A caption."),
        ('import Figure from "~/Figure";', None),
        ('<Figure\n  image="a.png"\n  caption="A caption."\n/>', "A caption."),
        ("<details>\n<summary>More</summary>\n\nInside.\n\n</details>", "More"),
        ("~~old~~ new", "old new"),
        ("&amp; &lt;tag&gt;", "& <tag>"),
        ("- one\n  - two", "one"),
    ],
)
def test_what_is_shown(source: str, shown: str | None) -> None:
    found = blocks(markdown(f"Before.\n\n{source}\n\nAfter."))
    assert found[0] == "Before."
    assert "After." in found
    assert found[1] == (shown or "After.")


def test_front_matter() -> None:
    document = markdown(
        '---\nlayout: post\ntitle: "On Lamps: a story"\ndate: 2024-01-03 16:46:58 -0600\n'
        "authors:\n- user: ada\n- name: Mary Shelley\nlang: en\nms.topic: reference\n---\nText.\n"
    )
    assert document.title == "On Lamps: a story"
    assert document.published == "2024-01-03"
    assert document.authors == ("ada", "Mary Shelley")
    assert document.language == "en"
    assert document.text == "Text."


def test_front_matter_in_brackets_and_in_toml() -> None:
    assert markdown(
        '---\nauthor:\n  [\n    "Ada Byron",\n    "Mary Shelley",\n  ]\n---\nText.'
    ).authors == (
        "Ada Byron",
        "Mary Shelley",
    )
    document = markdown('+++\ntitle = "Lamps"\ndate = 2024-01-03\n+++\nText.')
    assert (document.title, document.published) == ("Lamps", "2024-01-03")


def test_a_rule_is_no_front_matter() -> None:
    assert "First" in markdown("---\n\nFirst part.\n\n---\n\nSecond part.").text


def test_date_in_the_name_of_the_file() -> None:
    assert (
        markdown("Text.", "https://example.org/_posts/2020-05-06-lamps.md").published
        == "2020-05-06"
    )


def test_paths_and_title() -> None:
    document = markdown("# Lamps\n\nIntro.\n\n## Oil\n\n### Whale\n\nDeep.\n\n## Gas\n\nLast.")
    paths = {document.text[span.start : span.end]: span.heading for span in document.spans}
    assert document.title == "Lamps"
    assert paths["Intro."] == ()
    assert paths["Deep."] == ("Oil", "Whale")
    assert paths["Last."] == ("Gas",)


def test_a_centred_heading_names_the_page() -> None:
    assert markdown('<h1 align="center"> <p>Lamps</p></h1>\n\nText.').title == "Lamps"


def test_a_table_of_contents_is_no_title_and_no_text() -> None:
    document = markdown(
        "# Table of Contents\n\n- [Oil](#oil)\n- [Gas](#gas)\n- [Wax](#wax)\n\n# Oil\n\nText."
    )
    assert document.title == "Oil"
    assert blocks(document) == ["Table of Contents", "Oil", "Text."]


def notebook(cells: list[dict[str, object]]) -> Document:
    body = json.dumps({"cells": cells, "nbformat": 4, "metadata": {}})
    return extract(raw(body, "application/octet-stream", "https://example.org/a.ipynb"))


def test_notebook_cells() -> None:
    document = notebook(
        [
            {"cell_type": "markdown", "source": ["# Lamps\n", "\n", "Intro."]},
            {
                "cell_type": "code",
                "source": "for x in y:\n    print(x)",
                "outputs": [
                    {
                        "output_type": "stream",
                        "name": "stdout",
                        "text": ["\u001b[31m1\u001b[0m\n", "2\n"],
                    },
                    {"output_type": "stream", "name": "stderr", "text": "warning"},
                    {"output_type": "error", "traceback": ["boom"]},
                    {
                        "output_type": "display_data",
                        "data": {"text/plain": "<Figure size 1x1>", "image/png": "AAAA"},
                    },
                    {"output_type": "execute_result", "data": {"text/plain": "x" * 100_000}},
                ],
            },
            {"cell_type": "markdown", "source": "## Oil\n\nDeep."},
        ]
    )
    found = blocks(document)
    assert document.title == "Lamps"
    assert found[:4] == ["Lamps", "Intro.", "for x in y:\n    print(x)", "1\n2"]
    assert document.spans[2].role == "code"
    assert document.spans[-1].heading == ("Oil",)
    assert "boom" not in document.text
    assert len(document.text) < 1_000


def test_transcript() -> None:
    said = {
        "title": "A talk",
        "language": "en",
        "segments": [{"start": 30 * n, "text": f"word {n}"} for n in range(5)],
    }
    document = extract(raw(json.dumps(said), "application/json"))
    assert document.title == "A talk"
    assert [(span.heading, document.text[span.start : span.end]) for span in document.spans] == [
        (("0:00",), "word 0 word 1"),
        (("1:00",), "word 2 word 3"),
        (("2:00",), "word 4"),
    ]


def test_plain_text() -> None:
    lines = (
        "Notes on Lamps\n\nThe lamp burned oil for years and\nyears, until the day that current\ncame.\n\n"
        "    a = 1\n      b = 2\n\none\ntwo is longer than one\nthree\n"
    )
    document = extract(raw(lines, "text/plain"))
    assert document.title == "Notes on Lamps"
    assert blocks(document)[1:] == [
        "The lamp burned oil for years and years, until the day that current came.",
        "a = 1\n  b = 2",
        "one\ntwo is longer than one\nthree",
    ]
