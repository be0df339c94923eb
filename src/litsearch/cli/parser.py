"""What can be typed: every command with its arguments, grouped by what a person wants to do."""

from __future__ import annotations

import os
from argparse import ArgumentParser, ArgumentTypeError, RawDescriptionHelpFormatter

from litsearch import __version__

TYPE_CHECKING = False  # as type checkers know it; to import typing takes 5 ms
if TYPE_CHECKING:
    from collections.abc import Callable, Container
    from pathlib import Path

    Add = Callable[[ArgumentParser], None]

MAX_K = 1000
MAX_EVERY = 10_000
_SECONDS = {"s": 1.0, "m": 60.0, "h": 3600.0, "d": 86_400.0}
KINDS = ("article", "paper", "video", "code", "post", "book", "course", "entry")
GENERATORS = ("extractive", "llama_cpp", "openai")
CITES = ("markdown", "bibtex", "csl-json", "pandoc")
STATUSES = ("indexed", "entry-only", "blocked", "dead", "unsupported", "failed")
PIPES = ("json", "jsonl", "csv", "md", "bibtex", "ids")
EPILOG = """\
The library folder holds config/ and index/: --library, else LITSEARCH_LIBRARY, else upward from here.
Start with:  litsearch build && litsearch ask "what is DoRA?"
"""


def _count(text: str) -> int:
    if not (text.isdecimal() and 1 <= int(text) <= MAX_K):
        raise ArgumentTypeError(f"{text} is not a number from 1 to {MAX_K}")
    return int(text)


def _port(text: str) -> int:
    if not (text.isdecimal() and int(text) <= 65535):
        raise ArgumentTypeError(f"{text} is not a port from 0 to 65535")
    return int(text)


def _path(text: str) -> Path:
    from pathlib import Path  # 7 ms, which --help does not need

    return Path(text)


def _build(parser: ArgumentParser) -> None:
    parser.add_argument(
        "lists", nargs="*", metavar="LIST", help="list files or folders (default: config/lists)"
    )
    parser.add_argument("--full", action="store_true", help="extract and embed everything anew")
    parser.add_argument(
        "--offline", action="store_true", help="use only what was downloaded before"
    )
    parser.add_argument("--dry-run", action="store_true", help="show what would be done")


def _seconds(text: str) -> float:
    number, unit = text[:-1], text[-1:]
    if unit not in _SECONDS or not number.isdecimal() or not 1 <= int(number) <= MAX_EVERY:
        raise ArgumentTypeError(f"{text} is not a time such as 30m, 1h or 2d")
    return int(number) * _SECONDS[unit]


def _watch(parser: ArgumentParser) -> None:
    parser.add_argument(
        "lists", nargs="*", metavar="LIST", help="list files or folders (default: config/lists)"
    )
    parser.add_argument(
        "--every", type=_seconds, metavar="TIME", help="build at least so often, too: 30m, 1h, 2d"
    )
    parser.add_argument(
        "--offline", action="store_true", help="use only what was downloaded before"
    )


def _generations(parser: ArgumentParser) -> None:
    parser.add_argument("--use", metavar="ID", default="", help="make this generation the live one")


def _changes(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--since",
        metavar="ID_OR_DATE",
        default="",
        help="default: the generation before the live one",
    )


def _bundle(parser: ArgumentParser) -> None:
    parser.add_argument("action", choices=("export", "import"))
    parser.add_argument("file", type=_path, metavar="FILE")
    parser.add_argument(
        "--digest", default="", help="import: what export printed; refuse any other bundle"
    )


