"""Time the program on a library that is built: usage scripts/run latency [LIBRARY]. Prints a
Markdown table.

Whole processes are timed in turn with a bare `python -c pass`, so that ratios hold on a busy
machine too.
"""

import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from pathlib import Path

import faiss
import numpy as np

from litsearch.app.library import open_library
from litsearch.config import load_config

ROUNDS = 7
VENV = Path(__file__).resolve().parent.parent / ".venv" / "bin" / "python"
PYTHON = str(VENV) if VENV.exists() else sys.executable


def measured(*command: str) -> tuple[float, float]:
    """Return wall seconds of a process, and the most MiB that it held, or one that it started."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)} failed.")
    return time.perf_counter() - began, usage.ru_maxrss / (
        1024 if sys.platform != "darwin" else 2**20
    )


def processes(library: str) -> dict[str, list[tuple[float, float]]]:
    """Seconds and MiB of each command, measured in turn."""
    ours = (PYTHON, "-m", "litsearch", "--library", library)
    commands = {
        "python -c pass": (PYTHON, "-c", "pass"),
        "litsearch --help": (PYTHON, "-m", "litsearch", "--help"),
        "imports a search cannot do without": (
            PYTHON,
            "-c",
            "import numpy, faiss, onnxruntime, tokenizers",
        ),
        "litsearch search, cold": (*ours, "search", "attention over long contexts"),
        "litsearch ask, cold": (*ours, "ask", "what is DoRA?"),
        "litsearch build --offline, nothing changed": (*ours, "build", "--offline"),
    }
    for command in commands.values():
        measured(*command)
    took: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for _ in range(ROUNDS):
        for name, command in commands.items():
            took[name].append(measured(*command))
    return took


def served(library: str) -> dict[str, list[tuple[float, float]]]:
    """Measure requests to a running server, and its MiB; the queries are titles of the library."""
    listed = subprocess.run(
        [PYTHON, "-m", "litsearch", "--library", library, "sources", "--json"],
        check=True,
        capture_output=True,
    )
    titles = [row["title"] for row in json.loads(listed.stdout)][:100]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [PYTHON, "-m", "litsearch", "--library", library, "serve", "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _await(port)
        client = http.client.HTTPConnection("127.0.0.1", port)
        search = [PYTHON, "-m", "litsearch", "--library", library, "search"]
        asking = [measured(*search, "attention over long contexts") for _ in range(ROUNDS)]
        searches = [_get(client, title) for title in titles]
        memory = _memory(server.pid)
        asked = [_ask(client, f"what is {title}?") for title in titles[:50]]
        return {
            "litsearch search, while a service runs": asking,
            "GET /search, warm": [(took, memory) for took in searches],
            "POST /ask, warm": [(took, _memory(server.pid)) for took in asked],
        }
    finally:
        server.terminate()
        server.wait()


def over_the_floor(folder: Path) -> float:
    """Return the median ratio of a warm search to embedding the query and an exact scan alone."""
    faiss.omp_set_num_threads(1)
    library = open_library(folder, load_config(folder))
    generation = library.generation
    vectors = generation.vectors.vectors(0, len(generation.vectors))
    exact = faiss.IndexFlatIP(vectors.shape[1])
    exact.add(np.ascontiguousarray(vectors, np.float32))
    ratios = []
    for source in library.catalog.sources()[:100]:
        query = source.title[:500]
        library.search(query)  # what a first search of these words loads
        library._embed_query.cache_clear()

        began = time.perf_counter()
        exact.search(library._embed(query)[None].astype(np.float32), 10)
        between = time.perf_counter()
        library.search(query)
        ratios.append((time.perf_counter() - between) / (between - began))
    return statistics.median(ratios)


def _memory(process: int) -> float:
    """Return the most MiB that a process has held; 0 where that cannot be read."""
    try:
        lines = Path(f"/proc/{process}/status").read_text("utf-8").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:")), 0.0)


def _await(port: int) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz").read()
            return
        except OSError:
            time.sleep(0.1)
    sys.exit("The server did not start.")


def _get(client: http.client.HTTPConnection, query: str) -> float:
    return _seconds_of(client, "GET", f"/search?q={urllib.parse.quote(query[:500])}")


def _ask(client: http.client.HTTPConnection, question: str) -> float:
    return _seconds_of(client, "POST", "/ask", json.dumps({"question": question[:500]}))


def _seconds_of(
    client: http.client.HTTPConnection, method: str, path: str, body: str | None = None
) -> float:
    began = time.perf_counter()
    client.request(method, path, body, {"content-type": "application/json"})
    client.getresponse().read()
    return time.perf_counter() - began


def main() -> None:
    """Print the table."""
    library = sys.argv[1] if len(sys.argv) > 1 else str(Path(__file__).resolve().parents[2])
    bare = processes(library)
    base = statistics.median(took for took, _ in bare["python -c pass"])
    print(
        "| what | median | 95 % | ratio to `python -c pass` | peak memory |\n|---|---|---|---|---|"
    )
    for name, runs in {**bare, **served(library)}.items():
        took = sorted(one for one, _ in runs)
        middle, high = statistics.median(took), took[int(len(took) * 0.95)]
        ratio = f"{middle / base:.1f}" if name in bare else ""
        memory = max(held for _, held in runs)
        print(
            f"| {name} | {middle * 1000:.0f} ms | {high * 1000:.0f} ms | {ratio} | {memory:.0f} MiB |",
            flush=True,
        )
    times = over_the_floor(Path(library))
    print(f"\nA warm search takes {times:.2f} times what embedding and an exact scan take.")


if __name__ == "__main__":
    main()
