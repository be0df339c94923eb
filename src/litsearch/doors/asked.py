"""What commands begin and end with: the library that is meant, and JSON on stdout."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from litsearch.config import Config, find_library, load_config


def library_of(args: argparse.Namespace) -> tuple[Path, Config]:
    """The library folder that a command is about, and its settings. Raises ConfigError."""
    folder = find_library(args.library)
    return folder, load_config(folder)


def print_json(value: object) -> None:
    """One JSON value on a line of stdout."""
    print(json.dumps(value, ensure_ascii=False))