def _search(parser: ArgumentParser) -> None:
    parser.add_argument("query", metavar="QUERY")
    parser.add_argument("-k", type=_count, metavar="N", help="how many passages (default: 10)")
    parser.add_argument("--mode", choices=("hybrid", "dense", "lexical"), default="hybrid")
    parser.add_argument(
        "--topic", action="append", default=[], metavar="T", help="only of this topic (repeatable)"
    )
    parser.add_argument(
        "--list", action="append", default=[], metavar="L", help="only of this list (repeatable)"
    )
    parser.add_argument(
        "--kind", action="append", default=[], choices=KINDS, help="only of this kind (repeatable)"
    )
    parser.add_argument(
        "--section",
        action="append",
        default=[],
        metavar="S",
        help="only under this heading of a list",
    )
    parser.add_argument(
        "--author", action="append", default=[], metavar="A", help="only of this author"
    )
    parser.add_argument(
        "--year", action="append", default=[], type=int, metavar="Y", help="only of this year"
    )
    parser.add_argument(
        "--site", action="append", default=[], metavar="HOST", help="only from this site"
    )
    parser.add_argument("--unread", action="store_true", help="only what no list marks as read")
    parser.add_argument(
        "--budget", metavar="TIME", help="time for a search with the reranker: 300ms, 1.5s"
    )
    parser.add_argument(
        "--explain", action="store_true", help="show what each stage thought of each passage"
    )
    parser.add_argument(
        "--format", choices=PIPES, help="for other programs; md and bibtex give each source once"
    )
    parser.add_argument("--open", type=_count, metavar="N", help="open passage N in the browser")


def _why(parser: ArgumentParser) -> None:
    parser.add_argument("source", metavar="SOURCE", help="an id, an address or a title")
    parser.add_argument("query", metavar="QUERY")
    parser.add_argument(
        "-k", type=_count, metavar="N", help="how many passages would be shown (default: 10)"
    )
    parser.add_argument("--mode", choices=("hybrid", "dense", "lexical"), default="hybrid")


def _ask(parser: ArgumentParser) -> None:
    parser.add_argument("question", metavar="QUESTION")
    parser.add_argument(
        "-k",
        type=_count,
        metavar="N",
        help="how many nearest passages to show when there is no answer",
    )
    parser.add_argument("--generator", choices=GENERATORS, help="who writes the answer")
    parser.add_argument(
        "--cite", choices=CITES, help="the answer, or its sources, for other programs"
    )


def _chat(parser: ArgumentParser) -> None:
    parser.add_argument("--generator", choices=GENERATORS, help="who writes the answers")


def _sources(parser: ArgumentParser) -> None:
    parser.add_argument("--status", choices=STATUSES)
    parser.add_argument("--format", choices=PIPES, help="for other programs")


def _show(parser: ArgumentParser) -> None:
    parser.add_argument("source", metavar="SOURCE", help="an id, an address or a title")
    parser.add_argument("--text", action="store_true", help="the stored text alone")


def _parse(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=_path, metavar="FILE")


def _extract(parser: ArgumentParser) -> None:
    parser.add_argument("documents", nargs="+", metavar="URL_OR_FILE")


def _eval(parser: ArgumentParser) -> None:
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "--questions",
        type=_path,
        metavar="FILE",
        help="questions with their sources, as JSON lines",
    )
    what.add_argument(
        "--beir", type=_path, metavar="DIR", help="a test collection in the BEIR layout"
    )
    what.add_argument(
        "--self", action="store_true", help="queries made from the library's own titles and texts"
    )
    parser.add_argument(
        "--runs", type=_path, metavar="DIR", help="write the run, judgments, report and plot there"
    )
    parser.add_argument(
        "--against", type=_path, metavar="RUN", help="compare with a run that --runs wrote before"
    )
    parser.add_argument("--mode", choices=("hybrid", "dense", "lexical"), default="hybrid")


def _serve(parser: ArgumentParser) -> None:
    parser.add_argument("--host", help="default: 127.0.0.1")
    parser.add_argument("--port", type=_port, help="default: 8765")
    parser.add_argument(
        "--no-token", action="store_true", help="let anybody in, also from other machines"
    )


def _add(parser: ArgumentParser) -> None:
    parser.add_argument("url", metavar="URL")
    parser.add_argument(
        "--list", required=True, metavar="F", help="a Markdown list, by its path or name"
    )
    parser.add_argument(
        "--section", default="", metavar="S", help="the heading to write it under; made if missing"
    )
    parser.add_argument(
        "--title", default="", metavar="T", help="default: the page is asked for it"
    )
    parser.add_argument("--remark", default="", metavar="R", help="what you have to say of it")


