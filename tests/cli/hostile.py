"""Every command of the program, and environments that it may meet on other people's machines."""

from __future__ import annotations

import ctypes
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

DROP_CAPABILITY = 24  # PR_CAPBSET_DROP
OVERRIDES = (1, 2)  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
NOBODY = 54_321  # no user has this number, and no home
TIMEOUT = 120

QUERY = "wild yeasts in a warm kitchen"
TITLE = "Keeping a sourdough starter"


@dataclass(frozen=True)
class Command:
    """A command as it is typed; {library}, {scratch} and {generation} stand for what the test works on."""

    words: tuple[str, ...]
    code: int = 0  # where nothing is wrong
    writes: bool = False  # into the library
    stdin: str = ""
    ends: bool = True  # by itself; others are interrupted when they have said something


COMMANDS: dict[str, Command] = {
    "help": Command(("--help",)),
    "search": Command(("search", QUERY)),
    "search --json": Command(("search", QUERY, "--json")),
    "search --format": Command(("search", QUERY, "--format", "md")),
    "ask": Command(("ask", "what is DoRA?")),
    "chat": Command(("chat",), stdin="what is DoRA?\n"),
    "sources": Command(("sources",)),
    "show": Command(("show", TITLE, "--text")),
    "why": Command(("why", TITLE, QUERY)),
    "parse": Command(("parse", "{library}/config/lists/small.md")),
    "extract": Command(("extract", "{library}/page.md")),
    "export": Command(("export", "bibtex")),
    "changes": Command(("changes",)),
    "eval": Command(("eval", "--self", "--json")),
    "models": Command(("models",)),
    "generations": Command(("generations",)),
    "completion": Command(("completion", "bash")),
    "doctor": Command(("doctor",)),
    "mcp": Command(("mcp",)),
    "serve": Command(("serve", "--port", "0"), ends=False),
    "build": Command(("build", "--offline"), writes=True),
    "watch": Command(("watch", "--offline"), writes=True, ends=False),
    "add": Command(
        ("add", "http://new.reading.example/{scratch.name}", "--list", "small", "--title", "N"),
        writes=True,
    ),
    "gc": Command(("gc",), writes=True),
    "generations --use": Command(("generations", "--use", "{generation}"), writes=True),
    "bundle export": Command(("bundle", "export", "{scratch}/library.zip"), writes=True),
}


@dataclass(frozen=True)
class Environment:
    """What is unlike the machine that the program was written on."""

    variables: Mapping[str, str] = field(default_factory=dict)
    without: tuple[str, ...] = ()  # variables; "*" means all but the PATH
    limit: Callable[[], None] | None = None  # called in the new process
    refused: Mapping[str, str] = field(
        default_factory=dict
    )  # commands, and a part of the sentence that says why
    code: int = 1  # of those
    alike: bool = True  # every other command prints what it prints elsewhere


@dataclass(frozen=True)
class Outcome:
    """What a command did."""

    code: int
    out: bytes
    err: str


def run(
    library: Path, scratch: Path, command: Command, where: Environment, generation: str = ""
) -> Outcome:
    """Run a command in an environment, in a process of its own."""
    known = {"library": library, "scratch": scratch, "generation": generation}
    words = [word.format(**known) for word in command.words]
    line = [sys.executable, "-m", "litsearch", "--library", str(library), *words]
    environ = surroundings(where)
    if not command.ends:
        return interrupted(line, environ, where.limit, scratch)
    done = subprocess.run(
        line,
        capture_output=True,
        input=command.stdin.encode(),
        timeout=TIMEOUT,
        check=False,
        env=environ,
        cwd=scratch,
        preexec_fn=where.limit,
    )
    return Outcome(done.returncode, done.stdout, done.stderr.decode("utf-8", "replace"))


def surroundings(where: Environment) -> dict[str, str]:
    """The variables of an environment; proxies of this machine are nobody's business, nor the width
    that a parallel run of the tests sets.
    """
    usual = {
        name: value
        for name, value in os.environ.items()
        if not name.lower().endswith("_proxy")
        and not name.startswith("LITSEARCH_")
        and name != "COLUMNS"
    }
    if "*" in where.without:
        usual = {"PATH": usual["PATH"]}
    kept = {name: value for name, value in usual.items() if name not in where.without}
    return kept | {"XDG_RUNTIME_DIR": "/nonexistent"} | dict(where.variables)


def interrupted(
    line: list[str], environ: dict[str, str], limit: Callable[[], None] | None, scratch: Path
) -> Outcome:
    """Run a command that goes on until it is interrupted, which comes once it has said something, or has ended."""
    log = scratch / "said"
    with log.open("wb") as said:
        process = subprocess.Popen(
            line, stdout=said, stderr=said, env=environ, cwd=scratch, preexec_fn=limit
        )
        for _ in range(TIMEOUT * 10):
            text = log.read_text("utf-8", "replace")
            if process.poll() is not None or "serves" in text or "the start" in text:
                break
            time.sleep(0.1)
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        code = process.wait(TIMEOUT)
    return Outcome(code, b"", log.read_text("utf-8", "replace"))


