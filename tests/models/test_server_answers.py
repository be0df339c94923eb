"""Odd replies of model servers, from the wire to the answer: what is right is shown, or the reason
is true.
"""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Generator as Steps
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from typing import Any

import pytest
from answers.test_liars import QUOTES, extractive

from litsearch.answers.calibration import NOBODY, Judge
from litsearch.answers.excerpts import excerpts
from litsearch.answers.generate import worded
from litsearch.errors import GenerationError
from litsearch.models.generators import openai
from litsearch.models.generators.openai import OpenAI
from litsearch.types import Answer, Wait

QUOTED = QUOTES[4]
SAID = "Willow quantizes the weights to 4 bits and leaves the activations at 16 bits."
LIE = "Willow quantizes the weights to 2 bits and leaves the activations at 16 bits. [1]"


def ask(url: str) -> Answer:
    """The answer as it would be shown, or the extractive one with the reason of the failure."""
    given = extractive((QUOTED,))

    def find() -> Steps[Wait, None, Judge]:
        yield Wait("Checking", 1, 1)
        return NOBODY

    with closing(OpenAI(url, "small")) as model:
        try:
            *_, last = worded(model, given, excerpts(given, ()), find)
        except GenerationError as error:
            return replace(given, reason=f"{error} {error.hint}")
    assert isinstance(last, Answer)
    return last


@contextmanager
def replying(*replies: bytes, hang: bool = False) -> Iterator[str]:
    """The address of a server that sends these bytes, a reply a request, and hangs up."""
    left = list(replies)
    free = threading.Event()

    def serve() -> None:
        while True:
            try:
                peer, _ = listener.accept()
            except OSError:
                return
            with peer:
                _read_request(peer)
                peer.sendall(left.pop(0) if len(left) > 1 else left[0])
                if hang:
                    free.wait(10)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/v1"
        free.set()
        listener.shutdown(socket.SHUT_RDWR)


def _read_request(peer: socket.socket) -> None:
    with peer.makefile("rb") as request:
        head = b"".join(iter(request.readline, b"\r\n")).lower()
        length = head.partition(b"content-length:")[2].split(b"\r\n")[0]
        request.read(int(length or b"0"))


def reply(body: bytes, status: str = "200 OK", kind: str = "text/event-stream") -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nConnection: close\r\n\r\n"
    return head.encode() + body


def delta(content: object, **more: object) -> bytes:
    choice = {"index": 0, "delta": {"content": content}} | more
    return f"data: {json.dumps({'choices': [choice]})}\n\n".encode()


def problem(status: str, message: object) -> bytes:
    return reply(json.dumps(message).encode(), status, "application/json")


