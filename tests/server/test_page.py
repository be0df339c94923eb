"""The page in a real browser: asked, read, filtered, looked at, by mouse, touch and keyboard, and
without a network.
"""

from __future__ import annotations

import itertools
import re
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import resources
from pathlib import Path
from random import Random
from typing import Any

import pytest
from server.browser import IN_BROWSER
from serving import served

playwright = pytest.importorskip("playwright.sync_api")
pytestmark = IN_BROWSER
QUESTION = "?q=what+is+DoRA%3F"
LIST = "config/lists/small.md"
WEB = resources.files("litsearch.server") / "web"


def in_view(page: Any, selector: str) -> bool:
    box = page.locator(selector).first.bounding_box()
    return box is not None and 0 <= box["y"] < page.viewport_size["height"]


def test_ask_and_follow_a_citation_to_its_sentence(visit: Callable[..., Any]) -> None:
    page = visit(viewport={"width": 1000, "height": 420})
    page.fill("#q", "what is DoRA?")
    page.press("#q", "Enter")
    page.wait_for_selector(".answer .cite")
    assert "q=what+is+DoRA" in page.url
    page.locator(".cite").first.hover()
    quote = page.locator(".tip blockquote").inner_text().strip("“”")
    assert quote in page.locator(".answer .text").inner_text()
    page.locator(".cite").first.click()
    page.wait_for_selector(".reader mark")
    assert page.locator(".reader mark").inner_text() == quote
    assert in_view(page, ".reader mark")
    assert in_view(page, ".reader .doors a.strong")
    assert "#:~:text=" in page.locator(".reader .doors a.strong").get_attribute("href")
    page.go_back()
    page.wait_for_selector(".answer .cite")
    assert page.input_value("#q") == "what is DoRA?"


def test_a_deep_link_opens_the_reader_at_the_mark(visit: Callable[..., Any]) -> None:
    page = visit(QUESTION)
    page.locator(".cite").first.click()
    page.wait_for_selector(".reader mark")
    again = visit(page.url.partition("/?")[2].join(["?", ""]))
    again.wait_for_selector(".reader mark")
    assert again.locator(".reader mark").inner_text() == page.locator(".reader mark").inner_text()


def test_a_declined_question_says_why(visit: Callable[..., Any]) -> None:
    page = visit("?q=what+is+Zorblax-9%3F")
    page.wait_for_selector(".label.declined")
    assert "Zorblax-9" in page.locator(".answer").inner_text()
    titles = page.locator(".near a").all_inner_texts()
    assert 1 <= len(titles) <= 3
    assert "[object" not in page.locator("main").inner_text()
    page.locator(".near a").first.click()
    playwright.expect(page.locator("main h1")).to_have_text(titles[0])


def test_what_the_catalog_tells_is_a_list_of_works(visit: Callable[..., Any]) -> None:
    page = visit("?q=how+many+works+are+there%3F")
    page.wait_for_selector(".answer .works")
    assert page.locator(".answer .worded").inner_text().startswith("The library holds 5 works")
    assert page.locator(".answer .works li").count() == 5
    assert page.locator(".answer blockquote").count() == 0
    assert page.locator(".hit, .result").count() == 0


def test_each_of_several_questions_is_told_what_it_got(visit: Callable[..., Any]) -> None:
    page = visit("?q=what+is+DoRA%3F+And+what+is+Zorblax-9%3F")
    page.wait_for_selector(".answer .cite")
    parts = page.locator(".answer .part").all_inner_texts()
    assert len(parts) == 2
    assert "Zorblax-9" in page.locator(".answer .reason").last.inner_text()


def test_facets_filter_and_are_an_address(visit: Callable[..., Any]) -> None:
    page = visit("?q=memory+of+tokens")
    page.wait_for_selector(".group")
    before = page.locator(".group").count()
    page.get_by_label("paper", exact=False).first.check()
    page.wait_for_url(re.compile("kind=paper"))
    playwright.expect(page.locator(".group")).not_to_have_count(before)
    assert all(
        "paper" in text for text in page.locator(".group .meta:first-of-type").all_inner_texts()[:1]
    )
    page.get_by_label("Not read yet").check()
    page.wait_for_url(re.compile("unread=1"))


