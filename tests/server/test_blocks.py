"""A stored text as elements of the reader: tables and formulas as their authors drew them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from server.browser import IN_BROWSER

playwright = pytest.importorskip("playwright.sync_api")
pytestmark = IN_BROWSER
DRAW = """async ([text, spans, math]) => {
  const { blocks } = await import("./web/blocks.js");
  const doc = { text, spans, math, source: { title: "" } };
  const { nodes } = blocks({ doc, figures: [], hits: [], notes: [] });
  document.querySelector("main").replaceChildren(...nodes);
}"""

WIDEN = """async () => {
  const { reachable } = await import("./web/reader.js");
  const { formula } = await import("./web/math.js");
  const sum = "<mi>tide</mi><mo>+</mo>".repeat(40);
  const body = document.querySelector(".text-body");
  const line = document.createElement("li");
  line.append("as ", formula({ mathml: `<math><mrow>${sum}</mrow></math>` }, "sum"));
  body.append(line);
  reachable(body);
}"""


def span(text: str, words: str, role: str) -> dict[str, Any]:
    start = text.index(words)
    place = {"start": start, "end": start + len(words)}
    return {**place, "heading": [], "page": None, "role": role, "item": ""}


def test_empty_cells_at_the_ends_of_rows_are_cells(visit: Callable[..., Any]) -> None:
    text = "Tide | Height | Seen\nspring | 4 m | yes\nneap | 2 m |\n | unknown | no"
    page = visit()
    page.evaluate(DRAW, [text, [span(text, text, "table")], []])
    rows = page.locator("tbody tr")
    cells = [rows.nth(n).locator("td").all_inner_texts() for n in range(rows.count())]
    assert cells == [["spring", "4 m", "yes"], ["neap", "2 m", ""], ["", "unknown", "no"]]


def test_words_of_a_narrow_column_are_not_broken(visit: Callable[..., Any]) -> None:
    long = "What the gauge at the pier told of the night " * 6
    text = f"Observatory | Report\nnorth | {long.strip()}"
    page = visit(viewport={"width": 700, "height": 600})
    page.evaluate(DRAW, [text, [span(text, text, "table")], []])
    page.evaluate("document.querySelector('main').className = 'text-body'")
    heights = [cell.bounding_box()["height"] for cell in page.locator("th").all()]
    assert heights[0] < 50  # one line


def test_a_displayed_formula_is_no_boilerplate(visit: Callable[..., Any]) -> None:
    text = "We write\n\n$$ a = b $$\n\nSubscribe!"
    formula = span(text, "$$ a = b $$", "boilerplate")
    math = [{"start": formula["start"], "end": formula["end"], "mathml": "<math></math>"}]
    spans = [span(text, "We write", "text"), formula, span(text, "Subscribe!", "boilerplate")]
    page = visit()
    page.evaluate(DRAW, [text, spans, math])
    looks = page.eval_on_selector_all("main > p", "nodes => nodes.map((node) => node.className)")
    assert looks == ["", "", "boilerplate"]


def test_a_formula_within_a_line_does_not_widen_the_page(visit: Callable[..., Any]) -> None:
    page = visit("?view=library&find=sourdough", viewport={"width": 390, "height": 800})
    page.locator(".rows a").first.click()
    page.get_by_role("link", name="Read the stored text").click()
    page.wait_for_selector(".text-body")
    page.evaluate(WIDEN)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator("math").get_attribute("tabindex") == "0"
