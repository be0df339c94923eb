"""Load a running service on this machine: usage scripts/run load [LIBRARY] [SECONDS]. Prints a
Markdown table.

One client and eight ask what nobody asked before, then eight a few things again and again, for some
seconds each; then 200 clients at once. Whatever is neither 200 nor 503 fails it.
"""

import http.client
import itertools
import json
import os
import random
import socket
import statistics
import subprocess
import sys
import threading
import time
import urllib.parse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

VENV = Path(__file__).resolve().parent.parent / ".venv" / "bin" / "python"
REPEATED = 50  # queries that are asked again and again
WORDS = 8  # of a query
PYTHON = str(VENV) if VENV.exists() else sys.executable


def main() -> None:
    """Start a server, load it, print what it did."""
    library = sys.argv[1] if len(sys.argv) > 1 else str(Path(__file__).resolve().parents[2])
    seconds = min(float(sys.argv[2]) if len(sys.argv) > 2 else 10.0, 300.0)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [PYTHON, "-m", "litsearch", "--library", library, "serve", "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        new = ready(port)
        before = memory(server.pid)
        print("| clients | queries | requests/s | median | 95 % | processor | statuses | memory |")
        print("|---|---|---|---|---|---|---|---|")
        bad = 0
        for clients, queries, long in (
            (1, "new", 3.0),
            (8, "new", seconds),
            (8, "again", seconds),
            (200, "new", seconds),
        ):
            asked = iter(new) if queries == "new" else itertools.cycle(new[:REPEATED])
            began, used = time.perf_counter(), processor(server.pid)
            took, statuses = loaded(port, asked, clients, long)
            rate = statuses[200] / (time.perf_counter() - began)
            each = (processor(server.pid) - used) * 1000 / max(statuses[200], 1)
            new = new[sum(statuses.values()) :] if queries == "new" else new
            middle, high = (
                statistics.median(took) * 1000,
                sorted(took)[int(len(took) * 0.95)] * 1000,
            )
            shown = ", ".join(f"{n} x {status}" for status, n in sorted(statuses.items()))
            row = f"| {clients} | {queries} | {rate:.0f} | {middle:.0f} ms | {high:.0f} ms | {each:.1f} ms |"
            print(f"{row} {shown} | {memory(server.pid)} MB |", flush=True)
            bad += sum(n for status, n in statuses.items() if status not in (200, 503))
        print(
            f"\nmemory before: {before} MB; {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
        )
        sys.exit(1 if bad else 0)
    finally:
        server.terminate()
        server.wait()


def ready(port: int) -> list[str]:
    """Wait for the server; queries are the first words of passages, in a random order, and of two
    where those end.
    """
    for _ in range(600):
        client = http.client.HTTPConnection("127.0.0.1", port)
        try:
            sources = json.loads(got(client, "/sources?limit=300")[1])
            break
        except OSError:
            time.sleep(0.1)
    else:
        sys.exit("The server did not start.")
    wholes = (json.loads(got(client, f"/sources/{source['id']}")[1]) for source in sources)
    starts = [
        " ".join(one["text"].split()[:WORDS]) for whole in wholes for one in whole["passages"]
    ]
    chance = random.Random(1)
    chance.shuffle(starts)
    pairs = (
        " ".join(chance.choice(starts).split()[: WORDS // 2] + chance.choice(starts).split())
        for _ in range(10**5)
    )
    return list(dict.fromkeys([*starts, *map(" ".join, pairs)]))


def got(client: http.client.HTTPConnection, path: str) -> tuple[int, bytes]:
    """Status and body of a GET."""
    client.request("GET", path)
    reply = client.getresponse()
    return reply.status, reply.read()


def loaded(
    port: int, queries: Iterator[str], clients: int, seconds: float
) -> tuple[list[float], Counter[int]]:
    """Seconds of the answered requests, and the statuses of all."""
    until = time.perf_counter() + seconds
    took: list[float] = []
    statuses: Counter[int] = Counter()

    def ask() -> None:
        client = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        while time.perf_counter() < until:
            query = next(queries)
            began = time.perf_counter()
            try:
                status, _ = got(client, f"/search?q={urllib.parse.quote(query)}")
            except (OSError, http.client.HTTPException):
                status, client = 0, http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            statuses[status] += 1
            if status == 200:
                took.append(time.perf_counter() - began)
            elif status == 503:
                time.sleep(0.2)  # less than Retry-After asks for

    threads = [threading.Thread(target=ask) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return took or [0.0], statuses


def processor(pid: int) -> float:
    """Seconds of processor time that a process has used; 0 where that cannot be read."""
    try:
        facts = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(facts[11]) + int(facts[12])) / os.sysconf("SC_CLK_TCK")


def memory(pid: int) -> int:
    """Megabytes that a process holds; 0 where that cannot be read."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE") // 2**20


if __name__ == "__main__":
    main()
