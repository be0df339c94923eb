"""Times rebuilds of generated libraries of several sizes, by what has changed in them.

    python -m library.growth PASSAGES...     (in tests/)

Prints a Markdown table. Each build is a process of its own; its memory is the most that it held at once.
The texts are generated and the embedder hashes, so that what is timed is the library's own work.
"""

from __future__ import annotations

import os
import random
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from library.living import World, entry
from msgspec.structs import replace as replaced

from litsearch.library.build import build
from litsearch.library.compose import Tools
from litsearch.library.current import current_id
from litsearch.library.embeddings import EmbeddingStore, key_of
from litsearch.library.generation import open_current
from litsearch.wiring.vectors import load_vectors, vectors_for

DIM = 384
PAGE = 100  # passages of a page
_POOL = np.random.default_rng(1).standard_normal(1 << 16).astype(np.float32)
_WORDS = [f"{a}{b}{c}" for a in ("ba", "ke", "mi", "no", "ru", "sta", "ve") for b in ("lor", "n", "tis", "ra", "mu")
          for c in ("", "de", "gan", "ing", "ly", "o", "s", "tion", "ume", "x")]  # fmt: skip
_WEIGHTS = [1 / (n + 1) for n in range(len(_WORDS))]


class Hashing:
    """Vectors that only their texts' hashes decide."""

    fingerprint, dim, window = "hash", DIM, 64

    def embed_passages(self, texts: list[str]) -> np.ndarray:
        starts = [int.from_bytes(key_of(text)[:2], "big") for text in texts]
        matrix = np.stack([np.take(_POOL, range(start, start + DIM), mode="wrap") for start in starts])
        return matrix / np.linalg.norm(matrix, axis=1, keepdims=True)

    def embed_query(self, text: str) -> np.ndarray:
        return self.embed_passages([text])[0]


@dataclass
class Large(World):
    """A library of so many generated pages."""

    @staticmethod
    def of(pages: int) -> Large:
        names = [f"page{n}" for n in range(pages)]
        return Large([entry(n, name) for n, name in enumerate(names)], {name: page(name) for name in names})

    def rebuild(self, index: Path) -> None:
        """Bring the index up to date."""
        index.mkdir(parents=True, exist_ok=True)
        facts = replaced(self.facts, dim=DIM)
        live = open_current(index, load_vectors) if current_id(index) else None
        if live is not None and live.check():
            raise SystemExit("The index is damaged.")
        with closing(EmbeddingStore(index / "embeddings.sqlite", facts.embedder, DIM)) as store:
            tools = Tools(
                facts,
                store,
                Hashing(),
                lambda texts: [len(one.split()) for one in texts],
                64,
                partial(vectors_for, index),
            )
            build(index, self.sources(), self.ingest, live, tools)


def page(name: str) -> str:
    """Paragraphs of sentences that no other page has, words as frequent as in Zipf's law."""
    rng = random.Random(name)
    words = iter(rng.choices(_WORDS, _WEIGHTS, k=PAGE * 60))

    def sentence(n: int) -> str:
        return " ".join([name.capitalize(), f"n{n}", *(next(words) for _ in range(rng.randint(8, 26)))]) + "."

    lines = [sentence(n) for n in range(PAGE * 10 // 7)]
    return "\n\n".join(" ".join(lines[n : n + 4]) for n in range(0, len(lines), 4))


def add(world: Large) -> None:
    """A new article in the middle of the lists."""
    world.pages["new"] = page("new")
    world.entries.insert(len(world.entries) // 2, entry(0, "new"))


def edit(world: Large) -> None:
    """One sentence of a page."""
    name = world.entries[len(world.entries) // 3].title
    world.pages[name] = world.pages[name].replace(" n9 ", " another ")


CHANGES: dict[str, Callable[[Large], object]] = {
    "nothing changed": lambda world: None,
    "a remark edited": lambda world: world.edit(len(world.entries) // 3, remark="quite another remark on it"),
    "one article added": add,
    "a sentence of one edited": edit,
    "one article removed": lambda world: world.entries.pop(len(world.entries) // 3),
}


def timed(index: Path, world: Large) -> tuple[float, float, float]:
    """Wall seconds, CPU seconds and MB of a rebuild in a process of its own, without those of what it starts with."""
    began, child = time.perf_counter(), os.fork()
    if child == 0:
        try:
            world.rebuild(index)
        except BaseException as error:  # noqa: BLE001 - whatever it was, the child ends here
            print(f"{type(error).__name__}: {error}", file=sys.stderr)
            os._exit(1)
        os._exit(0)
    _, status, usage = os.wait4(child, 0)
    if status:
        raise SystemExit("A build failed.")
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return time.perf_counter() - began, usage.ru_utime + usage.ru_stime, max(usage.ru_maxrss - own, 0) / 1024


def main(sizes: list[int]) -> None:
    """Print the table."""
    print("| passages | change | wall | CPU | memory |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            start = Path(folder) / str(size)
            took = timed(start, Large.of(size // PAGE))
            count = open_current(start, load_vectors).manifest.counts["passages"]
            rows = [("first build", took)]
            for name, change in CHANGES.items():
                world = Large.of(size // PAGE)
                change(world)
                copy = Path(folder) / "copy"
                shutil.copytree(start, copy)
                rows.append((name, timed(copy, world)))
                shutil.rmtree(copy)
            for name, (wall, cpu, memory) in rows:
                print(f"| {count:,} | {name} | {wall:.1f} s | {cpu:.1f} s | {memory:.0f} MB |", flush=True)
            shutil.rmtree(start)


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [2_000, 20_000, 200_000])
