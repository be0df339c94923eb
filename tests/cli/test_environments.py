"""Every command in environments unlike the machine it was written on: no traceback, the right code, the true cause."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from cli import hostile
from cli.hostile import COMMANDS, WRITING, Environment, Outcome, run

from litsearch.index.current import current_id, generation_ids

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]  # many processes, one after the other

ALIKE = (
    "search",
    "ask",
    "sources",
    "show",
    "parse",
    "export",
    "extract",
)  # commands that print the same everywhere
FULL_DISK = "Make room on the disk"

# What cannot hide one another's faults stands together: each takes every command once.
ENVIRONMENTS: dict[str, Environment] = {
    "output in ISO-8859-1 on a dumb terminal": Environment(
        {"PYTHONIOENCODING": "iso-8859-1", "TERM": "dumb", "COLUMNS": "20"}, alike=False
    ),
    "output in ASCII on a terminal of no width": Environment(
        {"PYTHONIOENCODING": "ascii", "COLUMNS": "0", "LINES": "nonsense"}, alike=False
    ),
    "a locale without UTF-8 on a terminal of one column": Environment(
        {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0", "COLUMNS": "1"}, alike=False
    ),
    "no HOME, a TMPDIR that is not there": Environment(
        {"TMPDIR": "/nonexistent"}, without=("HOME",)
    ),
    "no HOME and no user": Environment(without=("HOME",), limit=hostile.homeless),
    "nothing but the PATH": Environment(without=("*",)),
    "certificates and a HOME that are not there": Environment(
        {"SSL_CERT_FILE": "/nonexistent.pem", "HOME": "/nonexistent"}
    ),
    "certificates that are none, a Turkish locale, no such time zone": Environment(
        {
            "SSL_CERT_FILE": "/etc/passwd",
            "LC_ALL": "tr_TR.UTF-8",
            "LANGUAGE": "tr",
            "TZ": "Nonsense/Nowhere",
        }
    ),
    "a company's certificates that are not there, Python without asserts": Environment(
        {"REQUESTS_CA_BUNDLE": "/nonexistent.pem", "PYTHONOPTIMIZE": "2"}
    ),
    "a proxy that is not there, hosts without one in IPv6": Environment(
        {
            "HTTPS_PROXY": "http://127.0.0.1:9",
            "http_proxy": "http://127.0.0.1:9",
            "NO_PROXY": "[::1],fd00::/8,::1,[::1",
        }
    ),
    "a SOCKS proxy": Environment({"ALL_PROXY": "socks5://127.0.0.1:9"}),
    "a proxy that is no address, a HOME that is a file, XDG folders that are relative": Environment(
        {
            "HTTPS_PROXY": "http://[::1",
            "ALL_PROXY": "nonsense://",
            "HOME": "/etc/passwd",
            "XDG_CACHE_HOME": "cache",
            "XDG_CONFIG_HOME": "config",
        }
    ),
    "proxies of every kind": Environment(
        {
            "HTTP_PROXY": "socks5h://127.0.0.1:9",
            "HTTPS_PROXY": "https://127.0.0.1:9",
            "ALL_PROXY": "socks5://127.0.0.1:9",
            "NO_PROXY": "fe80::1%eth0,*",
            "CURL_CA_BUNDLE": "/nonexistent.pem",
        }
    ),
    "32 open files at most": Environment(limit=hostile.no_more_files_than(32)),
    "a working folder that is gone": Environment(limit=hostile.removed_folder),
    "files that nobody else may read": Environment(limit=hostile.private_files),
    "a library nobody may write": Environment(
        limit=hostile.powerless, refused=dict.fromkeys(WRITING, "may not be written")
    ),
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of two generations."""
    folder = hostile.make_library(tmp_path_factory.mktemp("environments") / "library")
    for change in ("explained", "explained at length"):
        path = folder / "config" / "lists" / "small.md"
        path.write_text(path.read_text("utf-8").replace("explained", change), "utf-8")
        subprocess.run(
            [sys.executable, "-m", "litsearch", "--library", str(folder), "build", "--offline"],
            check=True,
        )
    return folder


@contextmanager
def copied(library: Path, goal: Path) -> Iterator[Path]:
    """A copy of the library, gone afterwards; its models, which are large and never change, are links."""

    def copy(source: str, target: str) -> str:
        if "/models/" not in source:
            return str(shutil.copy2(source, target))
        os.link(source, target)
        return target

    try:
        yield Path(shutil.copytree(library, goal, copy_function=copy))
    finally:
        for path in goal.rglob("*"):
            if path.is_dir():
                path.chmod(0o755)
        shutil.rmtree(goal)


