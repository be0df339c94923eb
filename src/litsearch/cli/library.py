"""Find out which library a command is about, and which of its settings hold."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from litsearch.cli.output import say
from litsearch.config import (
    Config,
    find_library,
    is_library,
    load_config,
    named_library,
    settings_file,
    working_folder,
)
from litsearch.errors import ConfigError, IndexMissing

HINT = "`litsearch init` makes one here; --library names another."


def library_of(args: argparse.Namespace) -> tuple[Path, Config]:
    """Return the library folder that a command reads, and its settings.

    Raises ConfigError, and IndexMissing where there is no library.
    """
    folder = find_library(args.library)
    if not (is_library(folder) or _is_named(args)):
        raise IndexMissing(f"There is no library here or above, and none in {folder}.", HINT)
    return folder, settings_of(args, folder)


def library_to_fill(args: argparse.Namespace) -> tuple[Path, Config]:
    """Return the library folder that a command writes into, and its settings; a far folder is left
    alone.

    Where there is no library yet, a person is asked whether to make one here. Raises ConfigError.
    """
    folder = find_library(args.library)
    if getattr(args, "yes", False):
        _trust_all(folder)
    elif _is_named(args) and not _is_somebody_there():
        _trust_first(folder)
    if not (_is_named(args) or is_library(folder)):
        folder = _made_here()
    return folder, settings_of(args, folder)


def settings_anywhere(args: argparse.Namespace) -> tuple[Path, Config]:
    """Return a folder and settings for a command that needs no library."""
    folder = find_library(args.library)
    return folder, settings_of(args, folder)


def settings_of(args: argparse.Namespace, folder: Path) -> Config:
    """Return the settings that hold; a person is asked once about those that reach out."""
    if not settings_file(folder).is_file():
        return load_config(folder)

    from litsearch.app import trust

    withheld = trust.withheld(folder)
    if withheld and confirmed(f"Let its settings hold: {trust.in_words(withheld)}?"):
        trust.trust(folder)
        withheld = {}
    if withheld:
        from shlex import quote

        words = trust.in_words(withheld)
        command = f"litsearch --library {quote(str(folder))} trust --yes"
        say(f"Not trusted, and so not in force: {words}. `{command}` lets it hold.")
    return load_config(folder, without=withheld)


def _trust_all(folder: Path) -> None:
    """Trust the settings of a library as they are: the user said so."""
    if settings_file(folder).is_file():
        from litsearch.app import trust

        trust.trust(folder)


def _trust_first(folder: Path) -> None:
    """Trust what a script's own library needs when it is built for the first time, and say so."""
    if not settings_file(folder).is_file():
        return

    from litsearch.app import trust

    reaching = trust.trust_first(folder)
    if reaching:
        say(f"In force from its first build here on: {trust.in_words(reaching)}.")


def _is_named(args: argparse.Namespace) -> bool:
    return named_library(args.library) is not None


def _made_here() -> Path:
    from litsearch.app.adding import make_library

    here = working_folder()
    if here is None:
        raise ConfigError("The working folder is gone.", "Name a library with --library.")
    if not confirmed(f"There is no library here. Make one in {here}?"):
        raise ConfigError(f"There is no library in {here}, nor above it.", HINT)
    make_library(here)
    return here


def _is_somebody_there() -> bool:
    """Tell whether a person can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def confirmed(question: str) -> bool:
    """Ask a person; where nobody can answer, the answer is no."""
    if not _is_somebody_there():
        return False
    print(f"{question} [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().casefold() in ("y", "yes")
