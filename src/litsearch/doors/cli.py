"""The command line: what can be typed, and which command it runs. Commands are loaded when they run."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from litsearch import __version__
from litsearch.errors import ConfigError, IndexMissing, LitsearchError, QueryError

EXIT_FAILED, EXIT_USAGE, EXIT_NO_INDEX, EXIT_INTERRUPTED = 1, 2, 3, 130
MAX_K = 1000
MAX_EVERY = 10_000
_SECONDS = {"s": 1.0, "m": 60.0, "h": 3600.0, "d": 86_400.0}
KINDS = ("article", "paper", "video", "code", "post", "book", "course", "entry")
GENERATORS = ("extractive", "llama_cpp", "openai")
CITES = ("markdown", "bibtex", "csl-json", "pandoc")
GROUPS = {
    "Find": ("search", "ask", "chat", "sources", "show", "why"),
    "Fill": ("build", "watch", "add", "parse", "changes"),
    "Share": ("serve", "mcp", "export", "bundle"),
    "Mend": ("doctor", "models", "generations", "gc"),
    "Look inside": ("extract", "eval", "completion"),
}
STATUSES = ("indexed", "entry-only", "blocked", "dead", "unsupported", "failed")
PIPES = ("json", "jsonl", "csv", "md", "bibtex", "ids")
EPILOG = """\
The library folder holds config/ and index/: --library, else LITSEARCH_LIBRARY, else upward from here.
Start with:  litsearch build && litsearch ask "what is DoRA?"
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 failed, 2 wrong usage, 3 no index yet."""
    # Read when numpy is imported. What a search multiplies is too little for threads, which then wait for each other:
    # with all cores on two busy ones a search took 82 ms (43 of processor time), with one 33 ms (19).
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    parser = _parser()
    if "_ARGCOMPLETE" in os.environ:  # set by the shell, when somebody presses the tabulator
        import argcomplete

        argcomplete.autocomplete(parser)
    args = parser.parse_args(argv)
    try:
        return _run(args)
    except LitsearchError as error:
        print(f"litsearch: {error}", *([error.hint] if error.hint else []), file=sys.stderr)
        return _exit_code(error)
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output left; there is nobody to tell
        return 0
    except KeyboardInterrupt:
        print(
            "litsearch: interrupted. What was downloaded is kept; the same command goes on from there.", file=sys.stderr
        )
        return EXIT_INTERRUPTED


def _run(args: argparse.Namespace) -> int:
    from litsearch.doors import commands

    code = commands.COMMANDS[args.command](args)
    sys.stdout.flush()
    return code


def _exit_code(error: LitsearchError) -> int:
    if isinstance(error, IndexMissing):
        return EXIT_NO_INDEX
    return EXIT_USAGE if isinstance(error, ConfigError | QueryError) else EXIT_FAILED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="litsearch",
        description="Turns reading lists into a library that can be searched and asked, with citations.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"litsearch {__version__}")
    parser.add_argument("--library", type=Path, metavar="DIR", help="the library folder")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for add in (
        _build,
        _watch,
        _generations,
        _changes,
        _gc,
        _bundle,
        _search,
        _why,
        _ask,
        _chat,
        _sources,
        _show,
        _parse,
        _extract,
        _eval,
        _serve,
        _mcp,
        _add,
        _export,
        _completion,
        _models,
        _doctor,
    ):
        add(commands)
    parser.epilog = _grouped(commands) + EPILOG
    return parser


def _grouped(commands: _Commands[argparse.ArgumentParser]) -> str:
    """The commands by what a person wants to do; those of no group come last."""
    about = {name: parser.description or "" for name, parser in commands.choices.items()}
    known = {name for names in GROUPS.values() for name in names}
    text = ""
    for group, names in (GROUPS | {"More": tuple(name for name in about if name not in known)}).items():
        rows = [
            f"  {name:12s} {about[name][0].lower()}{about[name][1:].rstrip('.')}" for name in names if name in about
        ]
        text += f"{group}:\n" + "\n".join(rows) + "\n\n" if rows else ""
    return text


_Commands = argparse._SubParsersAction  # argparse has no public name for what add_subparsers returns


def _command(commands: _Commands[argparse.ArgumentParser], name: str, about: str) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, description=about[0].upper() + about[1:] + ".")
    parser.add_argument("--json", action="store_true", help="machine-readable output")
    return parser


def _count(text: str) -> int:
    if not (text.isdecimal() and 1 <= int(text) <= MAX_K):
        raise argparse.ArgumentTypeError(f"{text} is not a number from 1 to {MAX_K}")
    return int(text)


def _port(text: str) -> int:
    if not (text.isdecimal() and int(text) <= 65535):
        raise argparse.ArgumentTypeError(f"{text} is not a port from 0 to 65535")
    return int(text)


def _build(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = _command(commands, "build", "bring the index up to date with the lists")
    parser.add_argument("lists", nargs="*", metavar="LIST", help="list files or folders (default: config/lists)")
    parser.add_argument("--full", action="store_true", help="extract and embed everything anew")
    parser.add_argument("--offline", action="store_true", help="use only what was downloaded before")
    parser.add_argument("--dry-run", action="store_true", help="show what would be done")


def _seconds(text: str) -> float:
    number, unit = text[:-1], text[-1:]
    if unit not in _SECONDS or not number.isdecimal() or not 1 <= int(number) <= MAX_EVERY:
        raise argparse.ArgumentTypeError(f"{text} is not a time such as 30m, 1h or 2d")
    return int(number) * _SECONDS[unit]


def _watch(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = _command(commands, "watch", "build now, and again whenever a list changes")
    parser.add_argument("lists", nargs="*", metavar="LIST", help="list files or folders (default: config/lists)")
    parser.add_argument("--every", type=_seconds, metavar="TIME", help="build at least so often, too: 30m, 1h, 2d")
    parser.add_argument("--offline", action="store_true", help="use only what was downloaded before")


def _generations(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = _command(commands, "generations", "list the states of the index that are kept, or go back to one")
    parser.add_argument("--use", metavar="ID", default="", help="make this generation the live one")


def _changes(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = _command(commands, "changes", "show what is new, edited, gone or newly reachable in the library")
    parser.add_argument("--since", metavar="ID_OR_DATE", default="", help="default: the generation before the live one")


def _gc(commands: _Commands[argparse.ArgumentParser]) -> None:
    _command(commands, "gc", "remove pages, vectors and models that no generation needs any more")


def _bundle(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = _command(commands, "bundle", "write a library into one file, or unpack it on another machine")
    parser.add_argument("action", choices=("export", "import"))
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--digest", default="", help="import: what export printed; refuse any other bundle")


def _search(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = _command(commands, "search", "find passages, best first")
    parser.add_argument("query", metavar="QUERY")
    parser.add_argument("-k", type=_count, metavar="N", help="how many passages (default: 10)")
    parser.add_argument("--mode", choices=("hybrid", "dense", "lexical"), default="hybrid")
    parser.add_argument("--topic", action="append", default=[], metavar="T", help="only of this topic (repeatable)")
    parser.add_argument("--list", action="append", default=[], metavar="L", help="only of this list (repeatable)")
    parser.add_argument("--kind", action="append", default=[], choices=KINDS, help="only of this kind (repeatable)")
    parser.add_argument("--section", action="append", default=[], metavar="S", help="only under this heading of a list")
    parser.add_argument("--author", action="append", default=[], metavar="A", help="only of this author")
    parser.add_argument("--year", action="append", default=[], type=int, metavar="Y", help="only of this year")
    parser.add_argument("--site", action="append", default=[], metavar="HOST", help="only from this site")
    parser.add_argument("--unread", action="store_true", help="only what no list marks as read")
    parser.add_argument("--budget", metavar="TIME", help="time for a search with the reranker: 300ms, 1.5s")
    parser.add_argument("--explain", action="store_true", help="show what each stage thought of each passage")
    parser.add_argument("--format", choices=PIPES, help="for other programs; md and bibtex give each source once")
    parser.add_argument("--open", type=_count, metavar="N", help="open passage N in the browser")


def _why(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = _command(commands, "why", "tell where a source stands for a query, or where it fell out")
    parser.add_argument("source", metavar="SOURCE", help="an id, an address or a title")
    parser.add_argument("query", metavar="QUERY")
    parser.add_argument("-k", type=_count, metavar="N", help="how many passages would be shown (default: 10)")
    parser.add_argument("--mode", choices=("hybrid", "dense", "lexical"), default="hybrid")


def _ask(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = _command(commands, "ask", "answer a question, with citations")
    parser.add_argument("question", metavar="QUESTION")
    parser.add_argument(
        "-k", type=_count, metavar="N", help="how many nearest passages to show when there is no answer"
    )
    parser.add_argument("--generator", choices=GENERATORS, help="who writes the answer")
    parser.add_argument("--cite", choices=CITES, help="the answer, or its sources, for other programs")


def _chat(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = _command(commands, "chat", "answer questions that go on from each other, one a line")
    parser.add_argument("--generator", choices=GENERATORS, help="who writes the answers")


def _sources(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = _command(commands, "sources", "list every source with its verdict, reason and remedy")
    parser.add_argument("--status", choices=STATUSES)
    parser.add_argument("--format", choices=PIPES, help="for other programs")


def _show(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = _command(commands, "show", "show one source: its entries, verdict and text")
    parser.add_argument("source", metavar="SOURCE", help="an id, an address or a title")
    parser.add_argument("--text", action="store_true", help="the stored text alone")


def _parse(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = _command(commands, "parse", "show the entries of a list file; nothing is fetched")
    parser.add_argument("file", type=Path, metavar="FILE")


def _extract(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = _command(commands, "extract", "show what the extractor makes of documents")
    parser.add_argument("documents", nargs="+", metavar="URL_OR_FILE")


def _eval(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = _command(commands, "eval", "measure retrieval and answers")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--questions", type=Path, metavar="FILE", help="questions with their sources, as JSON lines")
    what.add_argument("--beir", type=Path, metavar="DIR", help="a test collection in the BEIR layout")
    what.add_argument("--self", action="store_true", help="queries made from the library's own titles and texts")
    parser.add_argument("--runs", type=Path, metavar="DIR", help="write the run, judgments, report and plot there")
    parser.add_argument("--against", type=Path, metavar="RUN", help="compare with a run that --runs wrote before")
    parser.add_argument("--mode", choices=("hybrid", "dense", "lexical"), default="hybrid")


def _serve(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = _command(commands, "serve", "serve search and answers over HTTP")
    parser.add_argument("--host", help="default: 127.0.0.1")
    parser.add_argument("--port", type=_port, help="default: 8765")
    parser.add_argument("--no-token", action="store_true", help="let anybody in, also from other machines")


def _mcp(commands: _Commands[argparse.ArgumentParser]) -> None:
    _command(commands, "mcp", "offer the library to an assistant over stdin and stdout")


def _add(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = _command(commands, "add", "write one more entry into a list, as its owner would")
    parser.add_argument("url", metavar="URL")
    parser.add_argument("--list", required=True, metavar="F", help="a Markdown list, by its path or name")
    parser.add_argument("--section", default="", metavar="S", help="the heading to write it under; made if missing")
    parser.add_argument("--title", default="", metavar="T", help="default: the page is asked for it")
    parser.add_argument("--remark", default="", metavar="R", help="what you have to say of it")


def _export(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = _command(commands, "export", "write the sources for another program, to stdout")
    parser.add_argument("format", choices=("bibtex", "csl-json", "opml", "netscape", "md"))
    parser.add_argument("--list", action="append", default=[], metavar="L", help="only of this list (repeatable)")
    parser.add_argument("--topic", action="append", default=[], metavar="T", help="only of this topic (repeatable)")


def _completion(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = _command(commands, "completion", "print what makes a shell complete commands and options")
    parser.add_argument("shell", choices=("bash", "zsh", "fish"))


def _models(commands: _Commands[argparse.ArgumentParser]) -> None:
    _command(commands, "models", "list the models that can be used, and whether they are there")


def _doctor(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = _command(commands, "doctor", "check settings, models and index; name the mend")
    parser.add_argument("--deep", action="store_true", help="read every generation and every download, too")
