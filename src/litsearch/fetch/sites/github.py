"""GitHub: the README of a repository or folder, files, wiki pages and issues as they are, not the
pages around them.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace

from litsearch.errors import FetchError
from litsearch.fetch.dispatch import first_of
from litsearch.protocols import Get
from litsearch.types import RawDocument

HOSTS = ("github.com", "githubusercontent.com")
_READMES = ("README.md", "readme.md", "README.rst", "README")  # by how many repositories have them
_NAME = r"(?P<owner>[\w.-]+)/(?P<name>[\w.-]+?)(?:\.git)?"
_REPOSITORY = re.compile(rf"https?://(?:www\.)?github\.com/{_NAME}/?(?:[?#].*)?")
_FILE = re.compile(
    rf"https?://(?:www\.)?github\.com/{_NAME}/(?:blob|raw)/(?P<path>[^?#]+?/[^?#]+)(?:[?#].*)?"
)
_FOLDER = re.compile(rf"https?://(?:www\.)?github\.com/{_NAME}/tree/(?P<path>[^?#]+?)/?(?:[?#].*)?")
_GIST = re.compile(
    r"https?://gist\.github\.com/(?:(?P<owner>[\w-]+)/)?(?P<id>[0-9a-f]{20,40}|\d+)/?(?:[?#].*)?"
)
_WIKI = re.compile(
    rf"https?://(?:www\.)?github\.com/{_NAME}/wiki(?:/(?P<page>[^?#/]+))?/?(?:[?#].*)?"
)
_ISSUE = re.compile(
    rf"https?://(?:www\.)?github\.com/{_NAME}/(?:issues|pull)/(?P<number>\d+)/?(?:[?#].*)?"
)
_FORMS = (_REPOSITORY, _FILE, _FOLDER, _WIKI, _ISSUE)
_NOT_OWNERS = frozenset(
    {
        "about",
        "apps",
        "assets",
        "collections",
        "enterprise",
        "features",
        "marketplace",
        "orgs",
        "search",
        "settings",
    }
    | {"site", "sponsors", "topics", "trending", "users"}
)
_MARKDOWN = re.compile(rb"^(?:#{1,4} \S|[*+-] \S|```|\[[^\]\n]+\]\()", re.MULTILINE)


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
    gist, file, folder = _GIST.fullmatch(url), _FILE.fullmatch(url), _FOLDER.fullmatch(url)
    wiki, issue = _WIKI.fullmatch(url), _ISSUE.fullmatch(url)
    if gist:
        return _gist(gist, url, get)
    if wiki:
        page = wiki["page"] or "Home"
        raw = f"https://raw.githubusercontent.com/wiki/{wiki['owner']}/{wiki['name']}/{page}"
        return first_of(get, (f"{raw}.md", url))
    if issue:
        return _issue(issue, url, get)
    if file:
        return first_of(get, (f"{_raw(file)}/{file['path']}", url))
    if folder:
        return _folder(folder, url, get)
    repository = _REPOSITORY.fullmatch(url)
    if repository is None:
        raise FetchError(f"{url} is no address of GitHub that has a text.")
    return first_of(get, (*(f"{_raw(repository)}/HEAD/{readme}" for readme in _READMES), url))


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
        issue, said = json.loads(raw.body), json.loads(get(f"{api}/comments?per_page=100").body)
        posts = [f"**{one['user']['login']}**\n\n{one['body'] or ''}" for one in (issue, *said)]
        text = "\n\n---\n\n".join([f"# {issue['title']}\n\n{posts[0]}", *posts[1:]])
    except (FetchError, ValueError, KeyError, TypeError, RecursionError):
        return get(url)
    body = text.encode("utf-8", "replace")
    digest = hashlib.sha256(body).hexdigest()
    return replace(
        raw, url=url, media_type="text/markdown", charset="utf-8", body=body, sha256=digest
    )


def _raw(match: re.Match[str]) -> str:
    return f"https://raw.githubusercontent.com/{match['owner']}/{match['name']}"
