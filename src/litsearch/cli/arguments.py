"""Define what each command takes: every argument once, its type, and its words in --help."""

from __future__ import annotations

import os
from argparse import ArgumentParser, ArgumentTypeError

TYPE_CHECKING = False  # as type checkers know it; to import typing takes 5 ms
if TYPE_CHECKING:
    from argparse import _ActionsContainer
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any

    Add = Callable[[ArgumentParser], None]

MODES = ("hybrid", "dense", "lexical")
INTENTS = ("navigational", "topic", "question", "claim")
KINDS = ("article", "paper", "video", "code", "post", "book", "course", "entry")
STATUSES = ("indexed", "entry-only", "blocked", "dead", "unsupported", "failed")
CITES = ("markdown", "bibtex", "csl-json", "pandoc")
PIPES = ("json", "jsonl", "csv", "md", "bibtex", "ids")
EXPORTS = ("bibtex", "csl-json", "opml", "netscape", "md")
MAX_K = 1000
MAX_EVERY = 10_000
SECONDS = {"s": 1.0, "m": 60.0, "h": 3600.0, "d": 86_400.0}


def _passages(parser: ArgumentParser, help: str) -> None:  # noqa: A002 - as argparse calls it
    parser.add_argument("-k", type=count, metavar="N", help=help)


def _mode(parser: ArgumentParser, *more: str) -> None:
    about = "how passages are matched (default: hybrid)"
    parser.add_argument("--mode", choices=(*MODES, *more), default="hybrid", help=about)


def _generator(parser: ArgumentParser) -> None:
    from litsearch.models import generators  # 7 ms, which --help does not need

    parser.add_argument("--generator", choices=generators.names(), help="who words the answer")


def _flag(parser: _ActionsContainer, flag: str, help: str) -> None:  # noqa: A002
    parser.add_argument(flag, action="store_true", help=help)


def _several(parser: ArgumentParser, flag: str, metavar: str, help: str) -> None:  # noqa: A002
    parser.add_argument(flag, action="append", default=[], type=words, metavar=metavar, help=help)


def _filters(parser: ArgumentParser) -> None:
    _several(
        parser, "--topic", "T", "only of this topic (repeatable, like all that begin with 'only')"
    )
    _several(parser, "--list", "L", "only of this list")
    parser.add_argument(
        "--kind", action="append", default=[], choices=KINDS, help="only of this kind"
    )
    _several(parser, "--section", "S", "only under this heading of a list")
    _several(parser, "--author", "A", "only of this author")
    parser.add_argument(
        "--year", action="append", default=[], type=year, metavar="Y", help="only of this year"
    )
    _several(parser, "--site", "HOST", "only from this site")
    _several(parser, "--language", "CODE", "only texts in this language: en, de, zh")
    _several(parser, "--source", "SOURCE", "only from this source: its id, address or title")
    _flag(parser, "--unread", "only what no list marks as read")


def search(parser: ArgumentParser) -> None:
    """Define what `search` takes."""
    parser.add_argument(
        "query", nargs="+", type=words, metavar="QUERY", help="words, or a question"
    )
    _passages(parser, "how many passages (default: 10)")
    _mode(parser)
    parser.add_argument(
        "--intent", choices=INTENTS, help="what the query is, when its form misleads"
    )
    _filters(parser)
    parser.add_argument(
        "--budget", metavar="TIME", type=words, help="time for the reranker: 300ms, 1.5s"
    )
    _flag(parser, "--explain", "show what each stage thought of each passage")
    parser.add_argument(
        "--format", choices=PIPES, help="for other programs; md and bibtex give each source once"
    )
    parser.add_argument("--open", type=count, metavar="N", help="open passage N in the browser")


def ask(parser: ArgumentParser) -> None:
    """Define what `ask` takes."""
    parser.add_argument("question", nargs="+", type=words, metavar="QUESTION")
    _passages(parser, "how many nearest passages to show when there is no answer")
    _generator(parser)
    _filters(parser)
    parser.add_argument(
        "--cite", choices=CITES, help="the answer, or its sources, for other programs"
    )
    _flag(parser, "--keep", "keep the answer, for `replay`")


def replay(parser: ArgumentParser) -> None:
    """Define what `replay` takes."""
    parser.add_argument("answer", nargs="?", type=words, metavar="ID", help="default: list them")


def chat(parser: ArgumentParser) -> None:
    """Define what `chat` takes."""
    _generator(parser)


