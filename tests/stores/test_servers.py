"""Many services over one store: none fails, none mixes generations, all follow within seconds."""

from __future__ import annotations

import shutil
import threading
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from conftest import Shelf, litsearch
from serving import served

pytestmark = pytest.mark.slow
SERVERS, BUILDS = 3, 10
FOLLOWED_S = 2.0
MARGIN = 5.0  # times as long: this machine may be busy


@dataclass
class Readers:
    """Who asks all services, one after the other, until they are told to stop."""

    addresses: list[str]
    replies: list[tuple[float, int, int, str, int]] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    def ask(self) -> None:
        """Note when and where what was answered: by which generation, and how many whales."""
        with httpx.Client(trust_env=False, timeout=60) as client:
            while not self.stop.is_set():
                for place, address in enumerate(self.addresses):
                    reply = client.get(f"{address}/search?q=whales&k=50")
                    hits = reply.json().get("hits", [])
                    whales = sum("Of whales" in hit["source"]["title"] for hit in hits)
                    generation = reply.json().get("generation", "")
                    facts = (time.monotonic(), place, reply.status_code, generation, whales)
                    self.replies.append(facts)
                time.sleep(0.02)


def test_three_services_follow_ten_builds(shelf: Shelf, tmp_path: Path) -> None:
    writer, store = tmp_path / "writer", f"lance+{tmp_path / 'kept'}"
    shutil.copytree(shelf.folder, writer)
    litsearch(writer, "store", "copy", "local", store, "--json")
    lists = next((writer / "config" / "lists").glob("*.md"))
    published: dict[str, tuple[float, int]] = {}

    with ExitStack() as stack:
        addresses = []
        for number in range(SERVERS):
            folder = tmp_path / f"server{number}"
            shutil.copytree(shelf.folder / "index" / "models", folder / "index" / "models")
            (folder / "config").mkdir()
            options = {"LITSEARCH_INDEX_STORE": store, "LITSEARCH_SERVE_RATE": "0"}
            addresses.append(stack.enter_context(served(folder, **options)))
        readers = Readers(addresses)
        threads = [threading.Thread(target=readers.ask) for _ in range(2)]
        for thread in threads:
            thread.start()
        try:
            for number in range(1, BUILDS + 1):
                entry = f"\n- [Of whales {number}](https://whales.example/{number})\n"
                lists.write_text(lists.read_text("utf-8") + entry, "utf-8")
                options = {"LITSEARCH_INDEX_STORE": store}
                litsearch(writer, "build", "--offline", "--json", web=shelf.web, **options)
                live = (writer / "index" / "CURRENT").read_text().strip()
                published[live] = time.monotonic(), number
                time.sleep(FOLLOWED_S)
            time.sleep(FOLLOWED_S * MARGIN)
        finally:
            readers.stop.set()
            for thread in threads:
                thread.join()

    assert {status for _, _, status, _, _ in readers.replies} == {200}
    for _, _, _, generation, whales in readers.replies:
        assert whales == published.get(generation, (0, 0))[1]
    last = list(published)[-1]
    for place in range(SERVERS):
        of_this = [reply for reply in readers.replies if reply[1] == place]
        assert of_this[-1][3] == last
        first = min(reply[0] for reply in of_this if reply[3] == last)
        assert first - published[last][0] < FOLLOWED_S * MARGIN
