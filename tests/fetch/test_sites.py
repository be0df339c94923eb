"""The fetchers, over a downloader and a loopback web that plays the sites; and which fetcher gets
what.
"""

from __future__ import annotations

import json

import pytest
from fakeweb import page, redirect, status
from hypothesis import given
from hypothesis import strategies as st

from litsearch.errors import FetchError
from litsearch.extract.media_type import media_type_of
from litsearch.fetch.sites import Dispatcher, arxiv, github, openreview
from litsearch.fetch.sites import web as web_pages
from litsearch.fetch.sites.local import LocalFiles, OwnFiles, slug
from litsearch.fetch.sites.web import pdf_of_press
from litsearch.types import Entry, RawDocument, Source
from litsearch.works.identity import key_of

PDF = b"%PDF-1.7 a paper"
MODULES = [arxiv, github, openreview, web_pages]


@pytest.fixture
def get(proxied, downloader):
    """A real downloader that reaches https addresses of the fake web over http."""
    download = downloader(retries=0)

    def get(url):
        raw = download(url.replace("https://", "http://"))
        return RawDocument(
            raw.url.replace("http://", "https://"), raw.media_type, raw.body, raw.sha256
        )

    return get


def fetched(proxied):
    return ["https://" + url.removeprefix("http://") for url in proxied.asked()]


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("https://arxiv.org/abs/1706.03762", "1706.03762"),
        ("http://arxiv.org/abs/1706.03762v5", "1706.03762v5"),
        ("https://arxiv.org/pdf/1706.03762.pdf", "1706.03762"),
        ("https://www.arxiv.org/pdf/1706.03762v5.pdf#page=2", "1706.03762v5"),
        ("https://arxiv.org/html/1706.03762v7", "1706.03762v7"),
        ("https://export.arxiv.org/abs/cs/9901001", "cs/9901001"),
    ],
)
def test_arxiv_gives_the_pdf(proxied, get, url, asked):
    proxied.pages[f"arxiv.org/pdf/{asked}"] = page(PDF, "application/pdf")
    assert arxiv.accepts(url)
    assert arxiv.fetch(url, get).body == PDF
    assert fetched(proxied) == [f"https://arxiv.org/pdf/{asked}"]


def test_arxiv_gives_the_abstract_of_a_withdrawn_paper(proxied, get):
    proxied.pages["arxiv.org/abs/1706.03762"] = page("withdrawn")
    assert arxiv.fetch("https://arxiv.org/abs/1706.03762", get).body == b"withdrawn"


def test_arxiv_gives_the_html_of_a_new_paper_where_it_has_made_one(proxied, get):
    proxied.pages["arxiv.org/pdf/2401.00001"] = page(PDF, "application/pdf")
    assert arxiv.fetch("https://arxiv.org/abs/2401.00001", get).body == PDF
    proxied.pages["arxiv.org/html/2402.00002v2"] = page("<p>html")
    assert arxiv.fetch("https://arxiv.org/pdf/2402.00002v2.pdf", get).body == b"<p>html"


def test_without_network_an_edition_never_asked_for_hides_no_kept_one(proxied, downloader):
    proxied.pages["arxiv.org/pdf/2401.00001"] = page(PDF, "application/pdf")
    downloader()("http://arxiv.org/pdf/2401.00001")
    offline = downloader(offline=True)
    raw = arxiv.fetch(
        "https://arxiv.org/abs/2401.00001", lambda url: offline(url.replace("https", "http"))
    )
    assert raw.body == PDF


def test_arxiv_does_not_hide_a_passing_fault(proxied, get):
    proxied.pages["arxiv.org/pdf/1706.03762"] = status(503)
    with pytest.raises(FetchError) as caught:
        arxiv.fetch("https://arxiv.org/abs/1706.03762", get)
    assert caught.value.transient


RAW = "raw.githubusercontent.com/o/n"


@pytest.mark.parametrize("name", ["README.md", "readme.md", "README.rst", "README"])
def test_a_repository_is_its_readme(proxied, get, name):
    proxied.pages |= {
        f"{RAW}/HEAD/{name}": page("# Read me", "text/plain"),
        "github.com/o/n": page("<html>"),
    }
    raw = github.fetch("https://github.com/o/n", get)
    assert (raw.body, raw.url) == (b"# Read me", f"https://{RAW}/HEAD/{name}")


