"""Parse the command line, run the command, and turn errors into a sentence and an exit code."""

from __future__ import annotations

import os
import sys
from argparse import Action, ArgumentError, ArgumentParser, Namespace, RawDescriptionHelpFormatter
from importlib import import_module

from litsearch import __version__
from litsearch.cli import arguments
from litsearch.cli.arguments import path
from litsearch.cli.output import discard_output, prepare_streams
from litsearch.errors import ConfigError, IndexMissing, LitsearchError, QueryError, did_you_mean
from litsearch.views.escapes import printable

TYPE_CHECKING = False  # as type checkers know it; to import typing takes 5 ms
if TYPE_CHECKING:
    from argparse import _SubParsersAction
    from collections.abc import Container, Sequence

    from _typeshed import SupportsWrite

    from litsearch.cli.arguments import Add

EPILOG = (
    "The library folder holds config/ and index/:"
    " --library, else LITSEARCH_LIBRARY, else upward from here.\n"
    "Start with:  litsearch init reading && cd reading && litsearch build"
    ' && litsearch ask "what is DoRA?"\n'
)

# What a person wants to do -> command -> what it does, its arguments, an example.
GROUPS: dict[str, dict[str, tuple[str, Add | None, str]]] = {
    "Find": {
        "search": (
            "find passages, best first",
            arguments.search,
            "low-rank adapters --unread -k 5",
        ),
        "ask": ("answer a question, with citations", arguments.ask, '"what is DoRA?"'),
        "replay": (
            "repeat a kept answer, or say what has changed since",
            arguments.replay,
            "3f9c01ab",
        ),
        "chat": ("answer questions that build on each other, one a line", arguments.chat, ""),
        "sources": (
            "list every source with its verdict, reason and remedy",
            arguments.sources,
            "--status blocked",
        ),
        "show": (
            "show one source: its entries, verdict and text",
            arguments.show,
            "A closer look at DoRA",
        ),
        "why": (
            "explain where a source ranks for a query, or where it dropped out",
            arguments.why,
            '"A closer look at DoRA" magnitude and direction',
        ),
    },
    "Fill": {
        "init": ("make a library with one example list", arguments.init, "reading"),
        "build": ("bring the index up to date with the lists", arguments.build, "--offline"),
        "watch": ("build now, and again whenever a list changes", arguments.watch, "--every 1d"),
        "add": (
            "take in addresses, documents, lists, or a folder of documents",
            arguments.add,
            "https://example.org/post --list papers --section Adapters",
        ),
        "parse": (
            "show the entries of a list file; nothing is fetched",
            arguments.parse,
            "config/lists/papers.md",
        ),
        "changes": (
            "show what is new, edited, gone or newly reachable in the library",
            arguments.changes,
            "--since 7d --format md",
        ),
    },
    "Share": {
        "serve": ("serve search and answers over HTTP", arguments.serve, "--port 8080"),
        "mcp": ("offer the library to an assistant over stdin and stdout", None, ""),
        "export": (
            "write the sources for another program, to stdout",
            arguments.export,
            "bibtex --topic inference > library.bib",
        ),
        "bundle": (
            "write a library into one file, or unpack it on another machine",
            arguments.bundle,
            "export library.zip",
        ),
        "store": (
            "copy the library into another engine for many readers, or back",
            arguments.store,
            "copy local s3://bucket/library",
        ),
    },
    "Maintain": {
        "doctor": (
            "check settings, models and index; say how to fix what is wrong",
            arguments.doctor,
            "--deep",
        ),
        "models": (
            "list the models that can be used; try one on this library, or take it",
            arguments.models,
            "try BAAI/bge-small-en-v1.5",
        ),
        "generations": (
            "list the states of the index that are kept, or go back to one",
            arguments.generations,
            "--use 20260131T101500000000Z-0123abcd",
        ),
        "gc": ("remove pages, vectors and models that no generation needs any more", None, ""),
        "trust": (
            "let a library's settings send data away or widen access",
            arguments.trust,
            "--yes",
        ),
    },
    "Look inside": {
        "extract": ("show what the extractor makes of documents", arguments.extract, "paper.pdf"),
        "eval": (
            "measure retrieval and answers",
            arguments.evaluate,
            "--questions questions.jsonl",
        ),
        "completion": (
            "print what makes a shell complete commands and options",
            arguments.completion,
            "bash >> ~/.bashrc",
        ),
    },
}
COMMANDS = {name: group for group, names in GROUPS.items() for name in names}


