"""What one would write with other libraries: index texts in a folder, open it again, search. All
with one model.

usage: engines.py NAME index|ask FOLDER MODEL, with texts.json, a list of strings, and queries.json
in the folder. `index` writes FOLDER/NAME; `ask` opens it, answers all queries, and prints
{"open_s", "took_ms", "found"} as JSON.
"""

from __future__ import annotations

import json
import os
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from litsearch.types import Hit

# as the command line of litsearch does; torch has its own threads
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ |= {
    "HF_HUB_OFFLINE": "1",
    "ANONYMIZED_TELEMETRY": "False",
    "HAYSTACK_TELEMETRY_ENABLED": "False",
}
K = 10
Search = Callable[[str], list[int]]  # the numbers of the best K texts


class Plain:
    """sentence-transformers and a flat FAISS index."""

    def index(self, texts: list[str], folder: Path, model: str) -> None:
        """Embed and keep the texts."""
        import faiss
        from sentence_transformers import SentenceTransformer

        vectors = SentenceTransformer(model, device="cpu").encode(texts, normalize_embeddings=True)
        flat = faiss.IndexFlatIP(vectors.shape[1])
        flat.add(vectors)
        faiss.write_index(flat, str(folder / "vectors.faiss"))

    def open(self, folder: Path, model: str) -> Search:
        """Return what finds in them, read from disk again."""
        import faiss
        from sentence_transformers import SentenceTransformer

        flat, encoder = (
            faiss.read_index(str(folder / "vectors.faiss")),
            SentenceTransformer(model, device="cpu"),
        )
        return lambda query: flat.search(encoder.encode([query], normalize_embeddings=True), K)[1][
            0
        ].tolist()


class Txtai:
    """txtai, dense as it comes."""

    hybrid = False

    def index(self, texts: list[str], folder: Path, model: str) -> None:
        """Embed and keep the texts."""
        from txtai import Embeddings

        made = Embeddings({"path": model, "hybrid": self.hybrid, "gpu": False})
        made.index(texts)
        made.save(str(folder / "index"))

    def open(self, folder: Path, model: str) -> Search:
        """Return what finds in them, read from disk again."""
        from txtai import Embeddings

        opened = Embeddings()
        opened.load(str(folder / "index"))
        return lambda query: [int(number) for number, _ in opened.search(query, K)]


class TxtaiHybrid(Txtai):
    """txtai with BM25 beside the vectors."""

    hybrid = True


class Chroma:
    """chromadb on disk, with its embedding function for sentence-transformers."""

    def index(self, texts: list[str], folder: Path, model: str) -> None:
        """Embed and keep the texts."""
        client, collection = self._collection(folder, model)
        step = client.get_max_batch_size()
        for start in range(0, len(texts), step):
            part = texts[start : start + step]
            collection.add(ids=[str(start + n) for n in range(len(part))], documents=part)

    def open(self, folder: Path, model: str) -> Search:
        """Return what finds in them, read from disk again."""
        _, collection = self._collection(folder, model)
        return lambda query: [
            int(name) for name in collection.query(query_texts=[query], n_results=K)["ids"][0]
        ]

    def _collection(self, folder: Path, model: str) -> tuple[Any, Any]:
        import chromadb
        from chromadb.utils.embedding_functions import SentenceTransformerEmbeddingFunction

        client = chromadb.PersistentClient(str(folder / "chroma"))
        function = SentenceTransformerEmbeddingFunction(
            model_name=model, device="cpu", normalize_embeddings=True
        )
        space = {"hnsw": {"space": "cosine"}}
        return client, client.get_or_create_collection(
            "texts", embedding_function=function, configuration=space
        )


class LlamaIndex:
    """llama-index with its own store of vectors."""

    def index(self, texts: list[str], folder: Path, model: str) -> None:
        """Embed and keep the texts."""
        from llama_index.core import VectorStoreIndex
        from llama_index.core.schema import TextNode

        nodes = [TextNode(id_=str(number), text=text) for number, text in enumerate(texts)]
        made = VectorStoreIndex(nodes, embed_model=self._model(model))
        made.storage_context.persist(str(folder / "index"))

    def open(self, folder: Path, model: str) -> Search:
        """Return what finds in them, read from disk again."""
        from llama_index.core import StorageContext, load_index_from_storage

        context = StorageContext.from_defaults(persist_dir=str(folder / "index"))
        opened = load_index_from_storage(context, embed_model=self._model(model)).as_retriever(
            similarity_top_k=K
        )
        return lambda query: [int(one.node.node_id) for one in opened.retrieve(query)]

    def _model(self, model: str) -> Any:
        from llama_index.embeddings.huggingface import HuggingFaceEmbedding

        return HuggingFaceEmbedding(model, device="cpu", embed_batch_size=32)


