"""Pages lead on by <meta> and by header under the rules of other redirects; links sent home are dead."""

from __future__ import annotations

import pytest
from fakeweb import page, redirect

from litsearch.errors import FetchError
from litsearch.fetch.redirects import header_goal, leads_home

META = '<html><head><meta http-equiv="refresh" content="{}"></head><body>Moved.</body></html>'


@pytest.mark.parametrize(
    "content", ["0; url=/goal", "0;URL='/goal'", "1, /goal", "0;url=&#47;goal", " 2 ; url = goal"]
)
def test_a_meta_refresh_is_followed(web, downloader, content):
    web.pages |= {"/a": page(META.format(content)), "/goal": page("<p>the goal</p>")}
    for _ in range(2):
        raw = downloader()(web.at("/a"))
        assert (raw.url, raw.body) == (web.at("/goal"), b"<p>the goal</p>")


def test_a_refresh_header_is_followed(web, downloader):
    web.pages |= {"/a": page("Moved.", refresh="0; url=/goal"), "/goal": page("<p>the goal</p>")}
    assert downloader()(web.at("/a")).url == web.at("/goal")


@pytest.mark.parametrize("content", ["300", "600; url=/goal", "0", "", "x", "0; url=/a"])
def test_a_page_that_reloads_itself_is_the_page(web, downloader, content):
    web.pages |= {"/a": page(META.format(content)), "/goal": page("the goal")}
    assert downloader()(web.at("/a")).url == web.at("/a")


def test_a_long_page_is_the_page_whatever_its_head_says(web, downloader):
    web.pages |= {"/a": page(META.format("0; url=/goal") + "x" * 30_000), "/goal": page("the goal")}
    assert downloader()(web.at("/a")).url == web.at("/a")


@pytest.mark.parametrize(
    "goal", ["http://10.0.0.1/x", "http://169.254.169.254/latest", "file:///etc/passwd"]
)
def test_a_refresh_reaches_no_address_that_a_redirect_may_not(proxied, downloader, goal):
    proxied.pages["public.example/a"] = page(META.format(f"0; url={goal}"))
    with pytest.raises(FetchError):
        downloader(allow_private=False)("http://public.example/a")


def test_a_circle_of_refreshes_ends(web, downloader):
    web.pages |= {
        path: page(META.format(f"0; url={goal}"))
        for path, goal in (("/a", "/b"), ("/b", "/c"), ("/c", "/b"))
    }
    with pytest.raises(FetchError, match="without end"):
        downloader(max_redirects=5)(web.at("/a"))


@pytest.mark.parametrize("path", ["/2019/03/an-old-post", "/a-page-with-a-long-name"])
def test_a_dead_link_that_leads_home_is_dead(web, downloader, path):
    web.pages |= {path: redirect("/"), "/": page("<p>Welcome to the site of everything.</p>")}
    with pytest.raises(FetchError, match="home page") as caught:
        downloader()(web.at(path))
    assert caught.value.status == "dead"


@pytest.mark.parametrize(
    ("asked", "answered", "home"),
    [
        ("https://a.org/2019/post", "https://www.a.org/", True),
        ("https://a.org/2019/post", "https://a.org/2019/post/", False),
        ("https://a.org/about", "https://a.org/", False),
        ("https://sho.rt/abc/def", "https://a.org/", False),
        ("https://a.org/2019/post", "https://a.org/?p=12", False),
    ],
)
def test_what_leads_home(asked, answered, home):
    assert leads_home(asked, answered) is home


def test_a_header_of_any_form_is_read_in_bounded_time():
    for value in (
        "0" * 9 + ";" * 5000,
        "0;url=" + "'" * 5000,
        "9" * 5000,
        "0;" + " " * 50_000 + "x",
    ):
        header_goal(value)
