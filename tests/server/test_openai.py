"""The OpenAI protocol: turns, streams, usage, errors, helpers of front ends, responses and embeddings."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from conftest import Shelf
from fastapi.testclient import TestClient
from serving import served

from litsearch.app.library import open_library
from litsearch.config import load_config
from litsearch.server.app import create_app
from litsearch.server.middleware import LOCAL_HOSTS
from litsearch.server.openai.messages import EMOJI, Message, helper_reply, question_of, turns_of

pytestmark = pytest.mark.slow
CHAT = "/v1/chat/completions"
QUESTION = "what is DoRA?"


@pytest.fixture(scope="module")
def client(shelf: Shelf) -> Iterator[TestClient]:
    with open_library(shelf.folder, load_config(shelf.folder)) as library:
        yield TestClient(create_app(library, LOCAL_HOSTS), raise_server_exceptions=False)


def user(text: str) -> dict[str, Any]:
    return {"role": "user", "content": text}


def events(text: str) -> list[dict[str, Any]]:
    lines = [part[6:] for part in text.split("\n\n") if part.startswith("data: ")]
    return [json.loads(line) for line in lines if line != "[DONE]"]


def test_turns_say_what_a_question_refers_to(client: TestClient) -> None:
    first = client.post(CHAT, json={"messages": [user(QUESTION)]}).json()
    said = {"role": "assistant", "content": first["choices"][0]["message"]["content"]}
    alone = client.post(CHAT, json={"messages": [user("and what are its parts?")]}).json()
    turns = [user(QUESTION), said, user("and what are its parts?")]
    after = client.post(CHAT, json={"messages": turns}).json()
    titles = {citation["source"]["title"] for citation in after["citations"]}
    assert titles == {"A closer look at DoRA"}
    assert after["citations"] != alone["citations"]


def test_messages_become_turns() -> None:
    messages = [
        Message(role="system", content="be brief"),
        Message(role="user", content="what is DoRA?"),
        Message(
            role="assistant", content="A method. [1]\n\n[1] [A closer look](https://a.example)"
        ),
        Message(role="tool", content="60"),
        Message(role="user", content=[{"type": "text", "text": "why?"}]),  # type: ignore[list-item]
        Message(role="assistant", content="Be"),
    ]
    assert question_of(messages) == "why?"
    (turn,) = turns_of(messages)
    assert (turn.question, turn.answer) == ("what is DoRA?", "A method. [1]")


def test_a_stream_says_what_the_whole_says_and_counts(client: TestClient) -> None:
    whole = client.post(CHAT, json={"messages": [user(QUESTION)]}).json()
    asked = {
        "messages": [user(QUESTION)],
        "stream": True,
        "stream_options": {"include_usage": True},
    }
    reply = client.post(CHAT, json=asked)
    assert reply.text.endswith("data: [DONE]\n\n")
    *chunks, last = events(reply.text)
    deltas = [chunk["choices"][0]["delta"].get("content", "") for chunk in chunks]
    assert "".join(deltas) == whole["choices"][0]["message"]["content"]
    assert chunks[-1]["choices"][0]["finish_reason"] == "stop"
    assert chunks[-1]["citations"] == whole["citations"]
    assert all(chunk["usage"] is None for chunk in chunks)
    assert (last["choices"], last["usage"]) == ([], whole["usage"])
    plain = events(client.post(CHAT, json={**asked, "stream_options": None}).text)
    assert all("usage" not in chunk for chunk in plain)


@pytest.mark.parametrize(
    ("more", "param"),
    [
        ({"n": 2}, "n"),
        ({"logprobs": True}, "logprobs"),
        ({"response_format": {"type": "json_object"}}, "response_format"),
        ({"tool_choice": "required"}, "tool_choice"),
        ({"messages": []}, "messages"),
        ({"stream": "true"}, "stream"),
        ({"messages": [user([{"type": "image_url", "image_url": {}}])]}, "messages"),  # type: ignore[arg-type]
    ],
)
def test_what_cannot_be_done_is_refused_by_name(
    client: TestClient, more: dict[str, Any], param: str
) -> None:
    reply = client.post(CHAT, json={"messages": [user(QUESTION)]} | more)
    error = reply.json()["error"]
    assert reply.status_code == 400
    assert (error["type"], error["param"]) == ("invalid_request_error", param)


def test_what_changes_nothing_is_accepted(client: TestClient) -> None:
    plain = client.post(CHAT, json={"messages": [user(QUESTION)]}).json()
    more = {"temperature": 0, "top_p": 1, "seed": 1, "user": "u", "n": 1, "metadata": {"a": "b"}}
    more |= {"tools": [{"type": "function"}], "tool_choice": "auto", "reasoning_effort": "low"}
    reply = client.post(CHAT, json={"messages": [user(QUESTION)], "model": None} | more).json()
    assert reply["choices"] == plain["choices"]


def test_limits_leave_out_whole_sentences(client: TestClient) -> None:
    whole = client.post(CHAT, json={"messages": [user(QUESTION)]}).json()
    short = client.post(CHAT, json={"messages": [user(QUESTION)], "max_tokens": 1}).json()
    assert short["choices"][0]["finish_reason"] == "length"
    assert whole["choices"][0]["message"]["content"].startswith(
        short["choices"][0]["message"]["content"]
    )
    stopped = client.post(CHAT, json={"messages": [user(QUESTION)], "stop": ["DoRA"]}).json()
    assert "DoRA" not in stopped["choices"][0]["message"]["content"].partition("\n")[0]


def test_only_models_that_can_run(client: TestClient) -> None:
    models = [model["id"] for model in client.get("/v1/models").json()["data"]]
    assert models[:2] == ["litsearch", "litsearch-extractive"]
    assert "litsearch-llama_cpp" not in models
    assert client.get("/v1/models/litsearch").json()["created"] > 1_700_000_000
    for reply in (
        client.get("/v1/models/nope"),
        client.post(CHAT, json={"messages": [user(QUESTION)], "model": "nope"}),
    ):
        assert reply.status_code == 404
        assert reply.json()["error"]["code"] == "model_not_found"


def test_filters_reach_the_answer(client: TestClient) -> None:
    asked = {"messages": [user(QUESTION)], "filters": {"topic": "kitchen"}}
    assert client.post(CHAT, json=asked).json()["citations"] == []
    by_ask = client.post("/ask", json={"question": QUESTION, "topic": "kitchen"}).json()
    assert by_ask["citations"] == []
    source = client.post("/ask", json={"question": QUESTION}).json()["citations"][0]["source"]["id"]
    within = client.post("/ask", json={"question": QUESTION, "source": source}).json()
    assert {citation["source"]["id"] for citation in within["citations"]} == {source}


TASKS = {
    "title": "### Task:\nGenerate a concise, 3-5 word title with an emoji summarizing the chat"
    ' history.\nJSON format: { "title": "..." }\n<chat_history>\nUSER: How high are tides?\n'
    "ASSISTANT: Two metres.\n</chat_history>",
    "tags": "### Task:\nGenerate 1-3 broad tags categorizing the main themes of the chat history.\n"
    "<chat_history>\nUSER: How high are tides?\n</chat_history>",
    "follow_ups": "### Task:\nSuggest 3-5 relevant follow-up questions.\n<chat_history>\n"
    "USER: How high are tides?\n</chat_history>",
    "queries": "### Task:\nAnalyze the chat history to determine the necessity of generating search"
    " queries.\n<chat_history>\nUSER: How high are tides?\n</chat_history>",
}


@pytest.mark.parametrize("kind", sorted(TASKS))
def test_front_ends_get_short_replies_for_themselves(client: TestClient, kind: str) -> None:
    reply = client.post(CHAT, json={"messages": [user(TASKS[kind])]}).json()
    content = json.loads(reply["choices"][0]["message"]["content"])
    assert list(content) == [kind]
    assert reply["citations"] == []
    if kind == "title":
        assert content["title"] == "How high are tides"


FOLLOW_UPS = (
    "### Task:\nForesee what the user may say next to get on with what they are at.\n"
    + "- Keep to what the user wants, and be brief.\n" * 12
    + '### Output:\nJSON: { "follow_ups": ["one", "two"] }\n### Chat History:\n<chat_history>\n'
    'USER: what is DoRA?\nASSISTANT: A method with "tags": none.\n</chat_history>'
)


def test_follow_ups_are_questions_that_the_library_answers(client: TestClient) -> None:
    reply = client.post(CHAT, json={"messages": [user(FOLLOW_UPS)]}).json()
    content = json.loads(reply["choices"][0]["message"]["content"])
    near = client.get("/questions", params={"near": "what is DoRA?"}).json()["questions"]
    assert content == {"follow_ups": near}


@pytest.mark.parametrize(
    ("prompt", "reply"),
    [
        (FOLLOW_UPS, '{"follow_ups": []}'),
        (
            "Summarize the conversation above in a short title of five words.\nUser: How high are"
            " tides?",
            "How high are tides",
        ),
        (
            "You are an assistant who is good at names. Please summarize the conversation into a"
            " title.\nUser: How high are tides?",
            "How high are tides",
        ),
        ("Your task is to reflect the speaker's mood through a fitting emoji: hello", EMOJI),
        ("### Task:\nYou are an autocompletion system.\n<text>How high", '{"text": ""}'),
    ],
)
def test_front_ends_ask_in_many_words(prompt: str, reply: str) -> None:
    assert helper_reply([Message(role="user", content=prompt)]) == reply


@pytest.mark.parametrize(
    "question",
    [
        "what is a title?",
        "Give the title of the paper that introduced attention",
        "Summarize the paper on conversational agents",
        "Write about message passing in graph networks",
        "How do I tag a conversation?",
        "generate text with a language model how?",
    ],
)
def test_questions_are_no_helpers(question: str) -> None:
    assert helper_reply([Message(role="user", content=question)]) == ""


def test_embeddings_are_unit_vectors_of_texts(client: TestClient) -> None:
    reply = client.post(
        "/v1/embeddings", json={"input": ["yeast", "a cache"], "model": "litsearch"}
    )
    rows = reply.json()["data"]
    assert [row["index"] for row in rows] == [0, 1]
    assert sum(value**2 for value in rows[0]["embedding"]) == pytest.approx(1, abs=1e-4)
    for wrong in ([[1, 2]], [], "", [1, 2]):
        refused = client.post("/v1/embeddings", json={"input": wrong})
        assert (refused.status_code, refused.json()["error"]["param"]) == (400, "input")
    unknown = client.post("/v1/embeddings", json={"input": "x", "model": "text-embedding-3-small"})
    assert unknown.json()["error"]["code"] == "model_not_found"


def test_a_session_of_the_official_client(shelf: Shelf) -> None:
    openai = pytest.importorskip("openai")
    with (
        served(shelf.folder) as address,
        openai.OpenAI(base_url=f"{address}/v1", api_key="x") as at,
    ):
        response = at.responses.create(model="litsearch", input=QUESTION)
        assert "[1]" in response.output_text
        assert response.output[0].content[0].annotations[0].url.startswith("http")
        follow = [
            {"role": "user", "content": QUESTION},
            {"role": "assistant", "content": response.output_text},
            {"role": "user", "content": "and what are its parts?"},
        ]
        text = ""
        for event in at.responses.create(model="litsearch", input=follow, stream=True):
            if event.type == "response.output_text.delta":
                text += event.delta
        assert event.type == "response.completed"
        assert event.response.output_text == text
        assert "DoRA" in text
        vectors = at.embeddings.create(model="litsearch", input=["one", "two"]).data
        assert len(vectors[1].embedding) == 384
        usage = None
        asked: Any = {"model": "litsearch", "messages": [{"role": "user", "content": QUESTION}]}
        for chunk in at.chat.completions.create(
            **asked, stream=True, stream_options={"include_usage": True}
        ):
            usage = chunk.usage or usage
        assert usage is not None
        assert usage.total_tokens > 10
