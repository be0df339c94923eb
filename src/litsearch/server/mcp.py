"""Offer the library to assistants by the Model Context Protocol: tools, resources and prompts; all
only read.

search and fetch have the shapes that ChatGPT's connectors ask for (developers.openai.com, "Building
MCP servers").
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated, Any, TypeVar

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ResourceNotFoundError, ToolError
from mcp.server.transport_security import TransportSecuritySettings
from mcp.types import CallToolResult, TextContent, ToolAnnotations
from pydantic import Field, ValidationError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.routing import Route

from litsearch import __version__
from litsearch.answers.deep_links import deep_link
from litsearch.app.library import open_library
from litsearch.config import Config
from litsearch.errors import LitsearchError, QueryError
from litsearch.server.openapi import Year
from litsearch.server.state import State, Workers, state_of
from litsearch.types import CatalogSource, Filters, Kind, Passage
from litsearch.views.answers import spoken
from litsearch.views.json import answer_view, locator_view, verdict_view

T = TypeVar("T")
AROUND = 2_000  # characters shown before and after a passage
WHOLE = 100_000  # characters of a whole source that fetch gives
RESULTS = 10
PAGE = 50  # sources listed at a time
READS = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)
ABOUT = (
    "A library made of reading lists. Search it, fetch what is found, or ask it; every answer is"
    " cited."
)
RESEARCH = """\
Answer from the library alone: {question}
Use ask first; when it declines or is weak, search with other words and fetch what matters.
Quote word for word, and name the source and the link of every quote.
Say what the library does not hold."""
READING = """\
Tell me what to read next about {topic}, from the sources of the library that are not read yet.
Use sources with topic and unread, fetch the most promising ones, and say in a sentence each what
it teaches."""

Query = Annotated[str, Field(min_length=1, max_length=2000)]
Count = Annotated[int, Field(ge=1, le=50)]
Id = Annotated[str, Field(max_length=100)]
Name = Annotated[str, Field(max_length=300)]


class _Server(MCPServer):
    """Says in a sentence which argument of a call is wrong."""

    async def call_tool(self, name: str, arguments: dict[str, Any], context: Any = None) -> Any:
        """Return what a tool gives. Raises ToolError, which names the argument that is wrong."""
        try:
            return await super().call_tool(name, arguments, context)
        except ToolError as error:
            if not isinstance(error.__cause__, ValidationError):
                raise
            first = error.__cause__.errors(include_url=False)[0]
            argument = ".".join(map(str, first["loc"]))
            sentence = f"The argument {argument} of {name} is wrong: {first['msg']}."
            raise ToolError(sentence) from error.__cause__


def make_server(state: State) -> MCPServer:
    """Return the tools over an open library. Each call runs in a thread, so that a slow one keeps
    no other waiting.
    """
    server = _Server("litsearch", version=__version__, instructions=ABOUT, log_level="CRITICAL")
    _add_finding(server, state)
    _add_asking(server, state)
    _add_resources(server, state)
    _add_prompts(server)
    return server


def over_http(state: State) -> Starlette:
    """Return the tools at /mcp, without sessions; hosts, origins and tokens are the business of the
    middleware.

    Its `state.run()` is a context in which alone it answers.
    """
    server = make_server(state)
    anywhere = TransportSecuritySettings(enable_dns_rebinding_protection=False)
    app = server.streamable_http_app(
        stateless_http=True, json_response=True, transport_security=anywhere
    )
    app.state.run = server.session_manager.run
    # Without sessions there is nothing to listen for: GET would hold a connection for ever.
    app.router.routes[:] = [
        Route(route.path, route.endpoint, methods=["POST"])
        for route in app.routes
        if isinstance(route, Route)
    ]
    return app


def _add_finding(server: MCPServer, state: State) -> None:
    tool = partial(server.tool, annotations=READS)

    @tool(title="Search the library")
    async def search(
        query: Query,
        k: Count = RESULTS,
        topic: Name = "",
        list: Name = "",  # noqa: A002 - the name of the filter everywhere
        author: Name = "",
        year: Year | None = None,
        kind: Kind | None = None,
        source: Name = "",
        unread: bool = False,
    ) -> CallToolResult:
        """Find passages, with their text and ids for fetch; the filters narrow the library."""
        filters = _filters(list, topic, author, year, kind, source, unread=unread)
        results = await _run(
            state.reading, lambda: state.library.search(query, k=k, filters=filters)
        )
        hits = [
            _result(hit.source, hit.passage) | {"text": hit.passage.text} for hit in results.hits
        ]
        return _reply({"results": hits})

    @tool(title="Fetch a text")
    async def fetch(id: Id) -> CallToolResult:  # noqa: A002 - the protocol's name
        """Read what an id leads to: a passage with the text around it, or a whole source."""
        return _reply(await _run(state.reading, lambda: _text(state, id)))

    @tool(title="List sources")
    async def sources(
        topic: Name = "",
        list: Name = "",  # noqa: A002
        author: Name = "",
        year: Year | None = None,
        kind: Kind | None = None,
        unread: bool = False,
        offset: Annotated[int, Field(ge=0)] = 0,
    ) -> CallToolResult:
        """List the sources with their verdicts, 50 at a time; the filters narrow them."""
        filters = _filters(list, topic, author, year, kind, "", unread=unread)
        return _reply(await _run(state.reading, lambda: _sources(state, filters, offset)))


def _add_asking(server: MCPServer, state: State) -> None:
    @server.tool(title="Ask the library", annotations=READS)
    async def ask(
        question: Query,
        topic: Name = "",
        list: Name = "",  # noqa: A002
        author: Name = "",
        year: Year | None = None,
        kind: Kind | None = None,
        source: Name = "",
        unread: bool = False,
    ) -> CallToolResult:
        """Answer a question in cited quotations, or say that the library holds no answer."""
        filters = _filters(list, topic, author, year, kind, source, unread=unread)
        answer = await _run(state.asking, lambda: state.library.ask(question, filters=filters))
        return _reply(answer_view(answer), spoken(answer))


def _add_resources(server: MCPServer, state: State) -> None:
    @server.resource("litsearch://works/{id}", title="A work", mime_type="text/plain")
    async def work(id: str) -> str:  # noqa: A002 - the name in the address
        """Return the stored text of a source, by its id."""
        return await _resource(state, lambda: _whole(state, id))

    @server.resource("litsearch://passages/{id}", title="A passage", mime_type="text/plain")
    async def passage(id: str) -> str:  # noqa: A002
        """Return a passage with the text around it, by its id."""
        return await _resource(state, lambda: _text(state, id))


def _add_prompts(server: MCPServer) -> None:
    @server.prompt(title="Answer from the library")
    def research(question: str) -> str:
        """Answer a question from the library alone, with quotes and links."""
        return RESEARCH.format(question=question)

    @server.prompt(title="What to read next")
    def reading(topic: str) -> str:
        """Choose from what is not read yet about a topic."""
        return READING.format(topic=topic)


async def _run(workers: Workers, work: Callable[[], T]) -> T:
    """Return what the work returns; a failure is told to the assistant in a sentence. Raises
    ToolError.
    """
    try:
        return await workers(work)
    except LitsearchError as error:
        raise ToolError(f"{error} {error.hint}".strip()) from None
    except HTTPException as error:
        raise ToolError(f"{error.detail} Try again.") from None


async def _resource(state: State, work: Callable[[], dict[str, Any]]) -> str:
    try:
        text: str = (await state.reading(work))["text"]
    except LitsearchError as error:
        raise ResourceNotFoundError(f"{error} {error.hint}".strip()) from None
    return text


def _filters(
    name: str,
    topic: str,
    author: str,
    year: int | None,
    kind: Kind | None,
    source: str,
    *,
    unread: bool,
) -> Filters:
    return Filters(
        lists=(name,) if name else (),
        topics=(topic,) if topic else (),
        authors=(author,) if author else (),
        years=(year,) if year is not None else (),
        kinds=(kind,) if kind else (),
        sources=(source,) if source else (),
        unread=unread,
    )


def _result(source: CatalogSource, passage: Passage) -> dict[str, str]:
    section = f" – {passage.heading[-1]}" if passage.heading else ""
    link = deep_link(source, passage.text, passage)
    return {"id": passage.passage_id, "title": source.title + section, "url": link}


def _text(state: State, name: str) -> dict[str, Any]:
    """Return a passage with the text around it, else a source with all of its text. Raises
    QueryError.
    """
    catalog = state.library.catalog
    try:
        _, passage = catalog.passage(name)
    except KeyError:
        return _whole(state, name)
    source, text = catalog.source(passage.source_id), catalog.document(passage.source_id).text
    around = text[max(0, passage.start - AROUND) : passage.end + AROUND]
    place = dict(locator_view(passage, passage.start, passage.end))
    metadata = _metadata(source) | place | {"passage": passage.text}
    return _result(source, passage) | {"text": around, "metadata": metadata}


def _whole(state: State, name: str) -> dict[str, Any]:
    catalog = state.library.catalog
    try:
        source, text = catalog.source(name), catalog.document(name).text
    except KeyError:
        raise QueryError(
            f"The library has no {name!r}.", "Use an id that search or sources gave."
        ) from None
    view = {"id": name, "title": source.title, "url": source.url or "", "text": text[:WHOLE]}
    return view | {"metadata": _metadata(source) | {"characters": len(text)}}


def _metadata(source: CatalogSource) -> dict[str, Any]:
    entries = source.entries
    return {
        "source": source.source_id,
        "kind": source.kind,
        "authors": list(source.authors),
        "year": source.year,
        "lists": [f"{entry.list}:{entry.line}" for entry in entries],
        "remarks": [entry.remark for entry in entries if entry.remark],
    }


def _sources(state: State, filters: Filters, offset: int) -> dict[str, Any]:
    catalog = state.library.catalog
    rows = catalog.source_rows(filters)
    sources = catalog.sources() if rows is None else list(catalog.sources_at(rows).values())
    page = [verdict_view(source) for source in sources[offset : offset + PAGE]]
    return {"total": len(sources), "offset": offset, "sources": page}


def _reply(value: Any, text: str = "") -> CallToolResult:
    """Return the value as JSON in a text item, and as structured content; another text where people
    read it.
    """
    shown = text or json.dumps(value, ensure_ascii=False)
    return CallToolResult(content=[TextContent(type="text", text=shown)], structured_content=value)


def serve_stdio(folder: Path, config: Config) -> None:
    """Speak the protocol on stdin and stdout until stdin ends. Raises IndexMissing."""
    take = _own_stdout()
    with open_library(folder, config) as library:
        library.warm_up()
        state = state_of(library, config, folder)
        take()
        try:
            make_server(state).run("stdio")
        finally:
            state.close()


def _own_stdout() -> Callable[[], None]:
    """Send what libraries print to stderr; the call that is returned gives the real stdout to the
    protocol alone.
    """
    sys.stdout.flush()
    stdout = os.dup(1)
    os.dup2(2, 1)

    def take() -> None:
        sys.stdout = os.fdopen(stdout, "w", encoding="utf-8", newline="\n")

    return take
