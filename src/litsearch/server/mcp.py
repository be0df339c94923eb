"""The library as tools of an assistant, by the Model Context Protocol: search, fetch, ask and
sources; all only read.

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
from typing import Annotated, Any

from mcp.server import MCPServer
from mcp.server.transport_security import TransportSecuritySettings
from mcp.types import CallToolResult, TextContent, ToolAnnotations
from pydantic import Field
from starlette.applications import Starlette

from litsearch import __version__
from litsearch.answers.deep_links import deep_link
from litsearch.app.library import open_library
from litsearch.config import Config
from litsearch.errors import QueryError
from litsearch.server.openai import spoken
from litsearch.server.state import Desk, made_for
from litsearch.types import CatalogSource, Filters, Passage
from litsearch.views import json as views

AROUND = 2_000  # characters shown before and after a passage
WHOLE = 100_000  # characters of a whole source that fetch gives
RESULTS = 10
READS = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)
ABOUT = "A library made of reading lists. Search it, fetch what is found, or ask it; every answer is cited."
Query = Annotated[str, Field(min_length=1, max_length=2000)]


def make_server(desk: Desk) -> MCPServer:
    """The tools over an open library. Each call runs in a thread, so that a slow one keeps no other
    waiting.
    """
    server = MCPServer("litsearch", version=__version__, instructions=ABOUT, log_level="WARNING")
    library = desk.library
    tool = partial(server.tool, annotations=READS)

    @tool(title="Search the library")
    async def search(query: Query) -> CallToolResult:
        """Find passages in the library. Returns ids for fetch, with titles and links."""
        found = await desk.reading(lambda: library.search(query, k=RESULTS))
        hits = [_result(hit.source, hit.passage) for hit in found.hits]
        return _reply({"results": hits})

    @tool(title="Fetch a text")
    async def fetch(id: Annotated[str, Field(max_length=100)]) -> CallToolResult:  # noqa: A002 - the name is the protocol's
        """Read what an id leads to: a passage with the text around it, or a whole source."""
        return _reply(await desk.reading(lambda: _text(desk, id)))

    @tool(title="Ask the library")
    async def ask(question: Query) -> CallToolResult:
        """Answer a question from the library in cited sentences, or say that it does not hold the
        answer.
        """
        answer = await desk.asking(lambda: library.ask(question))
        return _reply(views.answer_view(answer), spoken(answer))

    @tool(title="List sources")
    async def sources(
        topic: str = "", unread: bool = False, offset: Annotated[int, Field(ge=0)] = 0
    ) -> CallToolResult:
        """List the sources of the library with their verdicts, 50 at a time; topic narrows them."""
        filters = Filters(topics=(topic,) if topic else (), unread=unread)
        return _reply(await desk.reading(lambda: _sources(desk, filters, offset)))

    return server


def over_http(desk: Desk) -> Starlette:
    """The tools at /mcp, without sessions; hosts, origins and tokens are the business of the
    service's gate.

    Its `state.run()` is a context in which alone it answers.
    """
    server = make_server(desk)
    anywhere = TransportSecuritySettings(enable_dns_rebinding_protection=False)
    app = server.streamable_http_app(
        stateless_http=True, json_response=True, transport_security=anywhere
    )
    app.state.run = server.session_manager.run
    return app


def _result(row: CatalogSource, passage: Passage) -> dict[str, str]:
    section = f" – {passage.heading[-1]}" if passage.heading else ""
    return {
        "id": passage.passage_id,
        "title": row.title + section,
        "url": deep_link(row, passage.text, passage),
    }


def _text(desk: Desk, name: str) -> dict[str, Any]:
    """A passage with the text around it, else a source with all of its text. Raises QueryError."""
    catalog = desk.library.catalog
    try:
        _, passage = catalog.passage(name)
    except KeyError:
        return _whole(desk, name)
    row, text = catalog.source(passage.source_id), catalog.document(passage.source_id).text
    start, end = max(0, passage.start - AROUND), min(len(text), passage.end + AROUND)
    about = views.locator_view(passage, passage.start, passage.end) | {"passage": passage.text}
    return _result(row, passage) | {"text": text[start:end], "metadata": _metadata(row) | about}


def _whole(desk: Desk, name: str) -> dict[str, Any]:
    catalog = desk.library.catalog
    try:
        row, text = catalog.source(name), catalog.document(name).text
    except KeyError:
        raise QueryError(
            f"The library has no {name!r}.", "Use an id that search or sources gave."
        ) from None
    about = {"id": name, "title": row.title, "url": row.source.url or ""}
    return about | {"text": text[:WHOLE], "metadata": _metadata(row) | {"characters": len(text)}}


def _metadata(row: CatalogSource) -> dict[str, Any]:
    entries = [f"{entry.list}:{entry.line}" for entry in row.source.entries]
    facts = {
        "source": row.source.source_id,
        "kind": row.source.kind,
        "authors": list(row.authors),
        "year": row.year,
    }
    return facts | {
        "lists": entries,
        "remarks": [entry.remark for entry in row.source.entries if entry.remark],
    }


def _sources(desk: Desk, filters: Filters, offset: int) -> dict[str, Any]:
    catalog = desk.library.catalog
    allowed = catalog.source_rows(filters)
    rows = catalog.sources() if allowed is None else list(catalog.sources_at(allowed).values())
    shown = [
        views.source_view(row) | {"status": row.verdict.status}
        for row in rows[offset : offset + 50]
    ]
    return {"total": len(rows), "offset": offset, "sources": shown}


def _reply(value: dict[str, Any], text: str = "") -> CallToolResult:
    """The value as JSON in a text item, and as structured content; another text where people read
    it.
    """
    shown = text or json.dumps(value, ensure_ascii=False)
    return CallToolResult(content=[TextContent(type="text", text=shown)], structured_content=value)


def serve_stdio(folder: Path, config: Config) -> None:
    """Speak the protocol on stdin and stdout until stdin ends. Raises IndexMissing."""
    take = _own_stdout()
    with open_library(folder, config) as library:
        library.warm_up()
        desk = made_for(library, config, folder)
        take()
        try:
            make_server(desk).run("stdio")
        finally:
            desk.close()


def _own_stdout() -> Callable[[], None]:
    """Send what libraries print to stderr; the call that is returned gives the real stdout to the
    protocol alone.
    """
    sys.stdout.flush()
    kept = os.dup(1)
    os.dup2(2, 1)

    def take() -> None:
        sys.stdout = os.fdopen(kept, "w", encoding="utf-8", newline="\n")

    return take
