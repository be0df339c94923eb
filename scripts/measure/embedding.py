"""Embedding in bulk against sentence-transformers' plain encode: usage scripts/run embedding
LIBRARY [TEXTS].

The same texts in turn, as a build embeds them: sentences of the library, and openings of its
sources. Prints a Markdown table: texts a second, the median of the ratios, how near the vectors
are, and how well each finds a text by two words of three.
"""

import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from litsearch.app.embedding import TorchEmbedder
from litsearch.app.library import open_library
from litsearch.config import load_config
from litsearch.models import model_folder

ROUNDS = 3
OPENING = 1400  # characters
QUERIES = 400


def texts_of(library: Path, count: int) -> list[str]:
    """Sentences, and one opening to twenty of them, drawn from the library."""
    texts, openings = [], []
    with open_library(library, load_config(library)) as opened:
        for row in opened.catalog.sources():
            source = row.source_id
            text = opened.catalog.document(source).text
            openings.append(text[:OPENING])
            for passage in opened.catalog.passages_of(source):
                texts += [text[unit.start : unit.end] for unit in passage.sentences]
    draw = random.Random(1)
    return draw.sample(sorted(set(texts)), count - count // 20) + draw.choices(
        openings, k=count // 20
    )


def seconds(
    embed: Callable[[list[str]], np.ndarray], texts: list[str]
) -> tuple[tuple[float, float], np.ndarray]:
    """How long it takes, in time and in processor time, and the vectors."""
    began = time.perf_counter(), time.process_time()
    vectors = embed(texts)
    return (time.perf_counter() - began[0], time.process_time() - began[1]), vectors


def ndcg(queries: np.ndarray, vectors: np.ndarray) -> float:
    """nDCG@10 of finding the first texts, one right text a query."""
    scores = queries @ vectors.T
    ranks = (scores > scores[np.arange(len(queries)), np.arange(len(queries))][:, None]).sum(
        axis=1
    ) + 1
    return float(np.where(ranks <= 10, 1 / np.log2(ranks + 1), 0).mean())


def main(library: Path, count: int) -> None:
    """Print the table."""
    import torch
    from sentence_transformers import SentenceTransformer

    settings = load_config(library).embedder
    folder = model_folder.find_model(settings.model)
    texts = texts_of(library, count)
    threads = torch.get_num_threads()
    plain = SentenceTransformer(str(folder), device="cpu")
    ours = TorchEmbedder(folder, model_folder.describe(folder))

    def encode(part: list[str]) -> np.ndarray:
        torch.set_num_threads(threads)
        vectors: np.ndarray = plain.encode(part, normalize_embeddings=True, show_progress_bar=False)
        torch.set_num_threads(1)
        return vectors

    took: dict[str, list[tuple[float, float]]] = {"plain encode": [], "litsearch": []}
    encode(texts[:64]), ours.embed_passages(texts[:64])
    for _ in range(ROUNDS):
        before, theirs = seconds(encode, texts)
        after, mine = seconds(ours.embed_passages, texts)
        took["plain encode"].append(before)
        took["litsearch"].append(after)
    cosine = (theirs * mine).sum(axis=1)
    ratios = zip(
        *([(a / b, c / d) for (a, c), (b, d) in zip(*took.values(), strict=True)]), strict=True
    )
    faster, cheaper = map(statistics.median, ratios)
    print(f"{count} texts, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}\n")
    print("| | texts a second | processor seconds |\n|---|---|---|")
    for name, rounds in took.items():
        wall, processor = map(statistics.median, zip(*rounds, strict=True))
        print(f"| {name} | {count / wall:.0f} | {processor:.1f} |")
    print(f"\n{faster:.1f} times as fast, with {cheaper:.1f} times less processor time;", end=" ")
    print(f"cosine with plain encode {cosine.min():.5f} at least, {cosine.mean():.5f} on average.")
    asked = encode(
        [" ".join(word for n, word in enumerate(text.split()) if n % 3) for text in texts[:QUERIES]]
    )
    print(
        f"nDCG@10 {ndcg(asked, theirs):.4f} by plain encode, {ndcg(asked, mine):.4f} by litsearch."
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 4_000)