def test_a_repository_without_readme_is_its_page(proxied, get):
    proxied.pages["github.com/o/n"] = page("<html>repository")
    assert github.fetch("https://github.com/o/n", get).body == b"<html>repository"


def test_a_repository_that_is_gone_is_dead(proxied, get):
    with pytest.raises(FetchError) as caught:
        github.fetch("https://github.com/o/n", get)
    assert caught.value.status == "dead"


def test_without_network_the_page_of_a_file_serves_again(proxied, downloader):
    proxied.pages["github.com/o/n/blob/main/b.md"] = page("<html>b")
    for offline in (False, True):
        get = downloader(offline=offline)
        raw = github.fetch(
            "https://github.com/o/n/blob/main/b.md",
            lambda url, get=get: get(url.replace("https", "http")),
        )
        assert raw.body == b"<html>b"


def test_a_file_is_itself_else_its_page(proxied, get):
    proxied.pages |= {
        f"{RAW}/main/docs/a.md": page("# A", "text/plain"),
        "github.com/o/n/blob/main/b.md": page("<html>b"),
    }
    assert github.fetch("https://github.com/o/n/blob/main/docs/a.md", get).body == b"# A"
    assert github.fetch("https://github.com/o/n/blob/main/b.md", get).body == b"<html>b"


def test_a_folder_is_its_readme_else_its_page(proxied, get):
    url = "https://github.com/o/n/tree/main/docs"
    proxied.pages["github.com/o/n/tree/main/docs"] = page("<html>folder")
    assert github.fetch(url, get).body == b"<html>folder"
    proxied.pages[f"{RAW}/main/docs/README.md"] = page("# Docs", "text/plain")
    assert github.fetch(url, get).body == b"# Docs"
    proxied.pages["github.com/o/n/tree/main/docs"] = page("# Folder as text", "text/markdown")
    assert github.fetch(url, get).body == b"# Folder as text"


def test_a_folder_whose_page_is_refused_is_its_readme(proxied, get):
    proxied.pages |= {
        "github.com/robots.txt": page("User-agent: *\nDisallow: /*/tree/", "text/plain"),
        f"{RAW}/main/docs/README.md": page("# Docs", "text/plain"),
    }
    assert github.fetch("https://github.com/o/n/tree/main/docs", get).body == b"# Docs"
    with pytest.raises(FetchError) as caught:
        github.fetch("https://github.com/o/n/tree/main/other", get)
    assert caught.value.status == "blocked"


def test_a_gist_is_its_first_file(proxied, get):
    proxied.pages |= {
        "gist.githubusercontent.com/me/0123456789abcdef0123/raw": page(
            "# A title\n\ntext", "text/plain"
        ),
        "gist.githubusercontent.com/me/0123456789abcdef0124/raw": page("import os\n", "text/plain"),
    }
    notes = github.fetch("https://gist.github.com/me/0123456789abcdef0123#file-a-md", get)
    code = github.fetch("https://gist.github.com/me/0123456789abcdef0124", get)
    assert (notes.media_type, code.media_type) == ("text/markdown", "text/plain")


@pytest.mark.parametrize(
    "url",
    [
        "https://github.com/o",
        "https://github.com/features/actions",
        "https://github.com/o/n/issues",
        "https://github.com/o/n/discussions/7",
        "https://github.com/o/n/wiki/a/b/c",
        "https://gist.github.com/someone",
        "https://github.example.com/o/n",
    ],
)
def test_other_pages_of_github_are_just_pages(url):
    assert not github.accepts(url)


@pytest.mark.parametrize(
    ("url", "raw"),
    [
        ("https://github.com/o/n/wiki", "Home"),
        ("https://github.com/o/n/wiki/", "Home"),
        ("https://www.github.com/o/n/wiki/How-To#part", "How-To"),
    ],
)
def test_a_wiki_page_is_its_markdown_else_the_page(proxied, get, url, raw):
    proxied.pages["raw.githubusercontent.com/wiki/o/n/" + raw + ".md"] = page(
        "# Wiki", "text/plain"
    )
    assert github.accepts(url)
    assert github.fetch(url, get).body == b"# Wiki"
    proxied.pages = {"github.com/o/n/wiki/Other": page("<html>other")}
    assert github.fetch("https://github.com/o/n/wiki/Other", get).body == b"<html>other"


