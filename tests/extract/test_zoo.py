"""Bad pages and files, each with the verdict it deserves; and good ones that must not be taken for
bad.
"""

from __future__ import annotations

import gzip
import io
import json
import time
import zipfile
from collections.abc import Callable

import pypdf
import pytest
from extract.pages import PROSE, article, extract, raw
from extract.papers import Text, column, pdf, picture_pdf

from litsearch.errors import ExtractError
from litsearch.types import RawDocument

Make = Callable[[], RawDocument]


def pretender(text: str) -> tuple[str, tuple[str, Make]]:
    """A page that is not the article, from its lines in PAGES."""
    head, _, body = text.partition("\n")
    status, name, title = head.split(" | ", 2)
    page = f"<!doctype html><html><head><title>{title}</title></head><body>{body}</body></html>"
    return name, (status, lambda: raw(page))


def of(
    body: bytes | Callable[[], bytes], media_type: str, url: str = "https://example.org/file"
) -> Make:
    return lambda: raw(body if isinstance(body, bytes) else body(), media_type, url)


def zipped() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")
    return file.getvalue()


def encrypted() -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf([column(PROSE, 72, 700)])))
    writer.encrypt("secret", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]>'
    '<html xmlns="http://www.w3.org/1999/xhtml"><body><p>&d;</p></body></html>'
)
READ = PROSE[0] + " " + PROSE[1]

# status | name | title of the page, then its body
PAGES = """\
blocked | cloudflare | Just a moment...
<noscript>Enable JavaScript and cookies to continue</noscript>
<script>window._cf_chl_opt={}</script>

blocked | cloudflare block | Attention Required! | Cloudflare
<h1>Sorry, you have been blocked</h1>
<p>You are unable to access example.org</p>
<p>Cloudflare Ray ID: 8a1b2c3d4e5f6a7b</p>

blocked | captcha | example.org
<h1>Are you a robot?</h1>
<p>Please complete the CAPTCHA below to show that you are not a robot.</p>

blocked | human check | Verify
<p>Please verify you are human by completing the action below.</p>

blocked | akamai | Access Denied
<h1>Access Denied</h1>
<p>You don't have permission to access this page on this server.</p>
<p>Reference #18.2</p>

blocked | unusual traffic | Sorry...
<p>Our systems have detected unusual traffic from your computer network.</p>

blocked | perimeter | Pardon Our Interruption
<p>As you were browsing something about your browser made us think you were a bot.</p>

blocked | consent google | Before you continue
<h1>Before you continue to Video</h1>
<p>We use cookies and data to deliver and maintain our services.</p>
<button>Accept all</button>

blocked | consent brands | News is part of the Big family of brands
<p>We and our 237 partners use cookies to store and access information.</p>
<p>Accept all or manage settings.</p>

blocked | login | Log in | Forum
<form>
<label>User</label>
<input name=u>
<input type=password></form>
<a>Forgot password?</a>

blocked | login needed | Members
<p>You must be logged in to view this page.</p>

blocked | signup wall | Stories
<h2>Sign in to continue</h2>
<p>Don't have an account? Create one.</p>

blocked | paywall | A Long Story
<article>
<h1>A Long Story</h1>
<p>{READ}</p>
<p>Subscribe to continue reading this story.</p>
<p>Already a subscriber? Sign in.</p>
</article>

blocked | member story | A Thought
<article>
<h1>A Thought</h1>
<p>Member-only story</p>
<p>{READ}</p>
</article>

blocked | paid post | A Letter
<article>
<h1>A Letter</h1>
<p>{READ}</p>
<p>This post is for paid subscribers</p>
</article>

dead | for sale | oldsite.example
<h1>This domain is for sale!</h1>
<p>Buy this domain for 2,500 dollars.</p>

dead | parked | oldsite.example - parked domain
<p>Related searches: Cheap Flights, Insurance, Loans</p>
<p>Privacy Policy</p>

dead | expired | Welcome
<p>This domain has expired. If you are the owner, renew it now.</p>

dead | soft 404 | Page not found | Blog
<h1>404</h1>
<p>Sorry, the page you are looking for could not be found.</p>

dead | soft 404 polite | Oops
<h1>We can't find that page</h1>
<p>Try the search instead.</p>

dead | github pages | Site not found · GitHub Pages
<h1>404</h1>
<p>There isn't a GitHub Pages site here.</p>

dead | deleted | Post
<p>This post has been deleted by its author.</p>

blocked | shell | App
<div id=root></div>
<noscript>You need to enable JavaScript to run this app.</noscript>
<script src=/main.js></script>

blocked | shell silent | App
<div id=app></div>
<script src=/a.js></script>
<script src=/b.js></script>

blocked | loading | Docs
<div>Loading...</div>
<script src=/a.js></script>
"""

