"""Text of strangers in whatever reads it next: it says what it said, and does nothing."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from litsearch.types import CatalogSource, Entry, Source, Verdict
from litsearch.views import escapes, formats

CONTROLS = [chr(code) for code in (*range(32), *range(0x7F, 0xA0))]
HIDDEN = ["\u200b", "\u200e", "\u200f", "\u202e", "\u2066", "\u2069", "\u2060", "\ufeff", "\u00ad"]
EVIL = "".join(CONTROLS + HIDDEN)
TEXT = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from(CONTROLS + HIDDEN))


def harmless(text: str) -> bool:
    """True when no character could drive a terminal."""
    return not any(mark in text for mark in set(CONTROLS + HIDDEN) - {"\n", "\t"})


@given(TEXT)
def test_nothing_drives_a_terminal(text: str) -> None:
    assert harmless(escapes.printable(text))
    assert not {"\n", "\t"} & set(escapes.one_line(text))


@given(TEXT)
def test_json_says_the_same_and_is_harmless(text: str) -> None:
    line = escapes.for_json_line(json.dumps({"text": text}, ensure_ascii=False))
    assert json.loads(line) == {"text": text}
    assert harmless(line)


@pytest.mark.parametrize(
    "kept", ["می\u200cخواهم", "👩\u200d💻", "क्\u200dष", "naïve – “so”", "日本語"]
)
def test_letters_are_kept(kept: str) -> None:
    assert escapes.printable(kept) == kept


@given(TEXT)
def test_markdown_shows_the_text_and_no_markup(text: str) -> None:
    shown = escapes.for_markdown(text)
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(shown)
    kinds = {token.type for token in tokens}
    kinds |= {child.type for token in tokens for child in token.children or ()}
    assert kinds <= {"paragraph_open", "inline", "paragraph_close", "text", "text_special"}
    inline = [child.content for token in tokens for child in token.children or ()]
    assert "&" in text or "".join(inline).split() == escapes.one_line(text).split()


ACTIVE = (
    "![a](https://evil.example/leak)", "[a](javascript:alert(1))", "[a]: https://evil.example",
    "<img src=https://evil.example/leak>", "<script>alert(1)</script>", "<!-- gone -->", "\\<b>",
    "```html\n<iframe src=https://evil.example>\n```", "~~~\nx\n~~~", "a ![b][c]\n\n[c]: x",
    "\\](https://evil.example)", "[a]\u2060(https://evil.example)", "<\u200bimg src=x>",
)  # fmt: skip
INERT = {"paragraph", "inline", "text", "softbreak", "strong", "em", "text_special", "hardbreak",
         "code_inline", "list_item", "bullet_list", "ordered_list", "blockquote", "heading", "s",
         "code_block", "hr"}  # fmt: skip


@given(st.lists(TEXT | st.sampled_from(ACTIVE), max_size=4).map(" ".join))
@example("\n".join(ACTIVE))
def test_a_chat_client_makes_nothing_of_a_text(text: str) -> None:
    shown = escapes.for_chat(text)
    assert escapes.from_chat(shown) == escapes.printable(text)
    tokens = MarkdownIt("commonmark").enable("strikethrough").parse(f"“{shown}”")
    kinds = {token.type for token in tokens}
    kinds |= {child.type for token in tokens for child in token.children or ()}
    assert {kind.removesuffix("_open").removesuffix("_close") for kind in kinds} <= INERT


@pytest.mark.parametrize("text", ["<% tp.file %>", "{{ site }}", "{% include x %}", "%%gone%%"])
def test_no_template_is_filled_in(text: str) -> None:
    shown = escapes.for_markdown(text)
    assert not re.search("<%|[{][{]|[{]%|%%", shown)


@given(TEXT)
def test_an_address_ends_where_it_should(url: str) -> None:
    link = f"[x]({escapes.for_markdown_link('https://a.example/' + url)})[y](https://b.example/)"
    (inline,) = (token for token in MarkdownIt().parse(link) if token.type == "inline")
    goals = [child.attrs["href"] for child in inline.children or () if child.type == "link_open"]
    assert len(goals) == 2
    assert goals[1] == "https://b.example/"


@pytest.mark.parametrize(
    "sign", ["=", "+", "-", "@", "＝", "＋", "－", "＠", "\t=", " =", "\n=", "\r=", "\ufeff="]
)
def test_a_spreadsheet_sees_no_formula(sign: str) -> None:
    cell = escapes.for_table_cell(f"{sign}HYPERLINK(1)")
    assert cell.startswith("'")


@pytest.mark.parametrize("apart", [";", "\n", "\t", "\r\n", "a;b;"])
@pytest.mark.parametrize("sign", "=+-@＝＠")
def test_a_spreadsheet_with_other_separators_sees_no_formula(apart: str, sign: str) -> None:
    cell = escapes.for_table_cell(f"a{apart}{sign}HYPERLINK(1)")
    assert not re.search(f"[;\t\n\r]{re.escape(sign)}", cell)


@given(TEXT)
def test_a_field_of_bibtex_ends_where_it_should(text: str) -> None:
    field = escapes.for_tex(text)
    plain = re.sub(r"\\(textbackslash|textasciitilde|textasciicircum)\{\}|\\.", "", field)
    assert not set("\\{}%\n") & set(plain)
    assert not set("{}\\ \n") & set(escapes.for_tex_link(text))


def row(text: str) -> CatalogSource:
    entry = Entry("config/lists/l.md", 3, text, "https://a.example/", ("s",), "t", text, (text,))
    source = Source("0" * 16, f"https://a.example/{text}", "article", (entry,))
    return CatalogSource.of(source, Verdict("indexed", text, text), text, (text, "B and C"), 2024)


@pytest.mark.parametrize("name", sorted(formats.PIPES | formats.EXPORTS))
@given(text=TEXT)
def test_no_export_lets_anything_through(name: str, text: str) -> None:
    exported = formats.sources([row(text + EVIL), row(EVIL + text)], name)
    assert harmless(exported)


@given(TEXT)
def test_a_table_has_as_many_rows_as_sources(text: str) -> None:
    table = formats.sources([row(text), row("b")], "csv")
    rows = list(csv.reader(io.StringIO(table)))
    assert len(rows) == 3
    assert not any(cell.lstrip().startswith(tuple("=+-@＝＋－＠")) for one in rows for cell in one)