def sources(parser: ArgumentParser) -> None:
    """Define what `sources` takes."""
    _flag(parser, "--lists", "the lists instead, and files that are none")
    parser.add_argument("--status", choices=STATUSES, help="only those with this verdict")
    parser.add_argument("--format", choices=PIPES, help="for other programs")


def show(parser: ArgumentParser) -> None:
    """Define what `show` takes."""
    parser.add_argument(
        "source", nargs="+", type=words, metavar="SOURCE", help="an id, an address or a title"
    )
    _flag(parser, "--text", "the stored text alone")


def why(parser: ArgumentParser) -> None:
    """Define what `why` takes."""
    parser.add_argument("source", type=words, metavar="SOURCE", help="an id, an address or a title")
    parser.add_argument("query", nargs="+", type=words, metavar="QUERY")
    _passages(parser, "how many passages would be shown (default: 10)")
    _mode(parser)


def _lists(parser: ArgumentParser) -> None:
    about = "list files or folders (default: config/lists)"
    parser.add_argument("lists", nargs="*", metavar="LIST", help=about)
    _flag(parser, "--offline", "use only what was downloaded before")


def init(parser: ArgumentParser) -> None:
    """Define what `init` takes."""
    parser.add_argument(
        "folder", nargs="?", type=path, metavar="FOLDER", help="made if missing (default: this one)"
    )


def build(parser: ArgumentParser) -> None:
    """Define what `build` takes."""
    _lists(parser)
    _flag(parser, "--full", "extract and embed everything anew")
    _flag(parser, "--dry-run", "show what would be done")
    _flag(parser, "--only", "drop what other lists than the LISTs named")
    _flag(parser, "--yes", "trust the library's settings as they are, as `trust --yes` does")


def watch(parser: ArgumentParser) -> None:
    """Define what `watch` takes."""
    _lists(parser)
    parser.add_argument(
        "--every", type=seconds, metavar="TIME", help="build at least so often, too: 30m, 1h, 2d"
    )


def add(parser: ArgumentParser) -> None:
    """Define what `add` takes."""
    what = "addresses, documents, lists or folders of documents"
    parser.add_argument("things", nargs="+", type=words, metavar="THING", help=what)
    where = "a Markdown list, by its path or name; NEW.md starts one (default: the first)"
    parser.add_argument("--list", default="", type=words, metavar="F", help=where)
    parser.add_argument(
        "--section", default="", type=words, metavar="S", help="the heading to write it under"
    )
    parser.add_argument(
        "--title", default="", type=words, metavar="T", help="default: the page is asked for it"
    )
    parser.add_argument(
        "--remark", default="", type=words, metavar="R", help="what you have to say of it"
    )
    posts = (
        "of a feed, or of each feed of an OPML file: the newest N posts (default list: feeds.md)"
    )
    parser.add_argument("--newest", type=count, metavar="N", help=posts)


def parse(parser: ArgumentParser) -> None:
    """Define what `parse` takes."""
    parser.add_argument("file", type=path, metavar="FILE")
    _flag(parser, "--dropped", "show what became no entry instead, and why")


def changes(parser: ArgumentParser) -> None:
    """Define what `changes` takes."""
    about = "a generation, a day, or a span such as 7d; default: the generation before the live one"
    parser.add_argument("--since", type=words, metavar="ID_OR_DATE", default="", help=about)
    parser.add_argument("--format", choices=("md",), help="a digest, to read or to mail")


def serve(parser: ArgumentParser) -> None:
    """Define what `serve` takes."""
    about = "a library folder (repeatable): each is offered at /l/NAME/"
    libraries: dict[str, Any] = {"dest": "libraries", "action": "append", "default": []}
    parser.add_argument("--library", type=path, metavar="DIR", help=about, **libraries)
    parser.add_argument("--host", type=words, help="default: 127.0.0.1")
    parser.add_argument("--port", type=port, help="default: 8765; 0: any that is free")
    _flag(parser, "--no-token", "let anybody in, also from other machines")
    _flag(parser, "--write", "let links and files be put in, and the lists edited")


def export(parser: ArgumentParser) -> None:
    """Define what `export` takes."""
    parser.add_argument("format", choices=EXPORTS)
    _several(parser, "--list", "L", "only of this list (repeatable)")
    _several(parser, "--topic", "T", "only of this topic (repeatable)")