class Haystack:
    """haystack with its store in memory, saved to disk."""

    def index(self, texts: list[str], folder: Path, model: str) -> None:
        """Embed and keep the texts."""
        from haystack import Document
        from haystack.components.embedders import SentenceTransformersDocumentEmbedder
        from haystack.document_stores.in_memory import InMemoryDocumentStore
        from haystack.utils import ComponentDevice

        device = ComponentDevice.from_str("cpu")
        embedder = SentenceTransformersDocumentEmbedder(model, device=device, progress_bar=False)
        embedder.warm_up()
        store = InMemoryDocumentStore(embedding_similarity_function="cosine")
        documents = [Document(id=str(number), content=text) for number, text in enumerate(texts)]
        store.write_documents(embedder.run(documents)["documents"])
        store.save_to_disk(str(folder / "store.json"))

    def open(self, folder: Path, model: str) -> Search:
        """Return what finds in them, read from disk again."""
        from haystack.components.embedders import SentenceTransformersTextEmbedder
        from haystack.components.retrievers.in_memory import InMemoryEmbeddingRetriever
        from haystack.document_stores.in_memory import InMemoryDocumentStore
        from haystack.utils import ComponentDevice

        embedder = SentenceTransformersTextEmbedder(
            model, device=ComponentDevice.from_str("cpu"), progress_bar=False
        )
        embedder.warm_up()
        store = InMemoryDocumentStore.load_from_disk(str(folder / "store.json"))
        retriever = InMemoryEmbeddingRetriever(store, top_k=K)

        def search(query: str) -> list[int]:
            found = retriever.run(query_embedding=embedder.run(query)["embedding"])
            return [int(document.id) for document in found["documents"]]

        return search


class Litsearch:
    """litsearch in the same process; `litsearch build` has made the library in the folder."""

    def index(self, texts: list[str], folder: Path, model: str) -> None:
        """Leave it to `litsearch build`."""

    def open(self, folder: Path, model: str) -> Search:
        """Return what finds in them, read from disk again."""
        from litsearch.app.library import open_library
        from litsearch.config import load_config

        self.library = open_library(folder, load_config(folder))
        if os.environ.get("FIRST") != "1":
            self.library.warm_up()  # as a service does
        return lambda query: [_number(hit) for hit in self.library.search(query, k=K).hits]


def _number(hit: Hit) -> int:
    """Return the number of the text that a hit is of, as its file is called."""
    match = re.search(r"(\d+)\.txt$", hit.source.url or "")
    return int(match[1]) if match else 0


class Floor(Litsearch):
    """What no search can do without: the query's vector, and its product with all others."""

    def open(self, folder: Path, model: str) -> Search:
        """Return what finds in them, read from disk again."""
        super().open(folder, model)
        library = self.library

        def search(query: str) -> list[int]:
            _, rows = library.generation.vectors.search(library._embed_query(query), K)
            found: list[int] = rows.tolist()
            return found

        return search


class Engine(Protocol):
    """What is compared: it keeps texts, and finds in them."""

    def index(self, texts: list[str], folder: Path, model: str) -> None:
        """Embed and keep the texts."""

    def open(self, folder: Path, model: str) -> Search:
        """Return what finds in them, read from disk again."""


ENGINES: dict[str, Callable[[], Engine]] = {
    "litsearch": Litsearch,
    "embedding the query, exact scan": Floor,
    "sentence-transformers + faiss": Plain,
    "txtai": Txtai,
    "txtai, hybrid": TxtaiHybrid,
    "chromadb": Chroma,
    "llama-index": LlamaIndex,
    "haystack": Haystack,
}
OURS = ("litsearch", "embedding the query, exact scan")


def main(name: str, action: str, folder: Path, model: str) -> None:
    """Index, or open and ask."""
    home, engine = folder / ("litsearch" if name in OURS else name), ENGINES[name]()
    if action == "index":
        home.mkdir()
        engine.index(json.loads((folder / "texts.json").read_text("utf-8")), home, model)
        return
    began = time.perf_counter()
    search = engine.open(home, model)
    queries = json.loads((folder / "queries.json").read_text("utf-8"))[
        : int(os.environ.get("FIRST", "1000000"))
    ]
    found, took = [], []
    for query in queries:
        asked = time.perf_counter()
        found.append(search(query))
        took.append((time.perf_counter() - asked) * 1000)
    print(json.dumps({"open_s": asked - began, "took_ms": took, "found": found}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]), sys.argv[4])
