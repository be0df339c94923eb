"""The library as an assistant's tools, by the official client: over stdio in a process of its own,
and over HTTP.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from conftest import Shelf
from serving import served

mcp = pytest.importorskip("mcp")

from litsearch.server.mcp import make_server  # noqa: E402
from litsearch.server.state import State  # noqa: E402
from litsearch.types import Results  # noqa: E402

pytestmark = pytest.mark.slow


def run(folder: Path) -> list[str]:
    return [sys.executable, "-m", "litsearch", "--library", str(folder)]


@pytest.fixture(scope="module")
def address(shelf: Shelf) -> Iterator[str]:
    with served(shelf.folder) as at:
        yield at


@asynccontextmanager
async def client(shelf: Shelf, address: str, over: str) -> AsyncIterator[Any]:
    command, *arguments = run(shelf.folder)
    stdio = mcp.StdioServerParameters(
        command=command, args=[*arguments, "mcp"], env=dict(os.environ)
    )
    async with mcp.Client(stdio if over == "stdio" else f"{address}/mcp") as opened:
        yield opened


@pytest.mark.parametrize("over", ["stdio", "http"])
def test_a_whole_session(shelf: Shelf, address: str, over: str) -> None:
    async def session() -> None:
        async with client(shelf, address, over) as at:
            tools = {tool.name: tool for tool in (await at.list_tools()).tools}
            assert set(tools) == {"search", "fetch", "ask", "sources"}
            assert all(
                tool.annotations.read_only_hint and len(tool.description) < 120
                for tool in tools.values()
            )
            found = await at.call_tool("search", {"query": "wild yeasts"})
            results = found.structured_content["results"]
            assert json.loads(found.content[0].text) == found.structured_content
            assert set(results[0]) == {"id", "title", "url", "text"}
            fetched = (await at.call_tool("fetch", {"id": results[0]["id"]})).structured_content
            assert set(fetched) == {"id", "title", "text", "url", "metadata"}
            assert fetched["metadata"]["passage"] in fetched["text"]
            whole = (
                await at.call_tool("fetch", {"id": fetched["metadata"]["source"]})
            ).structured_content
            assert "sourdough" in whole["text"]
            answer = await at.call_tool("ask", {"question": "what is DoRA?"})
            assert "[1]" in answer.content[0].text
            assert answer.structured_content["citations"]
            listed = (await at.call_tool("sources", {"topic": "kitchen"})).structured_content
            assert listed["total"] == 1
            narrowed = await at.call_tool("search", {"query": "memory", "topic": "kitchen"})
            titles = {hit["title"] for hit in narrowed.structured_content["results"]}
            assert all("sourdough" in title for title in titles)
            assert titles
            for tool, arguments, reason in [
                ("fetch", {"id": "nothing"}, "The library has no 'nothing'"),
                ("ask", {"question": ""}, "The argument question of ask is wrong: String should"),
                ("search", {"query": "x", "kind": "song"}, "kind"),
            ]:
                failed = await at.call_tool(tool, arguments)
                assert failed.is_error
                assert reason in failed.content[0].text
                assert "pydantic" not in failed.content[0].text
            templates = (await at.list_resource_templates()).resource_templates
            assert {template.uri_template for template in templates} == {
                "litsearch://works/{id}",
                "litsearch://passages/{id}",
            }
            work = await at.read_resource(f"litsearch://works/{fetched['metadata']['source']}")
            assert work.contents[0].text == whole["text"]
            prompts = {prompt.name for prompt in (await at.list_prompts()).prompts}
            assert prompts == {"research", "reading"}

    asyncio.run(session())


def test_nothing_listens_for_ever(address: str) -> None:
    listening = {"Accept": "text/event-stream"}
    reply = httpx.get(f"{address}/mcp", headers=listening, timeout=20, trust_env=False)
    assert reply.status_code == 405
    assert reply.headers["allow"] == "POST"


def test_nothing_but_the_protocol_on_stdout(shelf: Shelf) -> None:
    hello = {"jsonrpc": "2.0", "id": 1, "method": "initialize"}
    about = {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "t", "version": "1"},
    }
    text = json.dumps(hello | {"params": about}) + "\nnot json\n"
    done = subprocess.run(
        [*run(shelf.folder), "mcp"],
        input=text,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert lines
    assert all(line["jsonrpc"] == "2.0" for line in lines)


def test_a_slow_call_keeps_no_other_waiting() -> None:
    let_go = threading.Event()

    def answered(query: str, **_: Any) -> Results:
        if query == "slow":
            let_go.wait(30)
        return Results(query, "hybrid", "g", (), 0.0)

    async def both() -> bool:
        state = State(SimpleNamespace(search=answered))  # type: ignore[arg-type]
        async with mcp.Client(make_server(state)) as at:
            slow = asyncio.create_task(at.call_tool("search", {"query": "slow"}))
            await asyncio.sleep(0.05)
            await at.call_tool("search", {"query": "quick"})
            waiting = not slow.done()
            let_go.set()
            await slow
            state.close()
            return waiting

    assert asyncio.run(both())


def test_the_official_client_of_openai(address: str) -> None:
    openai = pytest.importorskip("openai")
    with openai.OpenAI(base_url=f"{address}/v1", api_key="none") as at:
        assert "litsearch" in [model.id for model in at.models.list()]
        asked: dict[str, Any] = {
            "model": "litsearch",
            "messages": [{"role": "user", "content": "what is DoRA?"}],
        }
        message = at.chat.completions.create(**asked).choices[0].message
        assert "[1]" in message.content
        assert message.annotations[0].url_citation.url.startswith("http")
        streamed = [
            chunk.choices[0].delta.content or ""
            for chunk in at.chat.completions.create(**asked, stream=True)
        ]
        assert "".join(streamed) == message.content
        with pytest.raises(openai.NotFoundError, match="does not exist") as told:
            at.chat.completions.create(**asked | {"model": "other"})
        assert told.value.code == "model_not_found"
        with pytest.raises(openai.BadRequestError) as told:
            at.chat.completions.create(**asked, n=2)
        assert told.value.param == "n"