DONE = b"data: [DONE]\n\n"
CHUNKED = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
)
RIGHT: dict[str, bytes] = {
    "plain": delta(f"{SAID} [1]") + DONE,
    "thinking": delta("<think>Is it 2 bits? [1]") + delta(f"</think>{SAID} [1]"),
    "thinking without a beginning": delta(f"It is 2 bits, no, 4.\n</think>\n\n{SAID} [1]"),
    "reasoning beside": b'data: {"choices": [{"delta": {"reasoning": "2 bits?"}}]}\n\n'
    + delta(f"{SAID} [1]"),
    "parts": delta([{"type": "reasoning", "text": "2 bits."}, {"type": "text", "text": SAID}]),
    "Markdown": delta(f"## Answer\n\n- **{SAID}** [1]\n\n**Sources:**\n- [1] Plants"),
    "a quotation": delta(f"According to [1], {SAID}"),
    "JSON": delta(json.dumps({"answer": f"{SAID} [1]", "confidence": 0.9})),
    "no marker": delta(SAID),
    "a marker of another kind": delta(f"{SAID}【1†source】"),
    "a number that no passage has": delta(f"{SAID} [9]"),
    "a tool beside": b'data: {"choices": [{"delta": {"tool_calls": [{"index": 0}]}}]}\n\n'
    + delta(f"{SAID} [1]"),
    "cut by length behind it": delta(f"{SAID} [1] Its error gr", finish_reason="length"),
    "twice": delta(f"{SAID} [1] {SAID} [1]"),
    "a tool called beside": delta(f'<tool_call>\n{{"name": "search"}}\n</tool_call>\n{SAID} [1]'),
    "a tool of Mistral": delta('[TOOL_CALLS][{"name": "search", "arguments": {"q": "Willow"}}]\n')
    + delta(f"{SAID} [1]"),
    "thoughts of Granite": delta("Here is my thought process: is it 2 bits?\n\nHere is my ")
    + delta(f"response: {SAID} [1]"),
    "thoughts of Apriel": delta("Here are my reasoning steps:\n2 bits? No.\n[BEGIN FINAL")
    + delta(f" RESPONSE]\n{SAID} [1]\n[END FINAL RESPONSE]"),
    "a solution": delta(f"<|begin_of_solution|>\n{SAID} [1]\n<|end_of_solution|>"),
    "a box": delta(f"\\boxed{{{SAID} [1]}}"),
    "an answer's tags": delta(f"<think>2 bits?</think><answer>\n{SAID} [1]\n</answer>"),
    "an end in wide bars": delta(f"{SAID} [1]<｜end▁of▁sentence｜>"),
    "a talk with itself": delta(f"{SAID} [1]<|endoftext|>Human: What is Willow made for by us?"),
    "JSON, fenced": delta(f'```json\n{{"sources": [1],\n "answer": "{SAID}"}}\n```'),
    "a list of JSON": delta(json.dumps([{"sentence": SAID, "source": 1}])),
    "a lead": delta(f"1. **Weights:** {SAID} [1]"),
    "a quotation of a passage": delta(f'According to the passage: "{SAID}" [1]'),
    "a source below": delta(f"{SAID}\n(Source: Passage 1)"),
    "a footnote": delta(f"{SAID}[^1]\n\n[^1]: Willow: a small model for the trees of the north."),
    "invisible letters": delta(SAID.replace("weights", "wei\u200bgh\u00adts")),
    "entities": delta(SAID.replace("4 bits", "4&nbsp;bits")),
    "wide brackets": delta(f"{SAID}［１］"),
    "Chinese brackets": delta(f"{SAID}〔来源：1〕"),
    "Chinese parentheses": delta(f"{SAID}（1）"),
    "corner brackets": delta(f"{SAID}「1」"),
    "angle brackets": delta(f"{SAID} ⟨1⟩"),
    "double braces": delta(f"{SAID} {{{{1}}}}"),
    "a reference's tag": delta(f'{SAID} <source id="1"/>'),
    "tags of Cohere": delta(f"<co>{SAID}</co: 0:[1]>"),
    "a source behind a dash": delta(f"{SAID} — Passage 1"),
    "a number sign": delta(f"{SAID} #1"),
    "a heartbeat": b"data: ping\n\ndata: null\n\n" + delta(f"{SAID} [1]"),
    "no choice yet": b'data: {"choices": null}\n\n' + delta(f"{SAID} [1]"),
    "an end in quotation marks": delta(f"{SAID} [1]") + b'data: "[DONE]"\n\ndata: more\n\n',
    "the whole message again": delta(f"{SAID} [1]")
    + b'data: {"choices": [{"delta": {}, "message": {"content": "It is 2 bits, then."}}]}\n\n',
    "a mark of byte order": b"\xef\xbb\xbf" + delta(f"{SAID} [1]"),
    "returns as line ends": delta(f"{SAID} [1]").replace(b"\n", b"\r"),
    "an event over lines": b"data: {\ndata: " + delta(f"{SAID} [1]")[7:],
    "no space before data": delta(f"{SAID} [1]").replace(b": {", b":{", 1),
    "lines of JSON": (delta(SAID[:30]) + delta(f"{SAID[30:]} [1]")).replace(b"data: ", b""),
    "a turn too many": delta(f"{SAID} [1]<|im_end|>\n<|im_start|>user\nAnd then?"),
}


@pytest.mark.parametrize("kind", ["text/event-stream", "application/json", "text/plain"])
@pytest.mark.parametrize("shape", RIGHT)
def test_what_is_right_is_shown_alone(shape: str, kind: str) -> None:
    with replying(reply(RIGHT[shape], kind=kind)) as url:
        answer = ask(url)
    assert [sentence.text for sentence in answer.sentences if sentence.worded] == [SAID]
    assert answer.citations[0].quote in QUOTED


