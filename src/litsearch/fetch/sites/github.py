"""GitHub: the README of a repository or folder, files, wiki pages and issues as they are, not the
pages around them.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

from litsearch.errors import FetchError
from litsearch.fetch.sites import document_of, first_of
from litsearch.patterns import expression
from litsearch.protocols import Get
from litsearch.types import RawDocument

HOSTS = ("github.com", "githubusercontent.com")
_READMES = ("README.md", "readme.md", "README.rst", "README")  # by how many repositories have them
_NAME = r"(?P<owner>[\w.-]+)/(?P<name>[\w.-]+?)(?:\.git)?"
_REPOSITORY = expression(rf"https?://(?:www\.)?github\.com/{_NAME}/?(?:[?#].*)?")
_FILE = expression(
    rf"https?://(?:www\.)?github\.com/{_NAME}/(?:blob|raw)/(?P<path>[^?#]+?/[^?#]+)(?:[?#].*)?"
)
_FOLDER = expression(rf"https?://(?:www\.)?github\.com/{_NAME}/tree/(?P<path>[^?#]+?)/?(?:[?#].*)?")
_GIST = expression(
    r"https?://gist\.github\.com/(?:(?P<owner>[\w-]+)/)?(?P<id>[0-9a-f]{20,40}|\d+)/?(?:[?#].*)?"
)
_WIKI = expression(
    rf"https?://(?:www\.)?github\.com/{_NAME}/wiki(?:/(?P<page>[^?#/]+))?/?(?:[?#].*)?"
)
_ISSUE = expression(
    rf"https?://(?:www\.)?github\.com/{_NAME}/(?:issues|pull)/(?P<number>\d+)/?(?:[?#].*)?"
)
_FORMS = (_REPOSITORY, _FILE, _FOLDER, _WIKI, _ISSUE)
_NOT_OWNERS = frozenset(
    "about apps assets collections enterprise features marketplace orgs search settings site"
    " sponsors topics trending users".split()
)
_MARKDOWN = expression(rb"^(?:#{1,4} \S|[*+-] \S|```|\[[^\]\n]+\]\()", re.MULTILINE)


def accepts(url: str) -> bool:
    """Return whether this is a repository; a folder, file, wiki page, issue or pull request of one;
    or a gist.
    """
    for form in _FORMS:
        match = form.fullmatch(url)
        if match:
            return match["owner"].lower() not in _NOT_OWNERS
    return _GIST.fullmatch(url) is not None


def fetch(url: str, get: Get) -> RawDocument:
    """Return the README, the file or the texts, or the page itself when there are none. Raises
    FetchError.
    """
    if gist := _GIST.fullmatch(url):
        return _gist(gist, url, get)
    if wiki := _WIKI.fullmatch(url):
        page = wiki["page"] or "Home"
        raw = f"https://raw.githubusercontent.com/wiki/{wiki['owner']}/{wiki['name']}/{page}"
        return first_of(get, (f"{raw}.md", url))
    if issue := _ISSUE.fullmatch(url):
        return _issue(issue, url, get)
    if file := _FILE.fullmatch(url):
        return first_of(get, (f"{_raw(file)}/{file['path']}", url))
    if folder := _FOLDER.fullmatch(url):
        return _folder(folder, url, get)
    if repository := _REPOSITORY.fullmatch(url):
        readmes = [f"{_raw(repository)}/HEAD/{readme}" for readme in _READMES]
        return first_of(get, (*readmes, url))
    raise FetchError(f"{url} is no address of GitHub that has a text.")


def _folder(match: re.Match[str], url: str, get: Get) -> RawDocument:
    """Return the page when it comes as text; else the folder's README; else the page after all."""
    page = refusal = None
    try:
        page = get(url)
    except FetchError as error:
        refusal = error
        if error.unreachable:
            raise
    if page is not None and page.media_type != "text/html":
        return page
    try:
        return first_of(get, [f"{_raw(match)}/{match['path']}/{readme}" for readme in _READMES[:2]])
    except FetchError:
        if page is None:
            raise refusal or FetchError(f"{url} gave nothing.") from None
        return page


def _gist(match: re.Match[str], url: str, get: Get) -> RawDocument:
    """Return the first file of a gist; its address does not tell that it is Markdown, so its text
    has to.
    """
    owner = match["owner"] or "anonymous"
    raw = first_of(get, (f"https://gist.githubusercontent.com/{owner}/{match['id']}/raw", url))
    markdown = raw.media_type == "text/plain" and _MARKDOWN.search(raw.body)
    return replace(raw, media_type="text/markdown") if markdown else raw


def _issue(match: re.Match[str], url: str, get: Get) -> RawDocument:
    """Return an issue or pull request and its comments as Markdown, from the API; the page when
    that has enough for now.
    """
    api = f"https://api.github.com/repos/{match['owner']}/{match['name']}/issues/{match['number']}"
    try:
        raw = get(api)
        issue = json.loads(raw.body)
        comments = json.loads(get(f"{api}/comments?per_page=100").body)
        opening = f"# {issue['title']}\n\n{_post(issue)}"
        text = "\n\n---\n\n".join([opening, *map(_post, comments)])
    except (FetchError, ValueError, KeyError, TypeError, RecursionError):
        return get(url)
    return document_of(raw, url, "text/markdown", text)


def _post(post: dict[str, Any]) -> str:
    return f"**{post['user']['login']}**\n\n{post['body'] or ''}"


def _raw(match: re.Match[str]) -> str:
    return f"https://raw.githubusercontent.com/{match['owner']}/{match['name']}"