def said(login, body, **more):
    return {"user": {"login": login}, "body": body, **more}


@pytest.mark.parametrize("form", ["issues/7", "pull/7", "issues/7#issuecomment-1"])
def test_an_issue_is_its_texts(proxied, get, form):
    proxied.pages |= {
        "api.github.com/repos/o/n/issues/7": page(
            json.dumps(said("ann", "It *breaks*.", title="A fault"))
        ),
        "api.github.com/repos/o/n/issues/7/comments?per_page=100": page(
            json.dumps([said("ben", "Here too."), said("cy", None)])
        ),
    }
    url = f"https://github.com/o/n/{form}"
    raw = github.fetch(url, get)
    assert (raw.media_type, raw.url) == ("text/markdown", url)
    assert (
        raw.body.decode()
        == "# A fault\n\n**ann**\n\nIt *breaks*.\n\n---\n\n**ben**\n\nHere too.\n\n---\n\n**cy**\n\n"
    )


@pytest.mark.parametrize(
    "answer", [status(403), page("{}"), page("[]"), page("no"), page(json.dumps(said("a", "b")))]
)
def test_an_issue_whose_api_has_enough_is_its_page(proxied, get, answer):
    proxied.pages |= {
        "api.github.com/repos/o/n/issues/7": answer,
        "github.com/o/n/issues/7": page("<html>issue"),
    }
    assert github.fetch("https://github.com/o/n/issues/7", get).body == b"<html>issue"


def test_a_notebook_is_known_by_its_name(proxied, get):
    proxied.pages[f"{RAW}/main/a%20b.ipynb"] = page('{"cells": [], "nbformat": 4}', "text/plain")
    raw = github.fetch("https://github.com/o/n/blob/main/a%20b.ipynb", get)
    assert media_type_of(raw) == "application/x-ipynb+json"


PRESSES = {
    "https://aclanthology.org/2020.acl-main.1/": "https://aclanthology.org/2020.acl-main.1.pdf",
    "https://www.aclanthology.org/P19-1001": "https://aclanthology.org/P19-1001.pdf",
    "http://proceedings.mlr.press/v70/lamp17a.html": "https://proceedings.mlr.press/v70/lamp17a/lamp17a.pdf",
    "https://jmlr.org/papers/v21/20-074.html": "https://www.jmlr.org/papers/volume21/20-074/20-074.pdf",
    "https://papers.nips.cc/paper/2017/hash/00112233445566778899aabbccddeeff-Abstract.html": (
        "https://papers.nips.cc/paper/2017/file/00112233445566778899aabbccddeeff-Paper.pdf"
    ),
    "https://proceedings.neurips.cc/paper_files/paper/2022/hash/0011223344556677889900112233445f-Abstract-Track.html": (
        "https://proceedings.neurips.cc/paper_files/paper/2022/file/0011223344556677889900112233445f-Paper-Track.pdf"
    ),
    "https://openaccess.thecvf.com/content/CVPR2022/html/Lamp_A_Title_CVPR_2022_paper.html": (
        "https://openaccess.thecvf.com/content/CVPR2022/papers/Lamp_A_Title_CVPR_2022_paper.pdf"
    ),
}


@pytest.mark.parametrize(("url", "paper"), PRESSES.items())
def test_a_press_leads_to_its_pdf_without_being_told(proxied, get, url, paper):
    proxied.pages |= {
        url.partition("://")[2]: page("<h1>Title</h1><p>Abstract"),
        paper.partition("://")[2]: page(PDF, "application/pdf"),
    }
    raw = web_pages.fetch(url, get)
    assert (raw.body, raw.url) == (PDF, paper)
    assert key_of(url) == key_of(paper)


@pytest.mark.parametrize(
    "url",
    ["https://aclanthology.org/", "https://aclanthology.org/P19-1001.pdf", "https://jmlr.org/a"],
)
def test_what_is_no_abstract_of_a_press(url):
    assert pdf_of_press(url) is None