def powerless() -> None:
    """Be bound by the modes of files, even as root."""
    libc = ctypes.CDLL(None)
    for capability in OVERRIDES:
        libc.prctl(
            DROP_CAPABILITY, capability, 0, 0, 0
        )  # fails for others than root, who are bound anyhow


def homeless() -> None:
    """Be a user whom the system does not know, if this process may choose."""
    if os.getuid() == 0 and not os.path.realpath(sys.executable).startswith("/root/"):
        os.setgid(NOBODY)
        os.setuid(NOBODY)


def no_file_grows_beyond(size: int) -> Callable[[], None]:
    """Nearly as on a full disk, at any moment of a build; only the cause is another."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    return limit


def no_more_files_than(number: int) -> Callable[[], None]:
    """As after `ulimit -n`."""
    return lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (number, number))


def removed_folder() -> None:
    """Stand in a folder that is gone."""
    folder = tempfile.mkdtemp()
    os.chdir(folder)
    Path(folder).rmdir()


def private_files() -> None:
    """Let nobody else read what is written."""
    os.umask(0o077)


CLOCK = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>
int clock_gettime(clockid_t id, struct timespec *now) {
    static int (*real)(clockid_t, struct timespec *);
    if (!real) real = dlsym(RTLD_NEXT, "clock_gettime");
    int result = real(id, now);
    if (id == CLOCK_REALTIME) now->tv_sec = atoll(getenv("CLOCK")) + now->tv_sec % 100000;
    return result;
}
time_t time(time_t *goal) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (goal) *goal = now.tv_sec;
    return now.tv_sec;
}
int gettimeofday(struct timeval *now, void *zone) {
    struct timespec exact;
    clock_gettime(CLOCK_REALTIME, &exact);
    now->tv_sec = exact.tv_sec;
    now->tv_usec = exact.tv_nsec / 1000;
    return 0;
}
"""


def clock_at(second: int) -> Environment | None:
    """A machine whose clock stands about there; None where no compiler is at hand."""
    folder = Path(tempfile.mkdtemp())
    (folder / "clock.c").write_text(CLOCK)
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None or sys.platform != "linux":
        return None
    goal = str(folder / "clock.so")
    line = [compiler, "-shared", "-fPIC", "-o", goal, str(folder / "clock.c"), "-ldl"]
    subprocess.run(line, check=True)
    return Environment({"LD_PRELOAD": goal, "CLOCK": str(second)})


WRITING = tuple(name for name, command in COMMANDS.items() if command.writes)

LIST = """# Kleine Liste für Leser

## Brot

- [Keeping a sourdough starter](file:pages/starter.html) by Zoë Müller (2024) - “warm” kitchens, 日本語

## Models

- [A closer look at DoRA](file:pages/dora.html) by Ben Example (2023) - magnitude and direction, explained
- [A page that is away](https://away.reading.example/page)
"""
STARTER = """
A sourdough starter is a mixture of flour and water in which “wild” yeasts and lactic bacteria live – together.
It is fed with fresh flour every day, and it is ready to bake with when it doubles in volume within six hours.
A warm kitchen speeds up both, so bakers in Zürich, Łódź or 東京 use less starter in summer than in winter.
"""
DORA = """
DoRA is a fine-tuning method that splits each pretrained weight matrix into a magnitude and a direction.
The direction is updated with low-rank matrices as in LoRA, and the magnitude is trained as a separate vector.
After training, both parts are merged into one matrix again, so that inference costs exactly what it did before.
"""


def make_library(folder: Path) -> Path:
    """A library of two pages beside it and one that is away, not yet built."""
    for name in ("config/lists", "pages"):
        (folder / name).mkdir(parents=True)
    (folder / "config" / "lists" / "small.md").write_text(LIST, "utf-8")
    (folder / "config" / "litsearch.toml").write_text(
        "[fetch]\nspacing = 0.0\nretries = 0\ntimeout = 5\n", "utf-8"
    )
    (folder / "page.md").write_text(
        "# A heading\n\nA paragraph of “some” words, long enough to be kept – 東京.\n", "utf-8"
    )
    for name, title, text in (("starter", TITLE, STARTER), ("dora", "A closer look at DoRA", DORA)):
        paragraphs = "".join(f"<p>{line}</p>" for line in text.strip().splitlines())
        page = f"<html lang='en'><title>{title}</title><article><h1>{title}</h1>{paragraphs}</article></html>"
        (folder / "pages" / f"{name}.html").write_text(page, "utf-8")
    return folder