BAD: dict[str, tuple[str, Make]] = {
    **dict(map(pretender, PAGES.replace("{READ}", READ).split("\n\n"))),
    # empty
    "empty body": ("failed", of(b"", "text/html")),
    "no text": ("failed", of(b"<html><body><div></div></body></html>", "text/html")),
    "empty markdown": (
        "failed",
        of(b"---\ntitle: x\n---\n", "text/markdown", "https://example.org/a.md"),
    ),
    "blank text": ("failed", of(b" \n\n \t\n", "text/plain")),
    # files that are something else
    "gif as html": (
        "unsupported",
        of(b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff", "text/html"),
    ),
    "png": ("unsupported", of(b"\x89PNG\r\n\x1a\n" + bytes(50), "text/html")),
    "zip as pdf": ("unsupported", of(zipped, "application/pdf")),
    "word": (
        "unsupported",
        of(zipped, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ),
    "gzip as html": ("unsupported", of(lambda: gzip.compress(article().encode()), "text/html")),
    "binary as html": ("unsupported", of(bytes(range(256)) * 40, "text/html")),
    "program": ("unsupported", of(b"\x7fELF" + bytes(200), "text/plain")),
    "video": ("unsupported", of(b"\x00\x00\x00\x20ftypisom" + bytes(50), "video/mp4")),
    "json": ("unsupported", of(b'{"a": [1, 2, 3]}', "application/json")),
    "feed": (
        "unsupported",
        of(b'<?xml version="1.0"?><rss version="2.0"><channel/></rss>', "text/xml"),
    ),
    "svg": (
        "unsupported",
        of(b'<svg xmlns="http://www.w3.org/2000/svg"><text>hello</text></svg>', "image/svg+xml"),
    ),
    # PDFs
    "pdf of nothing": ("failed", of(b"%PDF-1.7\n", "application/pdf")),
    "pdf cut short": ("failed", of(lambda: pdf([column(PROSE, 72, 700)])[:150], "application/pdf")),
    "pdf noise": ("failed", of(b"%PDF-1.4\n" + bytes(range(256)) * 20, "application/pdf")),
    "pdf encrypted": ("unsupported", of(encrypted, "application/pdf")),
    "pdf of pictures": ("unsupported", of(lambda: picture_pdf(3), "application/pdf")),
    "pdf without text": ("failed", of(lambda: pdf([[]]), "application/pdf")),
    # broken notebooks and transcripts
    "notebook cut short": (
        "failed",
        of(
            b'{"cells": [{"cell_type": "mark',
            "application/x-ipynb+json",
            "https://example.org/a.ipynb",
        ),
    ),
    "notebook without cells": (
        "failed",
        of(b'{"nbformat": 4}', "application/x-ipynb+json", "https://example.org/a.ipynb"),
    ),
    "notebook of wrong types": (
        "failed",
        of(b'{"cells": [3, "x"], "nbformat": 4}', "application/x-ipynb+json"),
    ),
    "notebook too deep": ("failed", of(b'{"cells": ' + b"[" * 100_000, "application/x-ipynb+json")),
    "transcript of wrong types": (
        "failed",
        of(b'{"segments": 5}', "application/x-transcript+json"),
    ),
    "quotes too deep": ("failed", of(b"> " * 5_000 + b"end\n", "text/markdown")),
    # attacks
    "too deep": (
        "failed",
        of(b"<body>" + b"<div>" * 100_000 + b"bottom" + b"</div>" * 100_000, "text/html"),
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_ones_get_their_verdict(name: str) -> None:
    status, make = BAD[name]
    begun = time.process_time()  # a busy machine is not the page's fault
    with pytest.raises(ExtractError) as caught:
        extract(make())
    assert caught.value.status == status
    assert str(caught.value)
    assert time.process_time() - begun < 5
    if status == "blocked":
        assert caught.value.hint


def paper() -> bytes:
    return pdf([column([*PROSE], 20, 700, size=8)])


def about(sentence: str) -> Make:
    """A real article that talks of what pretenders say."""
    return lambda: raw(
        article(f"<p>{sentence}</p>" + "".join(f"<p>{text}</p>" for text in PROSE * 2))
    )


def long_line() -> bytes:
    return ("word " * 300_000).encode()


def wide() -> bytes:
    return article("<span>x</span>" * 20_000).encode()


GOOD: dict[str, tuple[str, Make]] = {
    "short note": ("stone that masons carried", lambda: raw(article(prose=1))),
    "article about captchas": (
        "verify you are human",
        about("Many sites ask you to verify you are human, and say: just a moment."),
    ),
    "article about 404": (
        "could not be found",
        about("The page you want could not be found, said the server."),
    ),
    "article about paywalls": (
        "to continue reading",
        about("Papers ask you to subscribe to continue reading."),
    ),
    "newsletter with a call": (
        "Its lamp burned",
        lambda: raw(article("<p>Subscribe to our letter.</p>")),
    ),
    "utf-16": ("grey stone", lambda: raw(article().replace("utf-8", "utf-16").encode("utf-16"))),
    "utf-16 without mark": ("grey stone", lambda: raw(article().encode("utf-16-le"))),
    "null bytes": ("grey stone", lambda: raw(article().replace("grey", "gr\x00ey"))),
    "entities": (
        "ha",
        lambda: raw(LAUGHS.replace("<p>", f"<p>{PROSE[0]}</p><p>ha"), "application/xhtml+xml"),
    ),
    "unclosed": (
        "polished glass",
        lambda: raw(article().replace("</p>", "").replace("</article>", "")),
    ),
    "huge line": ("word word", of(long_line, "text/plain")),
    "wide": ("grey stone", of(wide, "text/html")),
    "pdf with a prefix": (
        "lighthouse",
        of(lambda: b"\n\n" + paper(), "text/html", "https://example.org/a.html"),
    ),
    "pdf with a wrong table": (
        "lighthouse",
        of(lambda: paper().replace(b"startxref\n", b"startxref\n9"), "application/pdf"),
    ),
    "pdf of one word": ("Hello", of(lambda: pdf([[Text("Hello", 72, 700)]]), "application/pdf")),
    "pdf of nested names": (
        "lighthouse",
        of(lambda: pdf([column([*PROSE], 20, 700, size=8)], title="((((a"), "application/pdf"),
    ),
    "powers without end": ("grey stone", lambda: raw(article("<p>" + "x<sup>2</sup>" * 5_000))),
    "dots without end": ("grey stone", lambda: raw(article("<p>" + "." * 300_000))),
    "markdown nest": ("end", of(b"> " * 10 + b"end\n", "text/markdown")),
    "markdown brackets": ("end", of(b"[" * 5_000 + b"end\n", "text/markdown")),
    "markdown stars": ("end", of(b"*a **b " * 3_000 + b"end\n", "text/markdown")),
}


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=pytest.mark.slow) if name == "wide" else name for name in GOOD],
)
def test_good_ones_are_read(name: str) -> None:
    words, make = GOOD[name]
    begun = time.process_time()  # a busy machine is not the page's fault
    document = extract(make())
    assert words in document.text
    assert time.process_time() - begun < 5


def test_an_entity_is_never_followed(tmp_path: object) -> None:
    secret = "file:///etc/hostname"
    page_ = f'<!DOCTYPE html [<!ENTITY x SYSTEM "{secret}">]><html><body><p>before &x; after</p></body></html>'
    text = extract(raw(page_, "application/xhtml+xml")).text
    with open("/etc/hostname") as file:  # noqa: PTH123
        assert file.read().strip() not in text


def test_there_is_a_zoo() -> None:
    assert len(BAD) >= 30
    assert {status for status, _ in BAD.values()} == {"blocked", "dead", "unsupported", "failed"}
    json.dumps(sorted(BAD))
