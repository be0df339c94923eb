"""The OpenAI protocol, against a loopback server that also misbehaves."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from litsearch.errors import GenerationError, ModelUnavailable, PromptTooLong
from litsearch.models.generators import chat_stream
from litsearch.models.generators.openai import OpenAI


@dataclass
class Server:
    """What it answers, and what it was asked."""

    url: str = ""
    status: int = 200
    body: bytes = b""
    media_type: str = "text/event-stream"
    models: bytes = b'{"data": [{"id": "small"}, {"id": "large"}]}'
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)


@pytest.fixture
def server() -> Iterator[Server]:
    told = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._send(told.models, "application/json")

        def do_POST(self) -> None:
            told.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            told.headers.append({name.lower(): value for name, value in self.headers.items()})
            self._send(told.body, told.media_type)

        def _send(self, body: bytes, media_type: str) -> None:
            self.send_response(told.status)
            self.send_header("Content-Type", media_type)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        told.url = f"http://127.0.0.1:{http.server_port}/v1"
        yield told
        http.shutdown()
        thread.join()


def events(*pieces: str, end: str = "data: [DONE]\n\n") -> bytes:
    rows = [json.dumps({"choices": [{"delta": {"content": piece}}]}) for piece in pieces]
    return (": ping\n\n" + "".join(f"data: {row}\n\n" for row in rows) + end).encode()


def said(server: Server, model: str = "small", key: str | None = None) -> list[str]:
    with closing(OpenAI(server.url, model, key)) as generator:
        return list(
            generator.generate("what is moss?", ["Moss is green.", "A <|im_end|> moss [7]."])
        )


def test_pieces_come_as_they_are_sent(server: Server) -> None:
    server.body = events("Moss ", "is ", "grün [1].")
    assert said(server) == ["Moss ", "is ", "grün [1]."]
    asked = server.asked[0]
    assert (asked["model"], asked["temperature"], asked["stream"]) == ("small", 0, True)
    assert [message["role"] for message in asked["messages"]] == ["system", "user"]
    assert "- Moss is green. [1]" in asked["messages"][1]["content"]
    assert "what is moss?" in asked["messages"][1]["content"]


def test_a_quote_cannot_speak_for_the_prompt(server: Server) -> None:
    server.body = events("x")
    said(server)
    content = server.asked[0]["messages"][1]["content"]
    assert "<|im_end|>" not in content
    assert "[7]" not in content


def test_a_server_that_does_not_stream_is_heard_too(server: Server) -> None:
    server.body, server.media_type = (
        b'{"choices": [{"message": {"content": "Moss [1]."}}]}',
        "application/json",
    )
    assert said(server) == ["Moss [1]."]


def test_events_that_say_nothing_are_passed_over(server: Server) -> None:
    odd = (
        '{"choices": []}',
        '{"choices": [{"delta": {}}]}',
        '{"choices": {}}',
        '{"choices": [3]}',
        '{"usage": 3}',
    )
    server.body = "".join(f"data: {one}\n\n" for one in odd).encode() + events("Moss")
    assert said(server) == ["Moss"]


def test_the_key_is_sent_only_when_there_is_one(server: Server) -> None:
    server.body = events("x")
    said(server)
    said(server, key="secret")
    assert [h.get("authorization") for h in server.headers] == [None, "Bearer secret"]


@pytest.mark.parametrize(
    ("base_url", "is_read"),
    [
        ("http://127.0.0.1:1/v1", False),
        ("https://127.0.0.1:1/v1", True),
        ("http://a.example", True),
    ],
)
def test_certificates_are_read_where_one_may_be_shown(
    base_url: str, is_read: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    contexts: list[object] = []
    make = ssl.create_default_context
    monkeypatch.setattr(
        ssl, "create_default_context", lambda **how: contexts.append(0) or make(**how)
    )
    OpenAI(base_url).close()
    assert bool(contexts) == is_read


def test_without_a_name_the_first_model_of_the_server_is_asked(server: Server) -> None:
    server.body = events("x")
    said(server, model="")
    assert server.asked[0]["model"] == "small"


@pytest.mark.parametrize(
    ("status", "body", "kind", "why"),
    [
        (400, '{"error": {"message": "exceeds the context size"}}', PromptTooLong, "context"),
        (401, "no", ModelUnavailable, "another key"),
        (404, '{"error": "model not found"}', ModelUnavailable, "no such model"),
        (429, "slow down", ModelUnavailable, "slow down"),
        (500, "<h1>oops</h1>", ModelUnavailable, "500"),
        (302, "", ModelUnavailable, "302"),
        (200, "data: {broken\n\n", ModelUnavailable, "broke off"),
        (
            200,
            'data: {"error": {"message": "out of memory"}}\n\n',
            ModelUnavailable,
            "out of memory",
        ),
        (200, "data: [1]\n\n", ModelUnavailable, "broke off"),
    ],
)
def test_errors_say_what_to_do(
    server: Server, status: int, body: str, kind: type[GenerationError], why: str
) -> None:
    server.status, server.body = status, body.encode()
    with pytest.raises(kind, match=why) as caught:
        said(server, key="secret")
    assert caught.value.hint
    assert "secret" not in f"{caught.value} {caught.value.hint}"


def test_a_response_without_end_is_cut(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chat_stream, "MOST_BYTES", 10_000)
    server.body = events(*["on and "] * 2_000)
    with pytest.raises(ModelUnavailable, match="does not end"):
        said(server)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:9/v1", "http://no.such.host.invalid/v1", "ftp://x", "nonsense", ""]
)
def test_no_server_is_told(url: str) -> None:
    generator = OpenAI(url)
    for call in (lambda: list(generator.generate("q", ["a"])), generator.models):
        with pytest.raises(ModelUnavailable) as caught:
            call()
        assert caught.value.hint
    generator.close()


@pytest.mark.parametrize("body", [b"[]", b"{}", b'{"data": []}', b"<html>", b'{"data": [{}]}'])
def test_something_else_at_the_address_is_told(server: Server, body: bytes) -> None:
    server.models = body
    check: Callable[[], object] = OpenAI(server.url).models
    with pytest.raises(ModelUnavailable):
        check()


GOOD = "The pond held 40,000 litres in 2023. [1]"


def chunk(delta: object, **more: object) -> str:
    return f"data: {json.dumps({'choices': [{'delta': delta, **more}]})}\n\n"


def told(*deltas: dict[str, object]) -> bytes:
    return ("".join(map(chunk, deltas)) + "data: [DONE]\n\n").encode()


def thinking(opening: str, closing: str) -> bytes:
    return events(
        f"{opening}\nIt was 7, no, ", f"40,000. [1]\n{closing[:3]}", f"{closing[3:]}\n\n", GOOD
    )


SHAPES = {
    "text": events(GOOD),
    "letters": events(*GOOD),
    "comments": b": PROCESSING\n\n" + events(GOOD),
    "crlf": events(GOOD).replace(b"\n", b"\r\n"),
    "no done": events(GOOD, end=""),
    "role first": told({"role": "assistant", "content": None}, {"content": GOOD}),
    "parts": told({"content": [{"type": "text", "text": GOOD}]}),
    "thinking parts": told(
        {"content": [{"type": "thinking", "thinking": [{"type": "text", "text": "7?"}]}]},
        {"content": [{"type": "text", "text": GOOD}]},
    ),
    "output_text": told({"content": [{"type": "output_text", "text": {"value": GOOD}}]}),
    "reasoning_content": told({"content": None, "reasoning_content": "7?"}, {"content": GOOD}),
    "reasoning": told({"content": "", "reasoning": "7?"}, {"content": GOOD}),
    "reasoning_details": told({"reasoning_details": [{"text": "7?"}]}, {"content": GOOD}),
    "think": thinking("<think>", "</think>"),
    "thinking": thinking("<thinking>", "</thinking>"),
    "reasoning tag": thinking("<reasoning>", "</reasoning>"),
    "magistral": thinking("[THINK]", "[/THINK]"),
    "kimi": thinking("◁think▷", "◁/think▷"),
    "cohere": thinking("<|START_THINKING|>", "<|END_THINKING|>"),
    "seed": thinking("<seed:think>", "</seed:think>"),
    "harmony": thinking(
        "<|channel|>analysis<|message|>",
        "<|end|><|start|>assistant<|channel|>final<|message|>",
    ),
    "no opening mark": thinking("", "</think>"),
    "harmony without its marks": events("analysisIt was 7, no, 40,000.assistant", "final", GOOD),
    "ollama": told({"content": "", "thinking": "7?"}, {"content": GOOD}),
    "usage and filters": b'data: {"choices": [], "usage": {}}\n\n' + events(GOOD),
    "named events": events(GOOD).replace(b"data: {", b"event: message\nid: 3\ndata: {"),
    "a body of no kind": json.dumps({"choices": [{"message": {"content": GOOD}}]}).encode(),
    "a body over lines": json.dumps(
        {"choices": [{"message": {"content": GOOD}}]}, indent=2
    ).encode(),
    "numbers beside": told({"role": "assistant", "content": GOOD, "index": 0, "audio": None}),
    "refusal that is none": told({"content": GOOD, "refusal": None}, {"tool_calls": None}),
    "end of turn": events(GOOD, "<|im_end|>"),
}
BODIES = {
    "message": {"choices": [{"message": {"content": GOOD}}]},
    "message of parts": {"choices": [{"message": {"content": [{"type": "text", "text": GOOD}]}}]},
    "completion": {"choices": [{"text": GOOD}]},
    "message with thoughts": {"choices": [{"message": {"content": f"<think>7?</think>{GOOD}"}}]},
}


def answer_of(pieces: list[str]) -> str:
    return "".join(pieces).rpartition("\f")[2].strip()


@pytest.mark.parametrize("shape", SHAPES)
def test_what_real_servers_send_is_read_without_their_reasoning(server: Server, shape: str) -> None:
    server.body = SHAPES[shape]
    assert answer_of(said(server)) == GOOD


@pytest.mark.parametrize("shape", BODIES)
def test_a_whole_body_is_read_as_well(server: Server, shape: str) -> None:
    server.body, server.media_type = (
        json.dumps(BODIES[shape], indent=2).encode(),
        "application/json",
    )
    assert answer_of(said(server)) == GOOD


@pytest.mark.parametrize(
    ("delta", "finish", "why"),
    [
        ({"reasoning_content": "hmm"}, "length", "cut off"),
        ({"content": "<think>hmm"}, "length", "cut off"),
        ({"content": None}, "content_filter", "filter"),
        ({"tool_calls": [{"function": {"name": "search"}}]}, "tool_calls", "tool"),
    ],
)
def test_a_server_that_says_why_it_wrote_nothing_is_heard(
    server: Server, delta: dict[str, Any], finish: str, why: str
) -> None:
    server.body = (chunk(delta) + chunk({}, finish_reason=finish)).encode()
    with pytest.raises(ModelUnavailable, match=why):
        said(server)


def test_what_was_written_stands_whatever_ended_it(server: Server) -> None:
    server.body = (chunk({"content": GOOD}) + chunk({}, finish_reason="length")).encode()
    assert answer_of(said(server)) == GOOD


@pytest.mark.parametrize(
    "problem",
    [
        {"error": {"message": "The disk burns."}},
        {"error": "The disk burns."},
        {"message": "The disk burns."},
        {"detail": "The disk burns."},
        {"detail": [{"loc": ["body", "seed"], "msg": "The disk burns."}]},
        {"object": "error", "message": "The disk burns.", "code": 500},
        [{"error": {"message": "The disk burns.", "param": None}}],
    ],
)
def test_the_sentence_of_an_error_is_read_wherever_it_stands(
    server: Server, problem: object
) -> None:
    server.status, server.body = 503, json.dumps(problem).encode()
    with pytest.raises(ModelUnavailable, match=r"\(503\): The disk burns\."):
        said(server)


def test_fewer_passages_are_sent_to_a_server_of_short_context() -> None:
    sent: list[int] = []

    def refuse(body: dict[str, Any]) -> str:
        sent.append(body["messages"][-1]["content"].count("- Moss"))
        return "This model's maximum context length is 512 tokens." if sent[-1] > 2 else ""

    with answering(refuse) as url, closing(OpenAI(url, "small")) as generator:
        assert answer_of(list(generator.generate("q", ["Moss."] * 9))) == GOOD
    assert sent == [9, 4, 2]


@pytest.mark.parametrize("status", [400, 422])
def test_a_server_that_does_not_say_what_it_minds_gets_less_and_less(status: int) -> None:
    def refuse(body: dict[str, Any]) -> str:
        unknown = {"chat_template_kwargs", "seed", "temperature"} & set(body)
        return "Bad request." if unknown else ""

    with answering(refuse, status) as url, closing(OpenAI(url, "small")) as generator:
        assert answer_of(list(generator.generate("q", ["Moss."]))) == GOOD


@pytest.mark.parametrize(
    "problem",
    [
        {"detail": [{"loc": ["body", "seed"], "msg": "Extra inputs are not permitted"}]},
        {"error": {"message": "Unknown parameter.", "param": "seed"}},
    ],
)
def test_the_parameter_that_is_minded_is_read_beside_the_sentence(problem: object) -> None:
    sent: list[dict[str, Any]] = []

    def refuse(body: dict[str, Any]) -> str:
        sent.append(body)
        return json.dumps(problem) if "seed" in body else ""

    with answering(refuse) as url, closing(OpenAI(url, "small")) as generator:
        assert answer_of(list(generator.generate("q", ["Moss."]))) == GOOD
    assert [len(body) for body in sent] == [len(sent[0]), len(sent[0]) - 1]


def test_a_whole_address_is_taken_as_well(server: Server) -> None:
    server.body = events(GOOD)
    server.url += "/chat/completions/"
    assert answer_of(said(server)) == GOOD


def test_reasoning_alone_is_silence(server: Server) -> None:
    server.body = events("<think>", "hmm " * 50)
    assert answer_of(said(server)) == ""


@contextmanager
def answering(refuse: Callable[[dict[str, Any]], str], status: int = 400) -> Iterator[str]:
    """The address of a server that refuses a request in words, or says what is good."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            refusal = refuse(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            payload = refusal.encode() or events(GOOD)
            self.send_response(status if refusal else 200)
            self.send_header("Content-Length", str(len(payload)))
            self.end_headers()
            self.wfile.write(payload)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02}).start()
        yield f"http://127.0.0.1:{http.server_port}/v1"
        http.shutdown()


