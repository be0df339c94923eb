"""A first user's way: an empty folder, the page, a file that one has, and then a useful answer,
without the command line after `litsearch serve --write`.
"""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import fakeweb
import pytest
from conftest import litsearch
from server.browser import IN_BROWSER
from serving import served
from smallweb import article

playwright = pytest.importorskip("playwright.sync_api")
pytestmark = IN_BROWSER
QUESTION = "What are mangroves?"
ANSWER = "trees that grow in salt water"
SUBJECTS = {
    "mangroves": "Mangroves are trees that grow in salt water along tropical coasts. Their roots"
    " hold the mud, and young fish hide between them.",
    "peat": "Peat is dead moss that water has kept from the air. It grows a millimetre a year, and"
    " whoever drains it sets free what it held.",
    "kelp": "Kelp is a brown seaweed that grows in cold water. Sea urchins eat it where otters are"
    " gone, and nothing but stones is left.",
    "dunes": "Dunes are hills of sand that the wind has heaped up. Marram grass binds them with"
    " its long roots until the next flood.",
    "reefs": "Reefs are built by corals out of lime. Warm water makes the animals expel their"
    " algae, and they bleach.",
    "estuaries": "Estuaries are mouths of rivers where salt and fresh water mix twice a day. Few"
    " species live in them, in great numbers.",
    "glaciers": "Glaciers are rivers of ice. They carry flour of rock, which makes the lakes below"
    " them look like milk.",
    "moors": "Moors are open land on poor soil. They burn in dry springs, and heather comes back"
    " from seeds within three years.",
}
DROP = """([name, text]) => {
  const data = new DataTransfer();
  data.items.add(new File([text], name));
  for (const type of ["dragover", "drop"]) {
    const event = new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: data });
    document.querySelector("main").dispatchEvent(event);
  }
}"""


def addresses() -> list[tuple[str, str]]:
    """Forty titles with their addresses, five of each subject."""
    parts = itertools.product(SUBJECTS, range(1, 6))
    return [
        (f"Notes on {subject}, part {n}", f"http://{subject}.example/part-{n}")
        for subject, n in parts
    ]


def as_links() -> str:
    """A file as people keep one: plain addresses, and titles before addresses."""
    lines = []
    for n, (title, url) in enumerate(addresses()):
        lines.append(f"{title}: {url}" if n % 2 else url)
    return "\n".join(lines) + "\n"


def as_zotero() -> str:
    """What Zotero writes as CSV, as far as it tells of a web page."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(["Key", "Item Type", "Publication Year", "Author", "Title", "Url"])
    for n, (title, url) in enumerate(addresses()):
        writer.writerow([f"K{n:07}", "webpage", "2023", "Example, Ada", title, url])
    return text.getvalue()


def as_wiki() -> str:
    """A page of a wiki as a browser saves it: links to works among links of the wiki."""
    rows = "".join(
        f'<li><a class="external text" href="{url}">{title}</a>, by <a href="/wiki/Ada">Ada</a></li>'
        for title, url in addresses()
    )
    return (
        '<!DOCTYPE html><html lang="en"><head><title>Coasts - Team wiki</title></head>'
        '<body class="mediawiki"><h1 id="firstHeading">Coasts</h1><div id="mw-content-text">'
        '<p>We read one each <a href="/wiki/Thursday">Thursday</a>.</p>'
        f'<h2><span class="mw-headline">To read</span></h2><ul>{rows}</ul></div>'
        '<div id="footer"><a href="/wiki/Main_page">Main page</a></div></body></html>'
    )


FILES = {
    "links.txt": as_links(),
    "My Library.csv": as_zotero(),
    "Coasts - Team wiki.html": as_wiki(),
}


@pytest.fixture(scope="module")
def web() -> Iterator[fakeweb.Web]:
    with fakeweb.serve() as served_web:
        for n, (title, url) in enumerate(addresses()):
            subject = url.split("//")[1].partition(".")[0]
            text = f"{SUBJECTS[subject]}\nPart {n % 5 + 1} tells of {subject} in {1990 + n}."
            place = url.removeprefix("http://")
            served_web.pages[place] = fakeweb.page(article(title, text))
        del served_web.pages["moors.example/part-5"]
        yield served_web


@pytest.fixture(params=FILES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def folder(name: str, tmp_path: Path) -> Path:
    """What `litsearch init` makes; nobody waits between requests here."""
    made = tmp_path / "library"
    litsearch(made, "init", str(made))
    (made / "config" / "litsearch.toml").write_text("[fetch]\nspacing = 0.0\nretries = 0\n")
    return made


@pytest.fixture
def base(folder: Path, web: fakeweb.Web) -> Iterator[str]:
    proxies = {"http_proxy": web.base, "https_proxy": web.base, "no_proxy": "127.0.0.1"}
    with served(folder, "--write", ready="/healthz", **proxies) as address:
        yield f"{address}/"


def test_from_a_file_to_an_answer(name: str, folder: Path, visit: Callable[..., Any]) -> None:
    page = visit()
    playwright.expect(page.locator("main h1")).to_have_text("A library without sources")
    playwright.expect(page.locator("main")).to_contain_text("example.md (4 entries)")

    page.evaluate(DROP, [name, FILES[name]])
    page.get_by_role("link", name="See them").wait_for(timeout=150_000)
    told = page.locator(".queue li").inner_text()
    assert told.startswith(name)
    assert "40 sources in config/lists/" in told
    assert "1 without a text" in told
    assert not (folder / "config" / "lists" / "example.md").exists()
    playwright.expect(page.locator("main h1")).to_have_text("Your library can be asked now")

    page.fill("#q", QUESTION)
    page.press("#q", "Enter")
    page.wait_for_selector(".answer .cite")
    assert ANSWER in page.locator(".quotes blockquote").first.inner_text()

    page.go_back()
    page.get_by_role("link", name="See what failed").click()
    playwright.expect(page.locator(".rows li")).to_have_count(1)
    assert "part 5" in page.locator(".rows li").inner_text()
