"""The command line: runs what was typed, and turns errors into a sentence and an exit code."""

from __future__ import annotations

import os
import sys
from importlib import import_module

from litsearch.cli.parser import COMMANDS, parser
from litsearch.errors import ConfigError, IndexMissing, LitsearchError, QueryError

TYPE_CHECKING = False  # as type checkers know it; to import typing takes 5 ms
if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

EXIT_FAILED, EXIT_USAGE, EXIT_NO_INDEX, EXIT_INTERRUPTED = 1, 2, 3, 130
MODULES = {
    "Find": "query",
    "Fill": "build",
    "Share": "admin",
    "Mend": "admin",
    "Look": "admin",
}  # by the part of --help that a command stands in
_FUNCTIONS = {"eval": "evaluate"}  # commands that a function cannot be named after


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 failed, 2 wrong usage, 3 no index yet."""
    # Read when numpy is imported. What a search multiplies is too little for threads, which then
    # wait for each other: with all cores on two busy ones a search took 82 ms (43 of processor
    # time), with one 33 ms (19).
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if "_ARGCOMPLETE" in os.environ:  # set by the shell, when somebody presses the tabulator
        import argcomplete

        argcomplete.autocomplete(parser())
    typed = sys.argv[1:] if argv is None else argv
    args = parser(typed).parse_args(typed)
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
            "litsearch: interrupted. What was downloaded is kept; the same command goes on from there.",
            file=sys.stderr,
        )
        return EXIT_INTERRUPTED


def _run(args: argparse.Namespace) -> int:
    module = import_module(f"litsearch.cli.{MODULES[COMMANDS[args.command].split()[0]]}")
    code: int = getattr(module, _FUNCTIONS.get(args.command, args.command))(args)
    sys.stdout.flush()
    return code


def _exit_code(error: LitsearchError) -> int:
    if isinstance(error, IndexMissing):
        return EXIT_NO_INDEX
    return EXIT_USAGE if isinstance(error, ConfigError | QueryError) else EXIT_FAILED