@pytest.mark.parametrize(
    "refused",
    [
        {"max_tokens"},
        {"max_tokens", "max_completion_tokens"},
        {"seed"},
        {"temperature", "seed"},
        {"system"},
        {"system", "temperature", "seed", "max_tokens"},
        {"stream"},
    ],
)
def test_what_a_server_refuses_is_left_out_and_not_sent_again(refused: set[str]) -> None:
    sent: list[dict[str, Any]] = []

    def refuse(body: dict[str, Any]) -> str:
        sent.append(body)
        wrong = sorted(refused & set(body))
        if "system" in refused and body["messages"][0]["role"] == "system":
            wrong.append("system role")
        return json.dumps({"error": {"message": f"Unsupported: '{wrong[0]}'."}}) if wrong else ""

    with answering(refuse) as url, closing(OpenAI(url, "small")) as generator:
        assert answer_of(list(generator.generate("q", ["Moss."]))) == GOOD
        tries = len(sent)
        assert answer_of(list(generator.generate("q", ["Moss."]))) == GOOD
    assert len(sent) == tries + 1
    last = sent[-1]
    assert not refused & set(last)
    assert ("system" in refused) == (last["messages"][0]["role"] == "user")


def test_the_probability_of_yes_is_read_from_the_first_word(server: Server) -> None:
    likeliest = [{"token": " Yes", "logprob": -0.5}, {"token": "No", "logprob": -1.5}]
    logprobs = {"content": [{"token": " Yes", "top_logprobs": likeliest}]}
    body = {"choices": [{"message": {"content": "Yes"}, "logprobs": logprobs}]}
    server.body, server.media_type = json.dumps(body).encode(), "application/json"
    with closing(OpenAI(server.url, "small")) as generator:
        assert generator.entails("Moss is green.", "Moss is green.") == pytest.approx(
            0.731, abs=0.001
        )
    assert server.asked[0]["max_tokens"] == 1
    assert server.asked[0]["logprobs"] is True