class _Parser(ArgumentParser):
    """The usual parser, which suggests what may have been meant by what it refuses."""

    def _check_value(self, action: Action, value: object) -> None:
        if action.choices is None or value in action.choices:
            return
        names = COMMANDS if action.dest == "command" else [str(choice) for choice in action.choices]
        hint = did_you_mean(str(value), names) or f"Known are {', '.join(names)}."
        raise ArgumentError(action, f"there is no {value!r}. {hint}")

    def _print_message(self, message: str, file: SupportsWrite[str] | None = None) -> None:
        """Print --help and --version; the parser of argparse is silent when that fails.

        What was typed may be a stranger's title, and comes back without what drives a terminal.
        """
        if file is not None and file is sys.stdout:
            file.write(message)
        else:
            super()._print_message(printable(message), file)

    def flags(self) -> list[str]:
        """Return the long options."""
        return [flag for flag in self._option_string_actions if flag.startswith("--")]


def parse_arguments(typed: Sequence[str]) -> Namespace:
    """Read what was typed; wrong usage ends the program with exit code 2, and a hint."""
    whole, commands = _parsers(typed)
    arguments, unknown = whole.parse_known_args(typed)
    if unknown:
        command = commands[arguments.command]
        command.error(_unknown(unknown[0], [*command.flags(), *whole.flags()]))
    return arguments


def _unknown(word: str, flags: Sequence[str]) -> str:
    """Say that a word is no option, and which may have been meant."""
    flag = word.partition("=")[0]
    hint = did_you_mean(flag, flags) if flag.startswith("--") else ""
    if not hint and flag.startswith("-"):
        hint = "Put a query that has such a word into quotation marks."
    return f"unrecognized arguments: {word}. {hint}".rstrip()


def whole_parser() -> ArgumentParser:
    """Build the parser with every command."""
    return _parsers(None)[0]


def _parsers(typed: Container[str] | None) -> tuple[_Parser, dict[str, _Parser]]:
    """Build the parser, and those of the commands that these words need: all of them take 20 ms."""
    whole = _Parser(
        prog="litsearch",
        description="Turns reading lists into a library that can be searched and asked,"
        " with citations.",
        epilog=_overview() + EPILOG,
        formatter_class=_Formatter,
    )
    whole.add_argument("--version", action="version", version=f"litsearch {__version__}")
    whole.add_argument("--library", type=path, metavar="DIR", help="the library folder")
    commands = whole.add_subparsers(
        dest="command", metavar="COMMAND", required=True, parser_class=_Parser
    )
    return whole, {name: _add_command(commands, name) for name in _needed(typed)}


def _add_command(commands: _SubParsersAction[_Parser], name: str) -> _Parser:
    about, add, example = GROUPS[COMMANDS[name]][name]
    parser = commands.add_parser(
        name,
        description=about[0].upper() + about[1:] + ".",
        epilog=f"Example:  litsearch {name} {example}".rstrip(),
        formatter_class=_Formatter,
    )
    parser.add_argument("--json", action="store_true", help="machine-readable output")
    if add is not None:
        add(parser)
    return parser


def _needed(typed: Container[str] | None) -> list[str]:
    """Return the commands that may be meant; all of them when none is, to say which there are."""
    names = [name for name in COMMANDS if typed is None or name in typed]
    wants_help = typed is not None and ("--help" in typed or "-h" in typed)
    return names if names or wants_help else list(COMMANDS)


