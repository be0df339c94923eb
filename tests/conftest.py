"""A small library that is built once, by the program itself, over pages served on loopback."""

from __future__ import annotations

import gc
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import fakeweb
import pytest
import smallweb
from hypothesis import settings

# A deadline for an example measures how busy the machine is. CI looks at more examples of each law.
EXAMPLES = 100 if os.environ.get("CI") else 30
# FUZZ_SEED makes a run the same each time, laws included.
settings.register_profile(
    "litsearch", deadline=None, max_examples=EXAMPLES, derandomize="FUZZ_SEED" in os.environ
)
settings.load_profile("litsearch")
# Started in the background, tests and the programs that they start would be deaf to the interrupts
# they test.
signal.signal(signal.SIGINT, signal.default_int_handler)

# What a light install leaves out; tests that import it are left out with it.
HEAVY = ("torch", "transformers", "sentence_transformers")
MISSING = [name for name in HEAVY if find_spec(name) is None]
_NAMES = "|".join([*MISSING, "smallmodel"])  # smallmodel makes models with them
IMPORTS_MISSING = re.compile(rf"^\s*(?:import|from) (?:{_NAMES})\b", re.MULTILINE)
# To import such a module takes long, too: it is not read where only fast tests are asked for.
SLOW_MODULE = re.compile(r"^pytestmark = .*\b(?:slow|IN_BROWSER)\b", re.MULTILINE)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out a module whose imports are not installed, and a slow one if only fast ones run."""
    if collection_path.suffix != ".py":
        return None
    text = collection_path.read_text("utf-8")
    if MISSING and IMPORTS_MISSING.search(text):
        return True
    return True if config.option.markexpr == "not slow" and SLOW_MODULE.search(text) else None


def pytest_collection_finish() -> None:
    """Take modules and tests out of what the garbage collector looks through: a tenth of all time."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _own_memory(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Let what is remembered of trusted libraries be the tests' own."""
    os.environ["XDG_CONFIG_HOME"] = str(tmp_path_factory.mktemp("config"))


@dataclass(frozen=True)
class Shelf:
    """A library folder, the web that its list names, and the report of its first build."""

    folder: Path
    web: fakeweb.Web
    report: dict[str, Any]

    def run(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        return litsearch(self.folder, *arguments, web=self.web, check=check)

    def json(self, *arguments: str) -> Any:
        return json.loads(self.run(*arguments, "--json").stdout)


def litsearch(
    folder: Path,
    *arguments: str,
    web: fakeweb.Web | None = None,
    check: bool = True,
    **environ: str,
) -> subprocess.CompletedProcess[str]:
    """Run the program on a library folder, in a process of its own."""
    kept = {
        name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")
    }
    proxy = {"http_proxy": web.base, "https_proxy": web.base} if web else {}
    command = [sys.executable, "-m", "litsearch", "--library", str(folder), *arguments]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
        env=kept | proxy | environ,
    )
    assert not check or done.returncode == 0, done.stderr
    return done


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    folder = smallweb.make_library(tmp_path_factory.mktemp("library"))
    with fakeweb.serve() as web:
        smallweb.put_pages(web)
        report = json.loads(litsearch(folder, "build", "--json", web=web).stdout)
        yield Shelf(folder, web, report)