def test_openreview_gives_the_pdf_else_the_forum(proxied, get):
    proxied.pages |= {
        "openreview.net/forum?id=Ab": page("<html>forum"),
        "openreview.net/pdf?id=Cd": page(PDF, "application/pdf"),
    }
    assert openreview.fetch("https://openreview.net/forum?id=Ab", get).body == b"<html>forum"
    assert openreview.fetch("https://openreview.net/forum?id=Cd&noteId=x", get).body == PDF


def abstract(link, words=50):
    return page(
        f'<html><head><META content="{link}" name="citation_pdf_url"></head><p>{"word " * words}</p>'
    )


@pytest.mark.parametrize("link", ["https://press.example/x.pdf", "/x.pdf", "x.pdf"])
def test_an_abstract_page_leads_to_its_pdf(proxied, get, link):
    proxied.pages |= {
        "press.example/x.html": abstract(link),
        "press.example/x.pdf": page(PDF, "application/octet-stream"),
    }
    raw = web_pages.fetch("https://press.example/x.html", get)
    assert (raw.body, raw.url) == (PDF, "https://press.example/x.pdf")


def test_a_doi_leads_through_the_publisher_to_the_pdf(proxied, get):
    proxied.pages |= {
        "doi.org/10.1000/1": redirect("http://press.example/x.html"),
        "press.example/x.html": abstract("/x.pdf"),
        "press.example/x.pdf": page(PDF, "application/pdf"),
    }
    assert web_pages.fetch("https://doi.org/10.1000/1", get).body == PDF


@pytest.mark.parametrize(
    "paper",
    [
        status(403),
        status(404),
        status(503),
        page("<html>please log in"),
        redirect("http://127.0.0.1/x"),
    ],
)
def test_an_abstract_whose_pdf_is_not_to_be_had_stays(proxied, downloader, get, paper):
    proxied.pages |= {"press.example/x.html": abstract("/x.pdf"), "press.example/x.pdf": paper}
    assert b"citation_pdf_url" in web_pages.fetch("https://press.example/x.html", get).body


def test_a_full_text_page_is_taken_as_it_is(proxied, get):
    proxied.pages |= {
        "press.example/x.html": abstract("/x.pdf", 4000),
        "press.example/x.pdf": page(PDF),
    }
    assert b"word word" in web_pages.fetch("https://press.example/x.html", get).body
    assert fetched(proxied) == ["https://press.example/x.html"]


def test_a_page_that_names_itself_is_no_loop(proxied, get):
    proxied.pages["press.example/x.html"] = abstract("https://press.example/x.html")
    web_pages.fetch("https://press.example/x.html", get)
    assert len(fetched(proxied)) == 1


@pytest.mark.parametrize(
    "body",
    [
        "<meta name=citation_pdf_url>",
        "<meta name=citation_pdf_url content='http://['>",
        "citation_pdf_url",
    ],
)
def test_broken_metadata_is_ignored(proxied, get, body):
    proxied.pages["press.example/x.html"] = page(body)
    assert web_pages.fetch("https://press.example/x.html", get).body == body.encode()


@given(st.text(max_size=80))
def test_fetchers_accept_or_decline_any_text(text):
    for module in MODULES:
        for url in (text, "https://github.com/" + text, "https://arxiv.org/abs/" + text):
            assert module.accepts(url) in (True, False)


@pytest.fixture
def library(tmp_path):
    (tmp_path / "lib" / "config" / "lists").mkdir(parents=True)
    (tmp_path / "lib" / "papers").mkdir()
    (tmp_path / "lib" / "papers" / "a b.pdf").write_bytes(PDF)
    (tmp_path / "lib" / "config" / "lists" / "notes.md").write_text("# Notes")
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "lib" / "link.txt").symlink_to(tmp_path / "secret.txt")
    return tmp_path / "lib"


def test_files_of_the_library(library):
    files = LocalFiles(library)
    assert files.accepts("file:papers/a%20b.pdf")
    raw = files.fetch("file:papers/a%20b.pdf", None)
    assert (raw.body, raw.media_type) == (PDF, "application/pdf")
    assert raw.url.startswith("file:///")
    assert files.fetch("file:notes.md", None).media_type == "text/markdown"
    assert files.fetch("file://" + str(library / "papers" / "a b.pdf"), None).body == PDF