class _Formatter(RawDescriptionHelpFormatter):
    """The usual formatter, given the width: finding it out imports shutil, and so every kind of
    archive.
    """

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=_width() - 2)


def _width() -> int:
    """Return the columns to fill, 40 at least: argparse asserts that a usage line has room."""
    try:
        columns = int(os.environ.get("COLUMNS", "")) or os.get_terminal_size().columns
    except (ValueError, OSError):
        return 80
    return max(columns, 40)


def _overview() -> str:
    return "".join(f"{group}:\n{_lines(names)}\n" for group, names in GROUPS.items())


def _lines(names: dict[str, tuple[str, Add | None, str]]) -> str:
    return "".join(f"  {name:12s} {about}\n" for name, (about, _, _) in names.items())


EXIT_DONE, EXIT_FAILED, EXIT_USAGE, EXIT_NO_INDEX, EXIT_INTERRUPTED = 0, 1, 2, 3, 130
EXIT_CODES = {
    ConfigError: EXIT_USAGE,
    QueryError: EXIT_USAGE,
    IndexMissing: EXIT_NO_INDEX,
    LitsearchError: EXIT_FAILED,
}
MODULES = {
    "Find": "query",
    "Fill": "build",
    "Share": "admin",
    "Maintain": "admin",
    "Look inside": "admin",
}  # by the part of --help that a command stands in
FUNCTIONS = {"eval": "evaluate"}  # commands that a function cannot be named after


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    # Read when numpy is imported. What a search multiplies is too little for threads, which then
    # wait for each other: with all cores on two busy ones a search took 82 ms (43 of processor
    # time), with one 33 ms (19).
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    prepare_streams()
    try:
        return _run(sys.argv[1:] if argv is None else argv)
    except BrokenPipeError:
        discard_output()  # the reader of our output left; there is nobody to tell
        return EXIT_DONE
    except KeyboardInterrupt:
        _tell("interrupted.", "What was downloaded is kept; the same command goes on from there.")
        return EXIT_INTERRUPTED
    except LitsearchError as error:
        _tell(str(error), error.hint)
        return next(code for kind, code in EXIT_CODES.items() if isinstance(error, kind))
    except Exception as error:  # nobody should have to read a traceback
        if "LITSEARCH_TRACEBACK" in os.environ:
            raise
        _tell(*_unforeseen(error))
        return EXIT_FAILED


def _run(typed: Sequence[str]) -> int:
    if "_ARGCOMPLETE" in os.environ:  # set by the shell, when somebody presses the tabulator
        import argcomplete

        argcomplete.autocomplete(whole_parser())
    try:
        arguments = parse_arguments(typed)
        module = import_module(f"litsearch.cli.{MODULES[COMMANDS[arguments.command]]}")
        command = getattr(module, FUNCTIONS.get(arguments.command, arguments.command))
        code: int = command(arguments)
    finally:
        sys.stdout.flush()  # a write that fails is reported here, also after --help
    return code


def _tell(message: str, hint: str) -> None:
    print(f"litsearch: {message}", hint, file=sys.stderr)


def _unforeseen(error: Exception) -> tuple[str, str]:
    """Return the message and hint for an error that no room has put into words."""
    if isinstance(error, MemoryError):
        return "there is too little memory.", "Free some, or raise the limit (`ulimit -v`)."
    if isinstance(error, FileNotFoundError) and error.filename is None:
        return "the working folder is gone.", "Change into one that is there."
    if isinstance(error, OSError) and error.filename is None:  # rooms name the file or folder
        discard_output()
        return f"the output cannot be written: {error.strerror}.", "Send it elsewhere."
    if isinstance(error, OSError):
        from pathlib import Path

        from litsearch.storage import storage_error

        store_error = storage_error(error, Path())
        return str(store_error), store_error.hint
    return (
        f"{type(error).__name__}: {error}",
        "This is a fault of litsearch. LITSEARCH_TRACEBACK=1 shows where; please report it.",
    )
