"""The page as one lives in it: putting in, asking on, asking within, noting, undoing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import litsearch
from server.browser import IN_BROWSER
from serving import served

from litsearch.views.escapes import for_markdown, for_markdown_link, printable

playwright = pytest.importorskip("playwright.sync_api")
pytestmark = IN_BROWSER
QUESTION = "?q=what+is+DoRA%3F"
LIST = "config/lists/small.md"
SELECT = """(words) => {
  const walk = document.createTreeWalker(document.querySelector(".text-body"), NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const at = node.data.indexOf(words);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + words.length);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    return;
  }
}"""
PAGE = """<!doctype html><html lang="en"><head>
<title>Tidal forests</title></head><body><article><h1>Tidal forests</h1>
<p>Mangroves are trees that grow in salt water along tropical coasts. Their roots hold the mud, and
young fish hide between them. A mangrove forest slows a storm surge by half a metre a kilometre.</p>
</article></body></html>"""


def test_a_conversation_goes_on_and_is_kept(visit: Callable[..., Any]) -> None:
    page = visit(QUESTION)
    page.wait_for_selector(".answer .cite")
    page.fill("#follow", "and what are its parts?")
    page.press("#follow", "Enter")
    page.wait_for_selector("#turn-1 .label")
    assert page.locator(".asked").all_inner_texts() == ["what is DoRA?", "and what are its parts?"]
    page.locator("#turn-1 .meant summary").click()
    assert page.get_by_label("The question, as you mean it").last.input_value() == (
        "what are DoRA's parts?"
    )
    page.reload()
    page.wait_for_selector("#turn-1 .label")
    assert page.locator(".asked").count() == 2
    page.goto(page.url.partition("?")[0])
    page.wait_for_selector("text=Asked before")
    page.get_by_role("button", name="Forget these").click()
    assert page.locator("text=Asked before").count() == 0


def test_filters_hold_for_the_answer(visit: Callable[..., Any]) -> None:
    page = visit(QUESTION)
    page.wait_for_selector(".facets input")
    page.locator(".facets").get_by_label("Kitchen").first.check()
    page.wait_for_url(re.compile("topic=Kitchen|section="))
    page.wait_for_selector(".chip")
    page.wait_for_selector(".label.declined, .label.weak")
    assert page.locator(".answer .cite").count() == 0
    page.locator(".chip").first.click()
    page.wait_for_selector(".answer .cite")


def test_ask_only_this_source(visit: Callable[..., Any]) -> None:
    page = visit("?view=library&find=sourdough")
    page.locator(".rows a").first.click()
    page.get_by_role("link", name="Ask only this source").click()
    page.fill("#q", "what is DoRA?")
    page.press("#q", "Enter")
    page.wait_for_selector(".label.declined, .label.weak")
    assert "source=" in page.url


def test_a_file_is_put_in_and_taken_out_again(
    visit: Callable[..., Any],
    folder: Path,
    tmp_path: Path,
) -> None:
    before = (folder / LIST).read_text("utf-8")
    file = tmp_path / "tidal-forests.html"
    file.write_text(PAGE)
    page = visit("?view=add")
    page.fill("#section", "Kitchen")
    page.set_input_files("#files", file)
    page.wait_for_selector(".queue .badge.indexed", timeout=90_000)
    after = (folder / LIST).read_text("utf-8").splitlines()
    added = [line for line in after if line not in before.splitlines()]
    assert added == ["- [ ] [tidal forests](file:config/files/tidal-forests.html)"]
    page.get_by_role("link", name="Open it").click()
    page.wait_for_selector(".entries")
    page.go_back()
    page.wait_for_selector(".queue")
    page.get_by_role("button", name="Undo").click()
    page.wait_for_selector("text=undone", timeout=90_000)
    assert (folder / LIST).read_text("utf-8") == before
    assert not (folder / "config" / "files" / "tidal-forests.html").exists()


def test_a_link_is_put_in_by_a_bookmarklet(visit: Callable[..., Any], folder: Path) -> None:
    page = visit("?save=https://essays.example/new&title=A+new+essay")
    assert page.input_value("#link") == "https://essays.example/new"
    page.get_by_role("button", name="Add", exact=True).click()
    page.wait_for_selector(".queue .badge", timeout=90_000)
    assert "[A new essay](https://essays.example/new)" in (folder / LIST).read_text("utf-8")
    page.get_by_role("button", name="Undo").click()
    page.wait_for_selector("text=undone", timeout=90_000)


PASTE = """(text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
}"""


def test_links_are_pasted_on_any_view(visit: Callable[..., Any], folder: Path) -> None:
    page = visit("?view=map")
    page.wait_for_selector(".map circle")
    page.evaluate(PASTE, "see https://essays.example/pasted there")
    page.wait_for_selector("#link")
    assert page.input_value("#link") == "https://essays.example/pasted"

    page.evaluate(PASTE, "https://essays.example/two\nhttps://essays.example/three\n")
    page.get_by_role("link", name="See them").wait_for(timeout=90_000)
    [pasted] = (folder / "config" / "lists").glob("pasted*.txt")
    assert "https://essays.example/three" in pasted.read_text("utf-8")
    page.get_by_role("button", name="Undo").click()
    page.wait_for_selector("text=undone", timeout=90_000)
    assert not pasted.exists()


def test_words_are_highlighted_noted_and_exported(visit: Callable[..., Any], folder: Path) -> None:
    page = visit(QUESTION)
    page.locator(".cite").first.click()
    page.wait_for_selector(".reader mark")
    page.evaluate(
        "getSelection().selectAllChildren(document.querySelector('.text-body mark.cited'))"
    )
    words = page.evaluate("getSelection().toString()")
    page.get_by_role("button", name="Highlight").click()
    page.wait_for_selector("mark.noted")
    notes = (folder / "config" / "notes.jsonl").read_text("utf-8").splitlines()
    assert json.loads(notes[0])["quote"] == words
    page.get_by_label("Note", exact=True).fill("look again")
    page.get_by_label("Note", exact=True).press("Tab")
    with page.expect_download() as download:
        page.get_by_role("button", name="Export as Markdown").click()
    text = Path(download.value.path()).read_text("utf-8")
    assert f"> {words}" in text
    page.reload()
    page.wait_for_selector("mark.noted")
    assert page.get_by_label("Note", exact=True).input_value() == "look again"
    page.get_by_role("button", name="Remove").click()
    playwright.expect(page.locator("mark.noted")).to_have_count(0)


def test_a_highlight_outlives_a_build_that_moves_its_words(
    visit: Callable[..., Any], folder: Path
) -> None:
    """A file that its owner writes on: the words are marked where they stand then."""
    notes = folder / "config" / "files" / "tides.md"
    notes.parent.mkdir(exist_ok=True)
    words = "The tide follows the moon twice a day."
    notes.write_text(f"# Tides\n\nThe sea is never still. {words} Boats wait for it.\n", "utf-8")
    page = visit("?view=add")
    page.set_input_files("#files", notes)
    page.wait_for_selector(".queue .badge.indexed", timeout=90_000)
    page.get_by_role("link", name="Open it").click()
    page.get_by_role("link", name="Read the stored text").click()
    page.wait_for_selector(".text-body p")
    page.evaluate(SELECT, words)
    page.get_by_role("button", name="Highlight").click()
    page.wait_for_selector("mark.noted")

    kept = next((folder / "config" / "files").glob("tides*.md"))
    before = "A harbour was built here long ago, and nobody knows by whom. " * 3
    kept.write_text(f"# Tides\n\n{before}\n\n{words} Boats wait for it.\n", "utf-8")
    litsearch(folder, "build", "--offline")
    page.reload()
    page.wait_for_selector("mark.noted")
    assert page.locator("mark.noted").inner_text() == words
    assert "A harbour was built" in page.locator(".text-body").inner_text()
    page.get_by_role("button", name="Remove").click()


def test_lists_are_lists_in_the_reader(visit: Callable[..., Any], tmp_path: Path) -> None:
    file = tmp_path / "knots.md"
    lines = ["a bowline holds", "a reef knot slips", "a clove hitch turns"]
    file.write_text(
        "# Knots of the harbour\n\nThree of them are tied every day by whoever moors a boat:\n\n"
        + "".join(f"- {line}\n" for line in lines)
        + "\nAnd in this order, of which the first was told elsewhere:\n\n"
        + "2. pull\n3. look again\n"
    )
    page = visit("?view=add")
    page.set_input_files("#files", file)
    page.get_by_role("link", name="Open it").click(timeout=90_000)
    page.get_by_role("link", name="Read the stored text").click()
    page.wait_for_selector(".text-body ul")
    assert page.locator(".text-body ul li").all_inner_texts() == lines
    assert page.locator(".text-body ol").count() == 1
    numbers = page.locator(".text-body ol li").evaluate_all("all => all.map(one => one.value)")
    assert numbers == [2, 3]


def test_places_in_a_text_with_emoji_and_letters_of_formulas(
    visit: Callable[..., Any], folder: Path
) -> None:
    """A browser counts such characters twice, the service once."""
    words = "The lighthouse of Skagen turns every four seconds."
    text = f"# Beacons 🔦\n\nLights 🌊🌊 of the coast: 𝑊 ∈ ℝ. {words} Ships know it by that. 🚢\n"
    file = folder / "config" / "files" / "beacons.md"
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, "utf-8")
    page = visit("?view=add")
    page.set_input_files("#files", file)
    page.wait_for_selector(".queue .badge.indexed", timeout=90_000)
    page.fill("#q", "How often does the lighthouse of Skagen turn?")
    page.press("#q", "Enter")
    page.locator(".cite").first.click()
    page.wait_for_selector(".reader mark")
    quote = page.locator("mark.cited").inner_text()
    assert quote.startswith("The lighthouse of Skagen")
    assert quote.endswith(".")
    assert page.locator(".text-body p").last.inner_text().endswith("Ships know it by that. 🚢")

    page.evaluate(SELECT, "Ships know it")
    page.get_by_role("button", name="Highlight").click()
    page.wait_for_selector("mark.noted")
    kept = json.loads((folder / "config" / "notes.jsonl").read_text("utf-8").splitlines()[-1])
    stored = page.request.get(page.url.partition("?")[0] + f"documents/{kept['source']}").json()
    assert stored["text"][kept["start"] : kept["end"]] == "Ships know it"
    page.reload()
    page.wait_for_selector("mark.noted")
    assert page.locator("mark.noted").inner_text() == "Ships know it"
    page.get_by_role("button", name="Remove").click()


def test_an_answer_is_kept_replayed_and_forgotten(visit: Callable[..., Any]) -> None:
    page = visit(QUESTION)
    page.get_by_role("button", name="Keep").click()
    page.get_by_role("link", name="Kept", exact=True).click()
    page.get_by_role("button", name="Ask again and compare").click()
    page.wait_for_selector("text=The library says the same today.")
    page.goto(page.url.partition("?")[0])
    page.get_by_role("heading", name="Kept answers").wait_for()
    page.locator("section:has(> h2:text('Kept answers'))").get_by_role("link").first.click()
    page.get_by_role("button", name="Forget it").click()
    page.wait_for_selector("text=Forgotten")


def test_a_conversation_is_taken_along(visit: Callable[..., Any]) -> None:
    page = visit(QUESTION)
    page.wait_for_selector(".answer .cite")
    page.fill("#follow", "and what are its parts?")
    page.press("#follow", "Enter")
    page.wait_for_selector("#turn-1 .label")
    page.get_by_text("Export the conversation").click()
    taking = page.locator("details.out[open]")
    with page.expect_download() as download:
        taking.get_by_role("button", name="Markdown").click()
    text = Path(download.value.path()).read_text("utf-8")
    notes = re.findall(r"^\[\^(\S+)\]:", text, re.MULTILINE)
    assert len(notes) == len(set(notes)) > 1
    for note in notes:
        assert text.count(f"[^{note}]") > 1
    with page.expect_download() as download:
        taking.get_by_role("button", name="BibTeX").click()
    assert "@" in Path(download.value.path()).read_text("utf-8")
    with page.expect_download() as download:
        taking.get_by_role("button", name="Obsidian note").click()
    assert Path(download.value.path()).read_text("utf-8").startswith("---\nquestion:")
    assert re.findall(r"^## .*", text, re.MULTILINE)[0] == "## what is DoRA?"
    assert text.count("\n## ") == 1


STRANGE = (
    "![a](https://evil.example/leak) <img src=x> <% tp.file %> {{ x }} {% y %} %%gone%%",
    "# heading", "- item", "1. one", "> quote", "#tag and C# and a_b _c_ *d* `e` $f$ ~g~ [[h]]",
    "\x1b]52;c;eA==\x07 \u202eback\u202c \u200bzero\u2066 \x9b2J\u2028line\r\n\ttab", "|a|b|", "中文 _x_ é_y",
)  # fmt: skip


def test_the_page_writes_text_of_strangers_as_the_program_does(visit: Callable[..., Any]) -> None:
    page = visit("")
    script = (
        "async (texts) => { const m = await import('./web/escapes.js'); return texts.map(m.%s); }"
    )
    assert page.evaluate(script % "plain", list(STRANGE)) == list(map(for_markdown, STRANGE))
    links = [f"https://a.example/{text}" for text in STRANGE]
    assert page.evaluate(script % "inLink", links) == list(map(for_markdown_link, links))
    assert page.evaluate(script % "printable", list(STRANGE)) == list(map(printable, STRANGE))


def test_conversations_of_the_library_are_the_same_in_every_browser(
    folder: Path, browser: Any
) -> None:
    settings = {"LITSEARCH_SERVE_WRITE": "true", "LITSEARCH_SERVE_HISTORY": "true"}
    with served(folder, **settings) as address:
        with browser.new_context() as here:
            page = here.new_page()
            page.goto(f"{address}/{QUESTION}")
            page.wait_for_selector(".answer .cite")
            page.get_by_role("link", name="Link to this turn").wait_for()
            link = page.url
            page.wait_for_load_state("networkidle")
            page.close()
        with browser.new_context() as there:
            page = there.new_page()
            page.goto(address)
            asked = page.locator("section:has(> h2:text('Asked before'))")
            asked.get_by_role("link", name="what is DoRA?").click()
            page.wait_for_selector(".answer .cite")
            assert page.url == link
            assert page.get_by_text("is not kept here").count() == 0
            page.goto(address)
            asked.get_by_role("button", name="Forget these").click()
            page.wait_for_load_state("networkidle")
            page.reload()
            page.get_by_role("heading", name="What would you like to know?").wait_for()
            assert asked.count() == 0
            page.close()


def test_an_answer_is_written_into_a_vault(folder: Path, tmp_path: Path, browser: Any) -> None:
    settings = {"LITSEARCH_SERVE_WRITE": "true", "LITSEARCH_SERVE_VAULT": str(tmp_path / "vault")}
    with served(folder, **settings) as address, browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{address}/{QUESTION}")
        page.get_by_text("Export", exact=True).click()
        page.get_by_role("button", name="Obsidian note, into the vault").click()
        page.locator(".out").get_by_text("Written to what is DoRA.md").wait_for()
        page.close()
    [note] = (tmp_path / "vault").iterdir()
    text = note.read_text("utf-8")
    assert text.startswith('---\nquestion: "what is DoRA?"')
    assert "[^1]: [" in text


def test_a_conversation_and_what_is_not_found_are_accessible(visit: Callable[..., Any]) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = visit(QUESTION)
    page.wait_for_selector(".answer .cite")
    page.fill("#follow", "and what are its parts?")
    page.press("#follow", "Enter")
    page.wait_for_selector("#turn-1 .label")
    page.wait_for_load_state("networkidle")
    assert [fault["id"] for fault in axe.run(page).response["violations"]] == []
    page.goto(f"{page.url.partition('?')[0]}?view=kept&id=0000000000000000")
    page.wait_for_selector("main h1")
    assert [fault["id"] for fault in axe.run(page).response["violations"]] == []


def test_every_new_view_is_accessible(visit: Callable[..., Any]) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    views = (
        ("?view=add", ".put"),
        ("?view=kept", "main h1"),
        (QUESTION, ".answer .cite"),
        (f"?view=library&list={LIST}", ".rows h3"),
    )
    for path, wait in views:
        for dark in (False, True):
            size = {"width": 390 if dark else 1280, "height": 800}
            page = visit(path, color_scheme="dark" if dark else "light", viewport=size)
            page.wait_for_selector(wait)
            page.wait_for_load_state("networkidle")
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
            found = axe.run(page).response["violations"]
            assert [fault["id"] for fault in found] == [], path