def _export(parser: ArgumentParser) -> None:
    parser.add_argument("format", choices=("bibtex", "csl-json", "opml", "netscape", "md"))
    parser.add_argument(
        "--list", action="append", default=[], metavar="L", help="only of this list (repeatable)"
    )
    parser.add_argument(
        "--topic", action="append", default=[], metavar="T", help="only of this topic (repeatable)"
    )


def _completion(parser: ArgumentParser) -> None:
    parser.add_argument("shell", choices=("bash", "zsh", "fish"))


def _doctor(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--deep", action="store_true", help="read every generation and every download, too"
    )


# By what a person wants to do; commands/ has a module for each group.
GROUPS: dict[str, dict[str, tuple[str, Add | None]]] = {
    "Find": {
        "search": ("find passages, best first", _search),
        "ask": ("answer a question, with citations", _ask),
        "chat": ("answer questions that go on from each other, one a line", _chat),
        "sources": ("list every source with its verdict, reason and remedy", _sources),
        "show": ("show one source: its entries, verdict and text", _show),
        "why": ("tell where a source stands for a query, or where it fell out", _why),
    },
    "Fill": {
        "build": ("bring the index up to date with the lists", _build),
        "watch": ("build now, and again whenever a list changes", _watch),
        "add": ("write one more entry into a list, as its owner would", _add),
        "parse": ("show the entries of a list file; nothing is fetched", _parse),
        "changes": ("show what is new, edited, gone or newly reachable in the library", _changes),
    },
    "Share": {
        "serve": ("serve search and answers over HTTP", _serve),
        "mcp": ("offer the library to an assistant over stdin and stdout", None),
        "export": ("write the sources for another program, to stdout", _export),
        "bundle": ("write a library into one file, or unpack it on another machine", _bundle),
    },
    "Mend": {
        "doctor": ("check settings, models and index; name the mend", _doctor),
        "models": ("list the models that can be used, and whether they are there", None),
        "generations": (
            "list the states of the index that are kept, or go back to one",
            _generations,
        ),
        "gc": ("remove pages, vectors and models that no generation needs any more", None),
    },
    "Look inside": {
        "extract": ("show what the extractor makes of documents", _extract),
        "eval": ("measure retrieval and answers", _eval),
        "completion": ("print what makes a shell complete commands and options", _completion),
    },
}
COMMANDS = {name: group for group, names in GROUPS.items() for name in names}


def parser(words: Container[str] | None = None) -> ArgumentParser:
    """The parser of the command line, or what of it these words need: all of it takes 20 ms."""
    whole = ArgumentParser(
        prog="litsearch",
        description="Turns reading lists into a library that can be searched and asked, with citations.",
        epilog=_overview() + EPILOG,
        formatter_class=_Formatter,
    )
    whole.add_argument("--version", action="version", version=f"litsearch {__version__}")
    whole.add_argument("--library", type=_path, metavar="DIR", help="the library folder")
    commands = whole.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name in _needed(words):
        about, add = GROUPS[COMMANDS[name]][name]
        description = about[0].upper() + about[1:] + "."
        one = commands.add_parser(name, description=description, formatter_class=_Formatter)
        one.add_argument("--json", action="store_true", help="machine-readable output")
        if add is not None:
            add(one)
    return whole


def _needed(words: Container[str] | None) -> list[str]:
    """The commands that may be meant; all of them when none is, to say which there are."""
    named = [name for name in COMMANDS if words is None or name in words]
    helped = words is not None and ("--help" in words or "-h" in words)
    return named if named or helped else list(COMMANDS)


class _Formatter(RawDescriptionHelpFormatter):
    """The usual one, told the width: it would import shutil to ask for it, and with it every kind
    of archive.
    """

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=_width() - 2)


def _width() -> int:
    try:
        return int(os.environ.get("COLUMNS", "")) or os.get_terminal_size().columns
    except (ValueError, OSError):
        return 80


def _overview() -> str:
    groups = (
        (group, [f"  {name:12s} {about}" for name, (about, _) in names.items()])
        for group, names in GROUPS.items()
    )
    return "".join(f"{group}:\n" + "\n".join(rows) + "\n\n" for group, rows in groups)