def test_what_is_not_there_is_said_with_a_way_on(visit: Callable[..., Any]) -> None:
    page = visit("?q=memory+of+tokens&topic=nothing+like+it")
    page.get_by_role("link", name="Take them away").click()
    page.wait_for_selector(".group")
    page = visit("?view=library&find=zzzz")
    page.get_by_role("link", name="Show all").click()
    playwright.expect(page.locator(".folder .rows li")).to_have_count(5)


def test_an_answer_is_copied_with_its_sources(visit: Callable[..., Any]) -> None:
    page = visit(QUESTION, permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy with its sources").click()
    page.wait_for_selector("text=Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    said = page.locator(".answer .text").inner_text()
    assert copied.startswith(said[:40])
    assert re.search(r"^\[1\] .+ http\S+$", copied, re.MULTILINE)


def test_a_service_that_has_gone_is_told_of_in_a_sentence(browser: Any, folder: Path) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        with served(folder) as address:
            page.goto(address)
            page.wait_for_selector(".start")
        page.fill("#q", "what is DoRA?")
        page.press("#q", "Enter")
        page.wait_for_selector(".answer [role=alert]")
        assert (
            page.locator(".answer")
            .inner_text()
            .startswith("The service does not answer. Start it again")
        )


def test_library_filters_sorts_and_leads_to_sources(visit: Callable[..., Any]) -> None:
    page = visit("?view=library")
    assert page.locator(".folder .rows li").count() == 5
    assert page.locator(".exceptions .rows li").count() == 1
    page.locator("label:has-text('Verdict') select").first.select_option("dead")
    page.wait_for_url(re.compile("status=dead"))
    playwright.expect(page.locator(".rows li")).to_have_count(1)
    assert "QLoRA" in page.locator(".rows li").inner_text()
    page.locator(".rows a").first.click()
    page.wait_for_selector(".entries")
    assert f"{LIST}:6" in page.locator(".entries").inner_text()


def test_a_remark_and_a_mark_go_into_the_list_and_nothing_else(
    visit: Callable[..., Any], folder: Path
) -> None:
    before = (folder / LIST).read_text("utf-8").splitlines()
    page = visit("?view=library&find=key-value")
    page.locator(".rows a").first.click()
    page.wait_for_selector(".entries form")
    page.get_by_label("A remark").fill("read it twice <b>")
    page.get_by_role("button", name="Add").click()
    page.wait_for_selector("text=Written to")
    page.get_by_label("read", exact=True).check()
    page.wait_for_selector("text=read ✓")
    after = (folder / LIST).read_text("utf-8").splitlines()
    changed = [n for n, (old, new) in enumerate(zip(before, after, strict=True)) if old != new]
    assert len(changed) == 1
    assert (
        after[changed[0]]
        == before[changed[0]].replace("- [", "- [x] [", 1) + "; read it twice \\<b>"
    )


def test_map_and_figures(visit: Callable[..., Any]) -> None:
    page = visit("?view=map")
    assert page.locator(".map circle").count() >= 5
    page.locator(".map svg a").first.focus()
    label = page.evaluate("document.activeElement.getAttribute('aria-label')")
    for key in ("ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"):
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.closest('svg') !== null")
    slider = page.get_by_label("Published up to")
    slider.focus()
    page.keyboard.press("Home")
    assert page.locator(".map a.dim").count() > 0
    page.keyboard.press("End")
    assert page.locator(".map a.dim").count() == 0
    titles = page.locator(".map .titled").count()
    assert titles > 0
    page.get_by_label("Kind").select_option("paper")
    assert page.locator(".map a.dim").count() > 0
    assert page.locator(".map .titled").count() < titles
    page.get_by_label("Kind").select_option("all")
    page.locator(".map svg a").first.click()
    page.wait_for_selector(".entries")
    assert page.locator("h1").inner_text() in label
    figures = visit("?view=figures")
    assert figures.locator(".figures table").count() == 6
    figures.get_by_role("link", name="paper", exact=True).click()
    figures.wait_for_url(re.compile("view=library.*kind=paper"))


def regions_and_points() -> dict[str, Any]:
    """Sixty sources in three heaps, as the service tells of them."""
    random = Random(7)
    regions = [
        {"name": name, "x": x, "y": y, "count": 20}
        for name, x, y in [("Peat", -0.6, 0.2), ("Kelp forests", 0.5, 0.4), ("Dunes", 0.1, -0.6)]
    ]
    points = []
    for n in range(60):
        region = regions[n % 3]
        x, y = region["x"] + random.gauss(0, 0.2), region["y"] + random.gauss(0, 0.2)
        about = {"topic": region["name"], "kind": "article", "year": 2000 + n % 9, "read": False}
        title = f"What is known of {region['name']}, part {n}"
        points.append({"id": f"s{n}", "title": title, "x": x, "y": y, "lists": ["l.md"], **about})
    return {"generation": "g", "points": points, "regions": regions}


@pytest.mark.parametrize("width", [1200, 390])
def test_names_on_the_map_lie_on_no_other_name(
    visit: Callable[..., Any], base: str, width: int
) -> None:
    page = visit(viewport={"width": width, "height": 850})
    page.route("**/map?*", lambda route: route.fulfill(json=regions_and_points()))
    page.goto(f"{base}?view=map")
    playwright.expect(page.locator(".map text.region")).to_have_count(3)
    boxes = [text.bounding_box() for text in page.locator(".map svg[role=group] text").all()]
    assert len(boxes) > (12 if width > 1000 else 3)
    for one, other in itertools.combinations(boxes, 2):
        across = min(one["x"] + one["width"], other["x"] + other["width"]) > max(
            one["x"], other["x"]
        )
        down = min(one["y"] + one["height"], other["y"] + other["height"]) > 4 + max(
            one["y"], other["y"]
        )
        assert not (across and down)

    before = page.locator(".map svg[role=group]").get_attribute("viewBox")
    page.get_by_role("button", name="Kelp forests").last.click()
    near = page.locator(".map svg[role=group]").get_attribute("viewBox")
    assert float(near.split()[2]) < float(before.split()[2])
    titles = page.locator(".map .titled").all_text_contents()
    assert sum("Kelp" in title for title in titles) > len(titles) / 2
    page.get_by_role("button", name="The whole map").click()
    assert page.locator(".map svg[role=group]").get_attribute("viewBox") == before


def test_by_keyboard_alone(visit: Callable[..., Any]) -> None:
    page = visit("?view=figures")
    page.keyboard.press("?")
    page.wait_for_selector("dialog[open]")
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type("what is DoRA?")
    page.keyboard.press("Enter")
    page.wait_for_selector(".answer .cite")
    page.wait_for_selector(".hit")
    page.keyboard.press("[")
    assert "cite" in page.evaluate("document.activeElement.className")
    assert page.locator(".tip").is_visible()
    for _ in range(8):
        page.keyboard.press("ArrowDown")
    assert "hit" in page.evaluate("document.activeElement.className")
    page.keyboard.press("Enter")
    page.wait_for_selector(".reader mark")
    page.keyboard.press("Escape")
    page.wait_for_selector(".answer .cite")


def test_a_tap_shows_the_quote_and_the_next_opens_it(visit: Callable[..., Any]) -> None:
    page = visit(QUESTION, viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    page.locator(".cite").first.tap()
    page.wait_for_selector(".tip")
    assert "view=read" not in page.url
    page.locator(".cite").first.tap()
    page.wait_for_selector(".reader mark")


@pytest.mark.parametrize(
    "path", ["", QUESTION, "?view=library", "?view=map", "?view=figures", "docs"]
)
@pytest.mark.parametrize("dark", [False, True])
def test_every_view_at_every_width_is_accessible(
    visit: Callable[..., Any], path: str, dark: bool
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = visit(
        path,
        color_scheme="dark" if dark else "light",
        viewport={"width": 360 if dark else 1200, "height": 800},
    )
    page.wait_for_selector("main h1")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    ground = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    red = int(re.findall(r"\d+", ground)[0])
    assert (red < 80) == dark
    found = axe.run(page).response["violations"]
    assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []


def test_reader_and_source_are_accessible(visit: Callable[..., Any]) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = visit(QUESTION, viewport={"width": 390, "height": 800})
    for click, wait in ((".cite", ".reader mark"), (".doors a:not(.strong)", ".entries")):
        page.locator(click).first.click()
        page.wait_for_selector(wait)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), wait
        found = axe.run(page).response["violations"]
        assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []


def test_a_service_with_tokens_asks_for_one(browser: Any, folder: Path) -> None:
    with served(folder, LITSEARCH_TOKENS=f"me read {'t' * 20}") as address:
        page = browser.new_page()
        page.goto(f"{address}/{QUESTION}")
        page.get_by_label("asks for a token").fill("t" * 20)
        page.get_by_role("button", name="Enter").click()
        page.wait_for_selector(".answer .cite")
        page.close()


def test_the_page_is_light() -> None:
    web = resources.files("litsearch.server") / "web"
    assert sum(len(one.read_bytes()) for one in web.iterdir()) < 170_000


def test_the_first_page_weighs_little(browser: Any, base: str) -> None:
    """Sixty kilobytes until nothing more is asked for, what the service says included."""
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(base)
        page.wait_for_selector("main h1")
        page.wait_for_load_state("networkidle")
        weight = page.evaluate(
            "[...performance.getEntriesByType('resource'),"
            " ...performance.getEntriesByType('navigation')]"
            ".reduce((sum, one) => sum + one.transferSize, 0)"
        )
        page.close()
    assert 10_000 < weight < 60_000


def test_nothing_else_is_asked_for_before_the_first_paint(browser: Any, base: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(base)
        page.wait_for_selector("main h1")
        painted = page.evaluate(PAINTED)
        asked = page.evaluate(
            "performance.getEntriesByType('resource').map(one => [one.name, one.startTime])"
        )
    scripts = [began for name, began in asked if name.endswith(".js")]
    assert len(scripts) >= 4
    # paints are told by the frame; after so long it begins in any case
    assert min(scripts) > min(painted, 250) - 60  # its timer may have begun before
    assert not [name for name, _ in asked if name.endswith(".css")]


def test_the_page_paints_about_as_soon_as_a_line_does(browser: Any, base: str, line: str) -> None:
    rounds = [(first_paint(browser, base), first_paint(browser, line)) for _ in range(8)][1:]
    ours, bare = map(min, zip(*rounds, strict=True))
    assert ours < max(100, 2.5 * bare), f"{ours:.0f} ms, and {bare:.0f} ms for a line: {rounds}"


PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"


@pytest.fixture
def line() -> Iterator[str]:
    """The address of a page of one line: what the machine and the browser take for themselves."""

    class Line(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<!doctype html><html lang=en><title>one</title><p>one line")

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Line) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def first_paint(browser: Any, address: str) -> float:
    """Milliseconds from asking for a page, in a window that has opened and seen none, to the first
    that is seen.
    """
    with browser.new_context() as context:
        page = context.new_page()
        page.goto("about:blank")
        page.wait_for_timeout(300)  # a new window loads things of its own
        page.goto(address)
        # the policy forbids what wait_for_function does again and again
        while not (painted := page.evaluate(PAINTED)):
            page.wait_for_timeout(20)
        return float(painted)


@pytest.mark.parametrize("name", sorted(one.name for one in WEB.iterdir() if ".js" in one.name))
def test_the_page_is_written_to_be_read(name: str) -> None:
    lines = (WEB / name).read_text("utf-8").splitlines()
    assert [line for line in lines if len(line) > 100] == []
    begins = [n for n, line in enumerate(lines) if re.match(r"(export )?(async )?function", line)]
    lengths = {lines[n]: lines.index("}", n) - n + 1 for n in begins}
    assert {title: length for title, length in lengths.items() if length > 45} == {}
    assert len(lines) <= 350


def test_nothing_of_the_library_becomes_html() -> None:
    web = resources.files("litsearch.server") / "web"
    scripts = "".join(one.read_text("utf-8") for one in web.iterdir() if one.name.endswith(".js"))
    assert not re.findall(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function", scripts
    )
