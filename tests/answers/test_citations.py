"""Links to the cited words: their shape, and that a real Chromium resolves them."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from litsearch.answers.deep_links import deep_link, surroundings
from litsearch.extract import html as html_extractor
from litsearch.types import CatalogSource, Entry, Kind, Passage, RawDocument, Source, Verdict

CHROMIUM = (
    shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
)
LONG = (
    "A grown barn owl that lives near farms eats about four mice in a night, which is why farmers leave a window of "
    "the barn open for it all through the winter months."
)
# Paragraphs as HTML, and a quote as a reader would see it.
CASES = {
    "short": ("Owls hunt at night, mostly.", "Owls hunt at night, mostly."),
    "long": (LONG, LONG),
    "dash": ("The well-known snow-owl hunts by day.", "The well-known snow-owl hunts by day."),
    "comma": (
        "Mice, voles, shrews, and frogs are eaten.",
        "Mice, voles, shrews, and frogs are eaten.",
    ),
    "ampersand": ("Smith &amp; Sons counted them in 1931.", "Smith & Sons counted them in 1931."),
    "inline": (
        "It <b>hears</b> a <i>mouse</i> under <a href='/x'>deep</a> snow.",
        "It hears a mouse under deep snow.",
    ),
    "nbsp": (
        "A chick weighs 20&nbsp;grams when it&nbsp;hatches.",
        "A chick weighs 20 grams when it hatches.",
    ),
    "softhyphen": ("Its fea&shy;thers are very soft indeed.", "Its feathers are very soft indeed."),
    "chinese": ("猫头鹰在夜间捕猎。它听得见雪下的老鼠。", "猫头鹰在夜间捕猎。"),
    "cyrillic": ("Сова охотится ночью и слышит мышей.", "Сова охотится ночью и слышит мышей."),
    "quotes": (
        "They call it “the ghost” — it’s silent.",
        "They call it “the ghost” — it’s silent.",
    ),
    "percent": (
        "About 70% of chicks die, 100% of eggs hatch?",
        "About 70% of chicks die, 100% of eggs hatch?",
    ),
    "twin-first": ("In the north the owl sleeps until noon.", ""),
    "twin": ("In the far south the owl sleeps until noon.", "the owl sleeps until noon."),
}
SCRIPT = """<script>
function mark() {
  let seen = 'none';
  for (const p of document.querySelectorAll('p, li')) {
    const box = p.getBoundingClientRect();
    if (box.top < innerHeight && box.bottom > 0) seen = p.id;
  }
  document.title = seen;
}
addEventListener('scroll', mark);
addEventListener('load', () => setTimeout(mark, 300));
</script>"""


def a_source(url: str, media_type: str = "text/html", kind: Kind = "article") -> CatalogSource:
    source = Source("s1", url, kind, (Entry("a.md", 1, "Owls"),))
    return CatalogSource.of(
        source, Verdict("indexed"), "Owls", document_url=url, media_type=media_type
    )


def a_passage(text: str = "", page: int | None = None, heading: tuple[str, ...] = ()) -> Passage:
    return Passage("p1", "s1", text, 0, len(text), heading, page)


def link(text: str, beside: tuple[str, str] = ("", "")) -> str:
    return deep_link(a_source("https://owls.example/a"), text, a_passage(text), beside)


def test_a_short_quote_is_taken_whole() -> None:
    assert link("Owls hunt at night.") == "https://owls.example/a#:~:text=Owls%20hunt%20at%20night."


def test_a_long_quote_is_taken_by_its_ends() -> None:
    start, end = link(LONG).split("text=")[1].split(",")
    assert start == "A%20grown%20barn%20owl%20that%20lives"
    assert end == "it%20all%20through%20the%20winter%20months."


def test_syntax_in_the_words_is_escaped() -> None:
    directive = link("A snow-owl, Smith & Sons say so").split("text=")[1]
    assert not set("-,&") & set(directive)


def test_no_part_runs_over_the_end_of_a_block() -> None:
    start, end = link("Owls eat these three:\nmice and voles too").split("text=")[1].split(",")
    assert (start, end) == ("Owls%20eat%20these%20three%3A", "mice%20and%20voles%20too")


def test_markup_that_a_page_does_not_show_is_left_out() -> None:
    assert "%2A" not in link("Owls hunt **only** at night by ear")


def test_words_that_recur_are_told_by_their_neighbours() -> None:
    text = (
        "Here the owl sleeps till noon.\nThere in the woods the owl sleeps till noon. Then it eats."
    )
    start = text.rindex("the owl")
    beside = surroundings(text, start, text.index(" Then"))
    assert beside == ("in the woods", "Then it eats.")
    assert link("the owl sleeps till noon.", beside).endswith(
        "text=in%20the%20woods-,the%20owl%20sleeps%20till%20noon.,-Then%20it%20eats."
    )
    assert surroundings(text, text.index("There"), len(text)) == ("", "")


def test_a_page_of_a_pdf_and_a_moment_of_a_video() -> None:
    pdf = a_source("https://owls.example/a.pdf", "application/pdf", "paper")
    assert deep_link(pdf, "Owls", a_passage(page=3)) == "https://owls.example/a.pdf#page=3"
    video = a_source(
        "https://video.example/watch?v=x&t=9s", "application/x-transcript+json", "video"
    )
    assert (
        deep_link(video, "Owls", a_passage(heading=("1:02:03",)))
        == "https://video.example/watch?v=x&t=3723s"
    )
    assert deep_link(video, "Owls", a_passage()) == "https://video.example/watch?v=x&t=9s"


def the_page() -> str:
    blocks = "\n".join(f'<p id="{name}">{text}</p>' for name, (text, _) in CASES.items())
    style = "<style>p, li { margin: 2500px 0 }</style>"
    title = "<title>Owls of the farm and the forest</title>"
    return (
        f"<!doctype html><html lang=en><head><meta charset=utf-8>{title}{style}</head>"
        f"<body><article>{blocks}</article>{SCRIPT}</body></html>"
    )


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    body = the_page().encode()

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def scrolled_to(url: str) -> str:
    """The block that a browser shows after it has opened the address."""
    command = [
        str(CHROMIUM),
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--virtual-time-budget=3000",
        "--dump-dom",
    ]
    done = subprocess.run([*command, url], capture_output=True, text=True, timeout=120, check=True)
    found = re.search(r"<title>(.*?)</title>", done.stdout)
    assert found, done.stderr[-500:]
    return html.unescape(found.group(1))


@pytest.mark.slow
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")
@pytest.mark.parametrize("name", [name for name, (_, quote) in CASES.items() if quote])
def test_chromium_opens_the_link_at_the_words(address: str, name: str) -> None:
    body = the_page().encode()
    raw = RawDocument(address, "text/html", body, "0" * 64, "utf-8")
    text = html_extractor.extract(raw, "s1").text
    quote = CASES[name][1]
    start = text.rindex(quote)
    beside = surroundings(text, start, start + len(quote))
    url = deep_link(a_source(address), quote, a_passage(quote), beside)
    assert scrolled_to(url) == name


@pytest.mark.slow
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")
def test_chromium_stays_at_the_top_for_words_that_are_not_there(address: str) -> None:
    url = deep_link(a_source(address), "Hedgehogs sleep through the winter.", a_passage())
    assert scrolled_to(url) not in CASES