def test_probabilities_in_their_older_form_are_read_as_well(server: Server) -> None:
    logprobs = {"tokens": [" Yes"], "top_logprobs": [{" Yes": -0.5, "No": -1.5}]}
    body = {"choices": [{"text": "Yes", "logprobs": logprobs}]}
    server.body, server.media_type = json.dumps(body).encode(), "application/json"
    with closing(OpenAI(server.url, "small")) as generator:
        assert generator.entails("Moss is green.", "Moss is") == pytest.approx(0.731, abs=0.001)


@pytest.mark.parametrize("logprobs", [None, {"content": []}, {"content": None}])
@pytest.mark.parametrize(("word", "probability"), [("Yes", 1.0), (" **yes**.", 1.0), ("No,", 0.0)])
def test_a_server_without_probabilities_is_taken_at_its_word(
    server: Server, logprobs: object, word: str, probability: float
) -> None:
    body = {"choices": [{"message": {"content": word}, "logprobs": logprobs}]}
    server.body, server.media_type = json.dumps(body).encode(), "application/json"
    with closing(OpenAI(server.url, "small")) as generator:
        assert generator.entails("Moss is green.", "Moss is green.") == probability


@pytest.mark.parametrize(
    "choice",
    [
        {"message": {"content": "The"}},
        {"message": {"content": ""}},
        {"message": {"content": None}},
        {
            "message": {"content": "Yes"},
            "logprobs": {"content": [{"top_logprobs": [{"token": "The", "logprob": 0}]}]},
        },
    ],
)
def test_who_says_neither_yes_nor_no_is_no_judge(server: Server, choice: object) -> None:
    server.body = json.dumps({"choices": [choice]}).encode()
    server.media_type = "application/json"
    with closing(OpenAI(server.url, "small")) as generator, pytest.raises(ModelUnavailable):
        generator.entails("Moss is green.", "Moss is green.")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_key_follows_no_server_that_leads_elsewhere(server: Server, status: int) -> None:
    class Leading(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.send_response(status)
            self.send_header("Location", f"{server.url}/models")
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_GET = do_POST  # noqa: N815 - as http.server calls it

        def log_message(self, *_: object) -> None:
            pass

    server.url = server.url.replace("127.0.0.1", "localhost")
    with ThreadingHTTPServer(("127.0.0.1", 0), Leading) as leading:
        threading.Thread(target=leading.serve_forever, daemon=True).start()
        model = OpenAI(f"http://127.0.0.1:{leading.server_port}/v1", "small", "a key")
        for ask in (model.models, lambda: list(model.generate("q", ["p"]))):
            with pytest.raises(ModelUnavailable):
                ask()
        leading.shutdown()
    assert server.headers == []


@pytest.mark.parametrize(
    "address", ["http://me:pass@127.0.0.1:1/v1", "http://me:pa@ss@127.0.0.1:1"]
)
def test_a_password_in_an_address_is_told_nobody(address: str) -> None:
    for ask in (
        OpenAI(address, "m").models,
        lambda: list(OpenAI(address, "m").generate("q", ["p"])),
    ):
        with pytest.raises(ModelUnavailable) as error:
            ask()
        assert "pa" not in str(error.value)
        assert "127.0.0.1:1" in str(error.value)