@pytest.fixture(scope="module")
def usual(library: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:
    """What the commands do where nothing is wrong."""
    scratch = tmp_path_factory.mktemp("usual")
    with copied(library, scratch / "library") as folder:
        return {
            name: run(folder, scratch, command, Environment(), older(folder))
            for name, command in COMMANDS.items()
        }


def older(folder: Path) -> str:
    """The generation before the live one."""
    index = folder / "index"
    return next(name for name in generation_ids(index) if name != current_id(index))


def judged(outcome: Outcome, *, name: str) -> str:
    """What is wrong with an outcome in any environment; "" when nothing is."""
    if "Traceback" in outcome.err or b"Traceback" in outcome.out:
        return f"{name}: {outcome.err[-600:]}"
    if outcome.code not in (0, 1, 2, 3, 130):
        return f"{name}: exit code {outcome.code}, {outcome.err[-300:]}"
    if outcome.code and not outcome.err.strip() and not outcome.out.strip():
        return f"{name}: exit code {outcome.code}, and nothing says why"
    return f"{name}: {outcome.err}" if FULL_DISK in outcome.err else ""


def test_where_nothing_is_wrong(usual: dict[str, Outcome]) -> None:
    wrong = [judged(outcome, name=name) for name, outcome in usual.items()]
    assert not any(wrong), wrong
    codes = {name: outcome.code for name, outcome in usual.items()}
    assert {name: code for name, code in codes.items() if code not in (0, 130)} == {}, codes


@pytest.mark.parametrize("where", ENVIRONMENTS)
def test_every_command(
    library: Path, tmp_path: Path, usual: dict[str, Outcome], where: str
) -> None:
    environment = ENVIRONMENTS[where]
    wrong = []
    with copied(library, tmp_path / "library") as folder:
        opened_to(environment, tmp_path, folder)
        for name, command in COMMANDS.items():
            outcome = run(folder, tmp_path, command, environment, older(folder))
            wrong.append(
                judged(outcome, name=name) or differing(outcome, usual[name], name, environment)
            )
    assert not any(wrong), "\n".join(filter(None, wrong))


@pytest.mark.parametrize("second", [0, 4_102_444_800], ids=["1970", "2100"])
@pytest.mark.parametrize("name", ["search", "ask", "build", "add", "bundle export", "doctor", "gc"])
def test_a_clock_that_is_wrong(
    library: Path, tmp_path: Path, usual: dict[str, Outcome], name: str, second: int
) -> None:
    environment = hostile.clock_at(second)
    if environment is None:
        pytest.skip("no compiler for a clock that is wrong")
    with copied(library, tmp_path / "library") as folder:
        outcome = run(folder, tmp_path, COMMANDS[name], environment)
    wrong = judged(outcome, name=name) or differing(outcome, usual[name], name, environment)
    assert not wrong, wrong


def opened_to(environment: Environment, scratch: Path, folder: Path) -> None:
    """Give the folder the modes that the environment is about."""
    if environment.limit is hostile.powerless:
        for path in (*folder.rglob("*"), folder):
            if "models" not in path.parts:
                path.chmod(0o555 if path.is_dir() else 0o444)
    if environment.limit is hostile.homeless:
        for path in (scratch, *scratch.parents[:2]):
            path.chmod(0o755)


def differing(outcome: Outcome, usual: Outcome, name: str, environment: Environment) -> str:
    """What is unlike the usual outcome and should not be."""
    if name in environment.refused:
        said = environment.refused[name]
        # Watching goes on after a build that failed: somebody may mend what it names.
        code = usual.code if name == "watch" else environment.code
        known = outcome.code == code and said in outcome.err
        return (
            ""
            if known
            else f"{name}: exit code {outcome.code} without {said!r}: {outcome.err[-300:]}"
        )
    if outcome.code != usual.code:
        return f"{name}: exit code {outcome.code} instead of {usual.code}: {outcome.err[-300:]}"
    if name in ALIKE and environment.alike and outcome.out != usual.out:
        return f"{name}: prints {outcome.out[:200]!r} instead of {usual.out[:200]!r}"
    return ""