@pytest.mark.parametrize(
    "path",
    [
        "../secret.txt",
        "/etc/passwd",
        "link.txt",
        "papers/../../secret.txt",
        "%2e%2e/secret.txt",
        "papers",
        "no.txt",
        "a%00b",
    ],
)
def test_files_elsewhere_are_refused(library, path):
    with pytest.raises(FetchError):
        LocalFiles(library).fetch("file:" + path, None)


def test_files_elsewhere_when_the_owner_says_so(library):
    assert LocalFiles(library, anywhere=True).fetch("file:../secret.txt", None).body == b"secret"


def test_a_file_that_is_too_large_is_refused(library):
    with pytest.raises(FetchError, match="larger"):
        LocalFiles(library, max_bytes=3).fetch("file:papers/a%20b.pdf", None)


def source(title="Some Title: Here!", url="https://www.example.com/blog/Some_Post?id=7"):
    return Source(
        "0123456789abcdef", url, "article", (Entry("l.md", 1, title, url),), (url,) if url else ()
    )


@pytest.mark.parametrize(
    "name",
    [
        "0123456789abcdef.pdf",
        "some-title-here.pdf",
        "Some Title, here.pdf",
        "example-com-blog-some-post-id-7.pdf",
    ],
)
def test_a_file_of_the_owner_stands_in(tmp_path, name):
    (tmp_path / name).write_bytes(PDF)
    raw = OwnFiles(tmp_path)(source())
    assert (raw.body, raw.media_type, raw.url) == (PDF, "application/pdf", source().url)
    assert OwnFiles(tmp_path)(source("Other", None)) is None or name.startswith("0123")


def test_no_file_stands_in_for_a_nameless_source(tmp_path):
    (tmp_path / "-.pdf").write_bytes(PDF)
    (tmp_path / ".hidden").write_bytes(PDF)
    assert OwnFiles(tmp_path)(source("…", None)) is None
    assert OwnFiles(tmp_path / "missing")(source()) is None


@pytest.mark.parametrize(
    "path",
    [
        "/home/ann/Zotero/storage/AB12/Lee - Tides.pdf",
        "C:\\Zotero\\Lee - Tides.pdf",
        "Lee_Tides.pdf",
    ],
)
def test_the_document_that_a_list_attaches_stands_in(tmp_path, path):
    (tmp_path / "lee-tides.pdf").write_bytes(PDF)
    entry = Entry("a.bib", 1, "On tides", extra=(("file", path),))
    raw = OwnFiles(tmp_path)(Source("0" * 16, None, "paper", (entry,)))
    assert (raw.body, raw.media_type) == (PDF, "application/pdf")


def test_slug():
    assert slug("  Ünïcode & Co.: “Quoted”  ") == "unicode-co-quoted"
    assert len(slug("word " * 99)) <= 80


class Remembering:
    """A fetcher that knows some addresses."""

    def __init__(self, *known, status=None):
        self.known, self.status = known, status

    def accepts(self, url):
        return any(name in url for name in self.known)

    def fetch(self, url, get):
        if self.status:
            raise FetchError("No.", status=self.status)
        return RawDocument(url, "text/plain", repr(self.known).encode(), "")


def test_the_first_fetcher_that_accepts_gets_the_address():
    fetch = Dispatcher(None, [Remembering("a"), Remembering("a", "b")])
    assert fetch("xa").body == b"('a',)"
    assert fetch("xb").body == b"('a', 'b')"
    with pytest.raises(FetchError) as caught:
        fetch("xyz")
    assert caught.value.status == "unsupported"


@pytest.mark.parametrize(
    ("verdict", "helped"), [("dead", True), ("blocked", False), ("failed", False)]
)
def test_a_fallback_is_asked_for_the_dead_only(verdict, helped):
    fetch = Dispatcher(
        None,
        [Remembering("a", status=verdict)],
        [Remembering("a", status="dead"), Remembering("a")],
    )
    if helped:
        assert fetch("a").body == b"('a',)"
    else:
        with pytest.raises(FetchError) as caught:
            fetch("a")
        assert caught.value.status == verdict