def test_what_was_right_stands_when_the_stream_breaks() -> None:
    event = delta(f"{SAID} [1]\nIts error")
    with replying(CHUNKED + b"%x\r\n%s\r\n40\r\nhalf a ch" % (len(event), event)) as url:
        answer = ask(url)
    assert [sentence.text for sentence in answer.sentences if sentence.worded] == [SAID]
    assert "broke off" in answer.reason


EMPTY = {"choices": [{"message": {"content": None}, "finish_reason": "stop"}]}
WRONG: dict[str, tuple[bytes, str]] = {
    "a lie": (reply(delta(LIE)), "a number that the source does not say"),
    "other words": (reply(delta("Willow makes weights small, at 4 bits. [1]")), "other words"),
    "nothing": (reply(DONE), "gave no answer"),
    "an empty body": (problem("200 OK", EMPTY), "gave no answer"),
    "only reasoning": (reply(delta("<think>4 bits", finish_reason="length")), "cut off"),
    "a filter": (reply(delta(None, finish_reason="content_filter")), "filter"),
    "a tool": (reply(delta(None, finish_reason="tool_calls")), "tool"),
    "sorry": (reply(delta("I'm sorry, the passages do not say.")), "finds no answer"),
    "400": (problem("400 Bad Request", {"error": {"message": "No such grammar."}}), "No such gr"),
    "401": (problem("401 Unauthorized", {"error": {"message": "Bad key."}}), "another key"),
    "403": (problem("403 Forbidden", {"detail": "No."}), "another key"),
    "404": (problem("404 Not Found", {"error": {"message": "no model small"}}), "no model small"),
    "429": (problem("429 Too Many", {"error": {"message": "Slow down."}}), "Slow down."),
    "500": (reply(b"<h1>Oops</h1>", "500 Internal", "text/html"), "(500)"),
    "503": (problem("503 Loading", {"error": {"message": "Loading model"}}), "Loading model"),
    "an error amid": (reply(b'data: {"error": {"message": "Out of memory"}}\n\n'), "Out of memory"),
    "an old error": (reply(b'data: {"object": "error", "message": "Too hot"}\n\n'), "Too hot"),
    "half an event": (reply(b'data: {"choices": [{"del'), "broke off"),
    "no protocol": (b"220 mail.example ESMTP\r\n", "broke off"),
    "a page": (reply(b"<html>Hello</html>", kind="text/html"), "not of this protocol"),
    "a refusal": (reply(delta(None).replace(b"content", b"refusal")), "gave no answer"),
    "a refusal in words": (
        reply(b'data: {"choices": [{"delta": {"refusal": "I cannot help."}}]}\n\n'),
        "it refused",
    ),
    "an error of llama-server": (reply(b'error: {"code":500,"message":"No slot"}\n\n'), "No slot"),
    "an error event": (reply(b"event: error\ndata: Overloaded\n\n"), "failed: Overloaded."),
    "an error by its name": (reply(b'event: error\ndata: {"detail":"Busy"}\n\n'), "failed: Busy."),
    "an error of a choice": (
        reply(b'data: {"choices": [{"error": {"message": "Upstream died"}}]}\n\n'),
        "failed: Upstream died.",
    ),
    "an end by an error": (reply(delta("", finish_reason="error")), "the server failed"),
    "200, but loading": (problem("200 OK", {"detail": "Model is loading"}), "Model is loading."),
    "silence": (b"", "broke off"),
}


@pytest.mark.parametrize("shape", WRONG)
def test_what_is_not_is_told_with_its_reason(shape: str) -> None:
    sent, reason = WRONG[shape]
    with replying(sent) as url:
        answer = ask(url)
    assert not any(sentence.worded for sentence in answer.sentences)
    assert answer.sentences[0].text in QUOTED
    assert reason in answer.reason


def test_a_server_that_falls_silent_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(openai, "SILENCE", 0.3)
    with replying(reply(delta("Willow ")), hang=True) as url:
        answer: Any = ask(url)
    assert "said nothing for 0.3 s" in answer.reason
