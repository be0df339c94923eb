"""Run the command that was typed, and turn errors into a sentence and an exit code."""

from __future__ import annotations

import os
import sys
from importlib import import_module

from litsearch.cli.parser import COMMANDS, parse_arguments, whole_parser
from litsearch.cli.streams import discard_output, prepare_streams
from litsearch.errors import ConfigError, IndexMissing, LitsearchError, QueryError

TYPE_CHECKING = False  # as type checkers know it; to import typing takes 5 ms
if TYPE_CHECKING:
    from collections.abc import Sequence

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
