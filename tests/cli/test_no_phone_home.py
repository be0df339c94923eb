"""No command that needs no network opens a connection, nor does any library that it loads."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from cli import hostile
from cli.hostile import COMMANDS, Environment, surroundings

pytestmark = pytest.mark.slow
# Sees every connection and every name that is looked up from Python, also of libraries written in
# C, which ask the system by the functions that this replaces.
SPY = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
static void note(const char *what) {
    FILE *log = fopen(getenv("CONNECTIONS"), "a");
    if (log) { fprintf(log, "%s\\n", what); fclose(log); }
}
int connect(int fd, const struct sockaddr *address, socklen_t length) {
    if (address->sa_family == AF_INET || address->sa_family == AF_INET6) {
        note("connect"); errno = ENETUNREACH; return -1;
    }
    int (*real)(int, const struct sockaddr *, socklen_t) = dlsym(RTLD_NEXT, "connect");
    return real(fd, address, length);
}
int getaddrinfo(const char *node, const char *service, const struct addrinfo *hints, struct addrinfo **result) {
    if (node && node[0] != '1') { note(node); return EAI_AGAIN; }
    int (*real)(const char *, const char *, const struct addrinfo *, struct addrinfo **) = dlsym(RTLD_NEXT, "getaddrinfo");
    return real(node, service, hints, result);
}
"""
QUIET = ("search", "ask", "chat", "sources", "show", "build", "serve", "eval", "doctor", "export")


@pytest.fixture(scope="module")
def spy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("spy")
    (folder / "spy.c").write_text(SPY)
    compile_it = ["gcc", "-shared", "-fPIC", "-o", folder / "spy.so", folder / "spy.c", "-ldl"]
    try:
        subprocess.run(compile_it, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no compiler for what counts connections")
    return folder / "spy.so"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = hostile.make_library(tmp_path_factory.mktemp("quiet") / "library")
    line = [sys.executable, "-m", "litsearch", "--library", str(folder), "build", "--offline"]
    subprocess.run(line, check=True)
    return folder


def connections(library: Path, scratch: Path, spy: Path, name: str) -> list[str]:
    log = scratch / "connections"
    hidden = {"CI": "", "GITHUB_ACTIONS": "", "HOME": str(scratch)}  # where people are taken to be
    where = Environment({"LD_PRELOAD": str(spy), "CONNECTIONS": str(log), **hidden})
    told = hostile.run(library, scratch, COMMANDS[name], where)
    assert "Traceback" not in told.err
    return log.read_text().splitlines() if log.exists() else []


@pytest.mark.parametrize("name", QUIET)
def test_a_command_connects_to_nobody(library: Path, tmp_path: Path, spy: Path, name: str) -> None:
    found = connections(library, tmp_path, spy, name)
    assert found == [], found


@pytest.mark.parametrize("name", [name for name in QUIET if name != "serve"])
def test_a_command_needs_no_network_and_sends_nothing(
    library: Path, tmp_path: Path, name: str
) -> None:
    """In a network of its own, whose every packet is counted; its loopback is down."""
    apart = ["unshare", "--user", "--map-root-user", "--net"]
    try:
        subprocess.run([*apart, "true"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no network namespaces here; the connections are counted above")
    command = COMMANDS[name]
    words = [word.format(library=library, scratch=tmp_path) for word in command.words]
    line = [sys.executable, "-m", "litsearch", "--library", str(library), *words]
    script = '"$@"; code=$?; cat /proc/net/dev /proc/net/snmp /proc/net/snmp6 >&2; exit $code'
    done = subprocess.run(
        [*apart, "sh", "-c", script, "sh", *line],
        input=command.stdin,
        capture_output=True,
        text=True,
        env=surroundings(Environment()),
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert sent(done.stderr) == 0, done.stderr


def sent(counters: str) -> int:
    """The packets that were sent, or wanted to be, in what the system counted."""
    lines = [line.split() for line in counters.splitlines()]
    names, values = (line[1:] for line in lines if line and line[0] == "Ip:")
    counted = dict(zip(names, values, strict=True))
    loopback = next(line for line in lines if line and line[0] == "lo:")
    return int(counted["OutRequests"]) + int(counted["OutNoRoutes"]) + int(loopback[10])


def test_what_is_sent_is_counted() -> None:
    apart = ["unshare", "--user", "--map-root-user", "--net"]
    program = "import socket\ntry:\n    socket.create_connection(('192.0.2.1', 80), 1)\nexcept OSError:\n    pass"
    script = '"$@"; cat /proc/net/dev /proc/net/snmp'
    line = [*apart, "sh", "-c", script, "sh", sys.executable, "-c", program]
    try:
        done = subprocess.run(line, check=True, capture_output=True, text=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no network namespaces here")
    assert sent(done.stdout) > 0


def test_the_spy_sees_what_connects(library: Path, tmp_path: Path, spy: Path) -> None:
    log = tmp_path / "connections"
    where = Environment({"LD_PRELOAD": str(spy), "CONNECTIONS": str(log)})
    line = [sys.executable, "-m", "litsearch", "--library", str(library), "build"]
    subprocess.run(line, env=surroundings(where), check=True, capture_output=True)
    assert "away.reading.example" in log.read_text()
