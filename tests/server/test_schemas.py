"""Generated answers through the command line: what a server words is verified, and a failure costs
nothing.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from conftest import Shelf, litsearch

pytestmark = pytest.mark.slow
QUESTION = "what is DoRA?"


@pytest.fixture
def server() -> Iterator[str]:
    """A model that copies the first quote, and then lies."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._send({"data": [{"id": "parrot"}]})

        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            first = next(
                line
                for line in asked["messages"][1]["content"].splitlines()
                if line.endswith("[1]")
            )
            said = f"{first.removeprefix('- ')} DoRA won 99 prizes [1]."
            self._send({"choices": [{"message": {"content": said}}]})

        def _send(self, body: object) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(body).encode())

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield f"http://127.0.0.1:{http.server_port}/v1"
        http.shutdown()
        thread.join()


def test_what_a_model_words_is_verified(shelf: Shelf, server: str) -> None:
    plain = shelf.json("ask", QUESTION)
    done = litsearch(
        *(shelf.folder, "ask", QUESTION, "--generator", "openai", "--json"),
        LITSEARCH_ANSWER_BASE_URL=server,
    )
    answer = json.loads(done.stdout)
    assert (answer["generator"], answer["status"]) == ("openai", "answered")
    assert answer["sentences"][0]["worded"]
    assert answer["citations"][0]["quote"] in plain["citations"][0]["quote"]
    assert "prizes" not in answer["answer"]
    assert "1 sentence of the language model left out" in answer["reason"]


def test_the_extractive_answer_stands_when_no_server_answers(shelf: Shelf) -> None:
    plain = shelf.json("ask", QUESTION)
    nowhere = {"LITSEARCH_ANSWER_BASE_URL": "http://127.0.0.1:9/v1"}
    done = litsearch(shelf.folder, "ask", QUESTION, "--generator", "openai", "--json", **nowhere)
    answer = json.loads(done.stdout)
    assert (answer["answer"], answer["generator"]) == (plain["answer"], "extractive")
    assert "No model server answers" in answer["reason"]
    told = litsearch(shelf.folder, "ask", QUESTION, "--generator", "openai", **nowhere)
    assert "No model server answers" in told.stderr
    assert "[1]" in told.stdout


def test_models_says_what_is_there(shelf: Shelf, server: str) -> None:
    found = {
        row["check"]: row
        for row in json.loads(
            litsearch(shelf.folder, "models", "--json", LITSEARCH_ANSWER_BASE_URL=server).stdout
        )
    }
    assert set(found) == {
        "embedder",
        "embedder to try",
        "query embedder",
        "reranker",
        "NLI model",
        "llama_cpp",
        "GGUF model",
        "openai",
    }
    assert "all-MiniLM-L6-v2" in found["embedder"]["message"]
    assert "parrot" in found["openai"]["message"]
    chosen = {
        "LITSEARCH_ANSWER_BASE_URL": "http://127.0.0.1:9/v1",
        "LITSEARCH_ANSWER_GENERATOR": "openai",
    }
    done = litsearch(shelf.folder, "models", check=False, **chosen)
    assert done.returncode == 1
    assert "BAD openai" in done.stdout