def bundle(parser: ArgumentParser) -> None:
    """Define what `bundle` takes."""
    parser.add_argument("action", choices=("export", "import"))
    parser.add_argument("file", type=path, metavar="FILE")
    parser.add_argument(
        "--digest", default="", help="import: what export printed; refuse any other bundle"
    )
    _flag(parser, "--yes", "import: trust the settings that come with it")


def store(parser: ArgumentParser) -> None:
    """Define what `store` takes."""
    parser.add_argument("action", choices=("copy",))
    parser.add_argument(
        "source",
        metavar="FROM",
        help="local, lance+FOLDER, s3://BUCKET/NAME, gs://…, az://… or qdrant+https://HOST/NAME",
    )
    parser.add_argument("target", metavar="TO", help="any other of them")


def trust(parser: ArgumentParser) -> None:
    """Define what `trust` takes."""
    _flag(parser, "--yes", "do not ask")
    _flag(parser, "--forget", "trust this library's settings no longer")


def doctor(parser: ArgumentParser) -> None:
    """Define what `doctor` takes."""
    _flag(parser, "--deep", "read every generation and every download, too")


def generations(parser: ArgumentParser) -> None:
    """Define what `generations` takes."""
    parser.add_argument(
        "--use", metavar="ID", type=words, default="", help="make this generation the live one"
    )


def models(parser: ArgumentParser) -> None:
    """Define what `models` takes."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION")
    for action, about in (
        ("try", "measure a model on this library; nothing is changed"),
        ("take", "name a model in the settings of this library"),
    ):
        subparser = actions.add_parser(action, help=about, description=about)
        subparser.add_argument("name", metavar="MODEL", type=words, help="a hub name, or a folder")
        subparser.add_argument(
            "--kind",
            choices=("embedder", "reranker", "nli"),
            default="embedder",
            help="what it is used as (default: embedder)",
        )
        _flag(subparser, "--json", "machine-readable output")


def extract(parser: ArgumentParser) -> None:
    """Define what `extract` takes."""
    parser.add_argument("documents", nargs="+", metavar="URL_OR_FILE")


def evaluate(parser: ArgumentParser) -> None:
    """Define what `eval` takes."""
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "--questions", type=path, metavar="FILE", help="questions with their sources, as JSON lines"
    )
    what.add_argument(
        "--beir", type=path, metavar="DIR", help="a test collection in the BEIR layout"
    )
    _flag(what, "--self", "queries made from the library's own titles and texts")
    parser.add_argument(
        "--runs", type=path, metavar="DIR", help="write the run, judgments, report and plot there"
    )
    parser.add_argument(
        "--against", type=path, metavar="RUN", help="compare with a run that --runs wrote before"
    )
    _mode(parser, "all")


def completion(parser: ArgumentParser) -> None:
    """Define what `completion` takes."""
    parser.add_argument("shell", choices=("bash", "zsh", "fish"))


def words(text: str) -> str:
    """Check that an argument is text."""
    try:
        text.encode()
    except UnicodeEncodeError:
        shown = os.fsencode(text).decode("ascii", "backslashreplace")
        raise ArgumentTypeError(f"'{shown}' is not UTF-8 text") from None
    return text


def count(text: str) -> int:
    """Read a number of passages."""
    if not (text.isdecimal() and 1 <= int(text) <= MAX_K):
        raise ArgumentTypeError(f"{text} is not a number from 1 to {MAX_K}")
    return int(text)


def year(text: str) -> int:
    """Read a year."""
    if not (text.isdecimal() and len(text) <= 4):
        raise ArgumentTypeError(f"{text} is not a year")
    return int(text)


def port(text: str) -> int:
    """Read the number of a port; 0 lets the system choose one."""
    if not (text.isdecimal() and int(text) <= 65_535):
        raise ArgumentTypeError(f"{text} is not a port from 0 to 65535")
    return int(text)


def seconds(text: str) -> float:
    """Read a time such as 30m as seconds."""
    number, unit = text[:-1], text[-1:]
    if unit not in SECONDS or not number.isdecimal() or not 1 <= int(number) <= MAX_EVERY:
        raise ArgumentTypeError(f"{text} is not a time such as 30m, 1h or 2d")
    return int(number) * SECONDS[unit]


def path(text: str) -> Path:
    """Read the name of a file or folder, which may be any bytes."""
    from pathlib import Path  # 7 ms, which --help does not need

    return Path(text)
