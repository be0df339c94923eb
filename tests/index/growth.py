"""Grows generated libraries, and measures what their size costs a search and a rebuild.

    scripts/growth [PASSAGES…]

Keeps what it measures in docs/growth.json, draws docs/growth.svg, and prints two Markdown tables of
all that is there. The texts are generated, with words as frequent as Zipf's law has them, and their
vectors are drawn (see Drawn), so that a million passages need no embedding of theirs; queries are
embedded by the model. Each build is a process of its own, which forks from this one: its memory is
the most that it held more than this. Cold searches are whole command lines; warm ones are asked of
one process, whose memory is all that is resident in it.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from index.curves import drawn
from index.living import World, entry
from msgspec.structs import replace as replaced

from litsearch.app.embedding import export
from litsearch.app.factories import embedder_facts, load_vectors, vectors_for
from litsearch.app.library import open_library
from litsearch.config import Config, load_config
from litsearch.index.build import build
from litsearch.index.current import current_id
from litsearch.index.embedding_store import EmbeddingStore, key_of
from litsearch.index.generation import open_current
from litsearch.index.manifest import Facts, RowFile
from litsearch.index.write import Tools
from litsearch.models.model_folder import BiEncoder
from litsearch.protocols import VectorIndex

PAGE = 100  # passages of a page
QUERIES = 100
COLD = 5
TRUTH = "truth.npy"  # the vectors before they are rounded
FIGURES = Path(__file__).parents[2] / "docs" / "growth.json"
SAME = 0.1  # a measurement replaces one of up to so much more or fewer passages
_BEGINNINGS = "ba ke mi no ru sta ve fo li qua gre dy hu pla so tri we zo cu ja".split()
_MIDDLES = "lor n tis ra mu ve dok sil per gan ti bo ster fa lem rin co du phe wa".split()
_ENDS = ("", *"de gan ing ly o s tion ume x al er ic ous ment".split())
_WORDS = [
    f"{a}{b}{c}{d}"
    for a in _BEGINNINGS
    for b in _MIDDLES
    for c in ("", *_MIDDLES[:9])
    for d in _ENDS
]
random.Random(1).shuffle(_WORDS)
_SUMS = np.cumsum([1 / (n + 3) for n in range(len(_WORDS))]).tolist()


class Drawn:
    """Vectors for generated texts: a page's around those of its topic, a sentence's around its
    page's.

    Of 50,000 the ten nearest to a query are found by 0.98; among vectors made of a real library's,
    by adding the difference of two passages of one source to a third passage, by 0.97 to 0.98, for
    passages and for questions.
    """

    window = 64

    def __init__(self, about: BiEncoder) -> None:
        self.fingerprint, self.dim = about.fingerprint, about.dim
        rng = np.random.default_rng(1)
        turn = np.linalg.qr(rng.standard_normal((self.dim, self.dim)))[0]
        falling = (np.arange(1, self.dim + 1) ** -0.4)[:, None] * turn
        self._topics, self._pages, self._texts = (
            _units(rng.standard_normal((count, self.dim)) @ falling)
            for count in (400, 1 << 14, 1 << 15)
        )

    def embed_passages(self, texts: list[str]) -> np.ndarray:
        """By the hash of each text, and of the word that it begins with, which names its page."""
        numbers = np.frombuffer(b"".join(key_of(one) for one in texts), "<u4").reshape(
            len(texts), -1
        )
        pages = np.frombuffer(
            b"".join(key_of(one.partition(" ")[0]) for one in texts), "<u4"
        ).reshape(len(texts), -1)
        own = (
            self._texts[numbers[:, 0] % len(self._texts)]
            + self._texts[numbers[:, 1] % len(self._texts)]
        )
        of_page = (
            self._pages[pages[:, 0] % len(self._pages)]
            + self._topics[pages[:, 1] % len(self._topics)]
        )
        return _units(of_page + 0.8 * own)

    def embed_query(self, text: str) -> np.ndarray:
        return self.embed_passages([text])[0]


def _units(matrix: np.ndarray) -> np.ndarray:
    return (matrix / np.linalg.norm(matrix, axis=1, keepdims=True)).astype(np.float32)


@dataclass
class Large(World):
    """A library of so many generated pages, in a folder of its own."""

    home: Path = Path()
    embedder: Drawn | None = None

    @staticmethod
    def of(pages: int, home: Path) -> Large:
        (home / "config" / "lists").mkdir(parents=True)
        (home / "index").mkdir()
        names = [f"page{n}" for n in range(pages)]
        settings = Config().embedder
        folder, about = embedder_facts(Config())
        export(home / "index", folder, about)
        facts = replaced(Facts("", settings.model, about.dim, "1", "1"), embedder=about.fingerprint)
        entries = [entry(n, name) for n, name in enumerate(names)]
        return Large(
            entries, {name: page(name) for name in names}, facts, home=home, embedder=Drawn(about)
        )

    def rebuild(self, keep_truth: bool) -> None:
        """Bring the index up to date."""
        index = self.home / "index"
        live = open_current(index, load_vectors) if current_id(index) else None
        if live is not None and live.check():
            raise SystemExit("The index is damaged.")
        made_for = partial(vectors_for, index)
        with (
            closing(
                EmbeddingStore(index / "embeddings.sqlite", self.facts.embedder, self.facts.dim)
            ) as store,
            RowFile(
                self.home / TRUTH if keep_truth else Path(os.devnull), self.facts.dim, np.float16
            ) as truth,
        ):
            if keep_truth:
                made_for = partial(_noted, truth, made_for)
            tools = Tools(self.facts, store, self.embedder, _count, 64, made_for)
            build(index, self.sources(), self.ingest, live, tools)


def _count(texts: list[str]) -> list[int]:
    return [len(one.split()) for one in texts]


def _noted(truth: RowFile, made_for: Callable[..., VectorIndex], *wanted: object) -> VectorIndex:
    """The same index, of which every row is written down too."""
    index = made_for(*wanted)
    add = index.add
    index.add = lambda matrix: (truth.append(matrix), add(matrix))[1]
    return index


def page(name: str) -> str:
    """Paragraphs of sentences that no other page has."""
    rng = random.Random(name)
    words = iter(rng.choices(_WORDS, cum_weights=_SUMS, k=PAGE * 60))

    def sentence(n: int) -> str:
        return (
            " ".join(
                [name.capitalize(), f"n{n}", *(next(words) for _ in range(rng.randint(8, 26)))]
            )
            + "."
        )

    lines = [sentence(n) for n in range(PAGE * 10 // 7)]
    return "\n\n".join(" ".join(lines[n : n + 4]) for n in range(0, len(lines), 4))


def queries() -> list[str]:
    """Five words each that are neither the most frequent nor hardly ever there, as those of
    questions are.
    """
    rng = random.Random(2)
    return [
        " ".join(rng.choice(_WORDS[20 : 10 ** rng.randint(2, 4)]) for _ in range(5))
        for _ in range(QUERIES)
    ]


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
    "a remark edited": lambda world: world.edit(
        len(world.entries) // 3, remark="quite another remark on it"
    ),
    "one article added": add,
    "a sentence of one edited": edit,
    "one article removed": lambda world: world.entries.pop(len(world.entries) // 3),
}


def timed(world: Large, *, keep_truth: bool = False) -> tuple[float, float, float]:
    """Wall seconds, CPU seconds and MB of a rebuild in a process of its own, without those of what
    it starts with.
    """
    began, child = time.perf_counter(), os.fork()
    if child == 0:
        try:
            world.rebuild(keep_truth)
        except BaseException as error:  # noqa: BLE001 - whatever it was, the child ends here
            print(f"{type(error).__name__}: {error}", file=sys.stderr)
            os._exit(1)
        os._exit(0)
    _, status, usage = os.wait4(child, 0)
    if status:
        raise SystemExit("A build failed.")
    return (
        time.perf_counter() - began,
        usage.ru_utime + usage.ru_stime,
        max(usage.ru_maxrss / 1024 - _resident(), 0),
    )


def _resident() -> float:
    """MB of this process that are in memory now."""
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return int(status["VmRSS"].split()[0]) / 1024


def recall(world: Large) -> float:
    """The share of the ten nearest passages that are found, for queries drawn as passages of
    further pages.
    """
    index = load_vectors(open_current(world.home / "index", load_vectors).folder / "vectors.faiss")
    truth = np.load(world.home / TRUTH, mmap_mode="r")
    names = [
        f"Page{n} further"
        for n in range(0, len(world.entries), max(1, len(world.entries) // QUERIES))
    ]
    asked = world.embedder.embed_passages(names[:QUERIES])
    scores, rows = np.empty((len(asked), 0), np.float32), np.empty((len(asked), 0), np.int64)
    for start in range(0, len(truth), 1 << 14):
        more = asked @ truth[start : start + (1 << 14)].astype(np.float32).T
        scores = np.concatenate([scores, more], axis=1)
        rows = np.concatenate(
            [rows, np.broadcast_to(np.arange(start, start + more.shape[1]), more.shape)], axis=1
        )
        best = np.argpartition(-scores, 9, axis=1)[:, :10]
        scores, rows = (
            np.take_along_axis(scores, best, axis=1),
            np.take_along_axis(rows, best, axis=1),
        )
    found = [index.search(query, 10)[1].tolist() for query in asked]
    return float(
        np.mean(
            [len(set(one) & set(best)) / 10 for one, best in zip(found, rows.tolist(), strict=True)]
        )
    )


def warm(home: Path) -> None:
    """Print the milliseconds of a search: of processor time, of all, 95 %; and the MB that are
    resident after them.
    """
    with open_library(home, load_config(home)) as library:
        library.warm_up()
        worked, took = (
            time.process_time(),
            [_milliseconds(partial(library.search, query)) for query in queries()],
        )
        worked = (time.process_time() - worked) * 1000 / len(took)
    print(json.dumps([worked, *np.quantile(took, (0.5, 0.95)), _resident()]))


def cold(home: Path) -> float:
    """Seconds of a whole `litsearch search`, median."""
    command = [sys.executable, "-m", "litsearch", "--library", str(home), "search", "--json"]
    calls = [
        partial(subprocess.run, [*command, query], check=True, stdout=-3)
        for query in queries()[:COLD]
    ]
    return float(np.median([_milliseconds(call) for call in calls])) / 1000


def _milliseconds(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return (time.perf_counter() - began) * 1000


def searched(world: Large) -> dict[str, Any]:
    """What searches of a library take, what they find, and what it takes on the disk and in memory."""
    live = open_current(world.home / "index", load_vectors)
    count, files = live.manifest.counts["passages"], live.manifest.files
    apart = [sys.executable, "-m", "index.growth", "--warm", str(world.home)]
    worked, median, slow, resident = json.loads(
        subprocess.run(apart, check=True, capture_output=True, text=True).stdout
    )
    return {
        "passages": count,
        "warm_ms": median,
        "slow_ms": slow,
        "cpu_ms": worked,
        "cold_s": cold(world.home),
        "recall": recall(world),
        "vector_bytes": files["vectors.faiss"].size / count,
        "sentence_bytes": files["sentences.npy"].size / count,
        "catalog_bytes": files["catalog.sqlite"].size / count,
        "bytes": sum(one.size for one in files.values()) / count,
        "resident_mb": resident,
    }


def changed(world: Large) -> dict[str, tuple[float, float, float]]:
    """What each change costs to bring the index up to date with."""
    found = {}
    for name, change in CHANGES.items():
        change(world)
        found[name] = timed(world)
    return found


def tables(rows: list[dict[str, Any]]) -> str:
    """What was measured of searches, and of rebuilds, as Markdown."""
    heads = "passages | warm search | 95 % | cold search | R@10 | bytes a vector | all bytes | resident | one article"
    searches = [
        f"| {row['passages']:,} | {row['warm_ms']:.0f} ms | {row['slow_ms']:.0f} ms | {row['cold_s']:.2f} s"
        f" | {row['recall']:.3f} | {row['vector_bytes']:.0f} | {row['bytes']:,.0f} | {row['resident_mb']:.0f} MB"
        f" | {row['article_s']:.1f} s |"
        for row in rows
    ]
    sizes = " | ".join(f"{row['passages']:,}" for row in rows)
    changes = dict.fromkeys(change for row in rows for change in row["rebuilds"])
    rebuilds = [
        f"| {name} | {' | '.join(_seconds(row['rebuilds'].get(name)) for row in rows)} |"
        for name in changes
    ]
    one = [f"| {heads} |", f"|{'---|' * 9}", *searches]
    other = [
        f"| processor time of a rebuild | {sizes} |",
        f"|{'---|' * (len(rows) + 1)}",
        *rebuilds,
    ]
    return "\n".join([*one, "", *other])


def _seconds(cpu: float | None) -> str:
    return "" if cpu is None else f"{cpu:.1f} s"


def keep(row: dict[str, Any]) -> list[dict[str, Any]]:
    """Put a measurement into docs/growth.json, in the place of one of as many passages, and draw
    all that is there.
    """
    rows = json.loads(FIGURES.read_text("utf-8")) if FIGURES.exists() else []
    rows = [one for one in rows if abs(one["passages"] / row["passages"] - 1) > SAME] + [row]
    rows.sort(key=lambda one: one["passages"])
    FIGURES.write_text(json.dumps(rows, indent=1) + "\n", "utf-8")
    FIGURES.with_suffix(".svg").write_text(drawn(rows), "utf-8")
    return rows


def main(sizes: list[int]) -> None:
    """Measure each size; print the tables of all sizes measured so far."""
    rows: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            world = Large.of(size // PAGE, Path(folder) / str(size))
            first = timed(world, keep_truth=True)
            row, changes = searched(world), changed(world)
            row["article_s"] = changes["one article added"][0]
            row["rebuilds"] = {
                name: cpu for name, (_, cpu, _) in {"first build": first, **changes}.items()
            }
            row["most_mb"] = max(memory for _, _, memory in changes.values())
            rows = keep(row)
            print(f"{row['passages']:,} passages measured", file=sys.stderr, flush=True)
            shutil.rmtree(world.home)
    print(tables(rows))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--warm"]:
        warm(Path(sys.argv[2]))
    else:
        main([int(size) for size in sys.argv[1:]] or [2_000, 20_000, 200_000])
