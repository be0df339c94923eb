"""Is litsearch ahead of plain tools? Usage: scripts/run baselines BEIR_DIR RUN.json. Prints a
Markdown table.

RUN.json is what `litsearch eval --beir BEIR_DIR --runs DIR` wrote. The plain ways, over title and
text as one: one vector a document by the default embedder, through sentence-transformers; BM25
(Lucene's, k1 1.5, b 0.75, English stemming, grammar's words dropped); both by reciprocal ranks (k =
60); both by min-max scores, 0.7 of the vectors'. Differences are those of litsearch to each, with
95 % intervals, paired by query.
"""

import argparse
import math
from collections import Counter
from pathlib import Path

import numpy as np

from litsearch.config import Config
from litsearch.evaluation.collections import read_collection
from litsearch.evaluation.measures import by_query
from litsearch.evaluation.runs import (
    compare,
    read_table,
)
from litsearch.languages import STOPWORDS
from litsearch.models.model_folder import find_model
from litsearch.retrieval.fusion import min_max
from litsearch.text import terms

K1, B, K, DENSE, DEPTH = 1.5, 0.75, 60, 0.7, 1000
MEASURES = ("nDCG@10", "R@100")


def bm25(texts: list[str], queries: list[str]) -> np.ndarray:
    """Scores, shape (queries, texts)."""
    counts = [Counter(bag(text)) for text in texts]
    lengths = np.array([sum(one.values()) for one in counts], float)
    penalty = K1 * (1 - B + B * lengths / lengths.mean())
    lists: dict[str, list[tuple[int, int]]] = {}
    for row, one in enumerate(counts):
        for term, count in one.items():
            lists.setdefault(term, []).append((row, count))
    scores = np.zeros((len(queries), len(texts)))
    for place, query in enumerate(queries):
        for term in set(bag(query)) & lists.keys():
            rows, found = np.array(lists[term]).T
            idf = math.log1p((len(texts) - len(rows) + 0.5) / (len(rows) + 0.5))
            scores[place, rows] += idf * found / (found + penalty[rows])
    return scores


def bag(text: str) -> list[str]:
    """Return the stems of a text but for grammar."""
    words = [
        word for word in text.split() if word.strip(".,;:!?()").casefold() not in STOPWORDS["en"]
    ]
    return terms(" ".join(words))


def cosines(texts: list[str], queries: list[str]) -> np.ndarray:
    """Scores, shape (queries, texts)."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(find_model(Config().embedder.model)), device="cpu")
    documents = model.encode(texts, normalize_embeddings=True, batch_size=64)
    return np.asarray(model.encode(queries, normalize_embeddings=True) @ documents.T)


def reciprocal_ranks(scores: np.ndarray) -> np.ndarray:
    """Reciprocal rank fusion's share of each text, for one query; nothing beyond DEPTH or for a
    score of 0.
    """
    order = np.argsort(-scores, kind="stable")[:DEPTH]
    shares = np.zeros(len(scores))
    shares[order] = 1 / (K + 1 + np.arange(len(order)))
    return np.where(scores > 0, shares, 0)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("beir", type=Path)
    parser.add_argument("run", type=Path)
    args = parser.parse_args()
    collection, ours = read_collection(args.beir), read_table(args.run)
    names = [item.source.source_id for item in collection.documents]
    texts = [f"{one.title} {one.text}" for item in collection.documents if (one := item.document)]
    lexical, dense = (way(texts, list(collection.queries.values())) for way in (bm25, cosines))
    ways = {
        "BM25": lexical,
        "one vector": dense,
        "both, RRF": np.array(
            [reciprocal_ranks(a) + reciprocal_ranks(b) for a, b in zip(lexical, dense, strict=True)]
        ),
        "both, min-max": np.array(
            [
                (1 - DENSE) * min_max(a) + DENSE * min_max(b)
                for a, b in zip(lexical, dense, strict=True)
            ]
        ),
    }
    print(f"{len(names)} documents, {len(collection.queries)} queries\n")
    print(f"| way | {' | '.join(f'{one} | litsearch | p' for one in MEASURES)} |")
    print("|---|" + "---|---|---|" * len(MEASURES))
    for way, scores in ways.items():
        run = {}
        for query, row in zip(collection.queries, scores, strict=True):
            best = np.argsort(-row, kind="stable")[:100]
            run[query] = {
                names[place]: 1 / rank
                for rank, place in enumerate(best.tolist(), 1)
                if row[place] > 0
            }
        found = compare(ours, by_query(collection.qrels, run))
        cells = [
            f"{one['before']:.3f} | {one['difference']:+.3f} ({one['low']:+.3f} to {one['high']:+.3f}) | {one['p']:.3f}"
            for one in (found[measure] for measure in MEASURES)
        ]
        print(f"| {way} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
