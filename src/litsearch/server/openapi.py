"""Describe the interface by OpenAPI: what requests may ask, and the shapes of `views.records`."""

from __future__ import annotations

import inspect
from typing import Annotated, Any, is_typeddict

import msgspec
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from litsearch.models import generators
from litsearch.server.state import API_VERSION
from litsearch.types import FILTERS, Filters, Intent, Kind, Mode, Turn
from litsearch.views import build_records, records, replies

MAX_K = 1000
MAX_QUERY = 2000  # characters


def _whole(value: object) -> object:
    """Take 5.0 for 5: JSON has one kind of number."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


WHOLE = BeforeValidator(_whole)
Year = Annotated[int, Field(ge=0, le=9999), WHOLE]
K = Annotated[int, Field(ge=1, le=MAX_K), WHOLE]
Id = Annotated[str, Field(max_length=100, description="as other replies name it")]
Words = Annotated[
    str,
    Field(
        min_length=1,
        max_length=MAX_QUERY,
        pattern=r"[^\s\x00-\x1f\x7f-\x9f]",
        examples=["what is DoRA?"],
    ),
]
Budget = Annotated[
    str,
    Field(
        pattern=r"^([1-9][0-9]{0,4}ms|[1-9][0-9]?s)$",
        examples=["300ms"],
        description="how long the reranker may take; 409 when the settings name none",
    ),
]


class FilterParameters(BaseModel):
    """The filters as they stand in an address: each may be given several times."""

    model_config = ConfigDict(populate_by_name=True)

    list_: list[str] = Field(
        [], alias="list", description="path or name of a list", examples=[["papers.md"]]
    )
    topic: list[str] = Field(
        [], description="a topic, as /stats counts them", examples=[["Training"]]
    )
    kind: list[Kind] = Field([], description="what the source is", examples=[["paper", "article"]])
    section: list[str] = Field(
        [], description="part of a heading above an entry", examples=[["LoRA"]]
    )
    author: list[str] = Field([], description="part of an author's name", examples=[["Raschka"]])
    year: list[Year] = Field([], description="of publication", examples=[[2024]])
    title: list[str] = Field([], description="part of a title", examples=[["Attention"]])
    site: list[str] = Field(
        [], description="a host, with or without a path", examples=[["arxiv.org"]]
    )
    language: list[str] = Field([], description="of the text, ISO 639-1", examples=[["en"]])
    source: list[Id] = Field([], description="id of a source", examples=[["a1b2c3"]])
    unread: bool = Field(False, description="only what no list marks as read")

    @property
    def filters(self) -> Filters:
        """Return the filters for a search."""
        return _filters(self)


class SearchParameters(FilterParameters):
    """What GET /search is asked."""

    q: Words = Field(
        description='words, a question, "a phrase", -word, title:, author:, site:, year:, kind:'
    )
    k: K | None = Field(
        None, description="how many passages; by default as the settings say", examples=[10]
    )
    mode: Mode = Field(
        "hybrid", description="by meaning and words, by meaning alone, by words alone"
    )
    budget: Budget | None = Field(
        None, description="how long the reranker may take; 409 when the settings name none"
    )
    intent: Intent | None = Field(
        None, description="what kind of query it is, when its form misleads"
    )


class FilterFields(BaseModel):
    """The filters as they stand in a body: each one value or several."""

    model_config = ConfigDict(extra="forbid", strict=True, populate_by_name=True)

    list_: str | list[str] | None = Field(None, alias="list")
    topic: str | list[str] | None = None
    kind: Kind | list[Kind] | None = None
    section: str | list[str] | None = None
    author: str | list[str] | None = None
    year: Year | list[Year] | None = None
    title: str | list[str] | None = None
    site: str | list[str] | None = None
    language: str | list[str] | None = None
    source: Id | list[Id] | None = None
    unread: bool = False

    @property
    def filters(self) -> Filters:
        """Return the filters for a search."""
        return _filters(self)


class SearchRequest(FilterFields):
    """The names of GET /search, as JSON."""

    q: Words
    k: K | None = None
    mode: Mode = "hybrid"
    budget: Budget | None = None
    intent: Intent | None = None


class EarlierTurn(BaseModel):
    """A question that was asked before, and its answer."""

    model_config = ConfigDict(extra="forbid", strict=True)

    question: str = Field(max_length=MAX_QUERY)
    answer: str = Field("", max_length=6000)
    quotes: list[Annotated[str, Field(max_length=2000)]] = Field(
        [], max_length=20, description="that stood under the answer: they are not shown again"
    )

    @property
    def turn(self) -> Turn:
        """Return it as a turn of a conversation."""
        return Turn(self.question, self.answer, tuple(self.quotes))


class AskRequest(FilterFields):
    """A question, what was asked before it, and which part of the library is asked."""

    question: Words
    k: K | None = None
    generator: str | None = Field(None, pattern=f"^({'|'.join(generators.names())})$")
    turns: list[EarlierTurn] = Field(
        [], max_length=10, description="earlier questions and answers, oldest first"
    )


def _filters(request: FilterParameters | FilterFields) -> Filters:
    fields: dict[str, Any] = {}
    for name, field in FILTERS.items():
        fields[field] = _several(getattr(request, "list_" if name == "list" else name))
    return Filters(**fields, unread=request.unread)


def _several(value: Any) -> tuple[Any, ...]:
    """Return one value, several or none as a tuple."""
    if value is None:
        return ()
    return tuple(value) if isinstance(value, list) else (value,)


ABOUT = f"""\
Searches and asks a library of reading lists. Errors are RFC 9457 problems
(`application/problem+json`). GETs carry an ETag of the index's generation. This is version
{API_VERSION} of the interface (header `API-Version`): within it, fields are added and never taken
away. The paths under /v1 are those of the OpenAI protocol.
"""
REFERENCE = "#/components/schemas/{name}"
EVENTS = {
    "text/event-stream": {
        "schema": {
            "type": "object",
            "description": "one event; data is JSON",
            "properties": {"event": {"type": "string"}, "data": {"type": "string"}},
            "required": ["data"],
        }
    }
}


def described(
    shape: Any, more: dict[str, Any] | None = None, *, status: int = 200, several: bool = False
) -> dict[int | str, dict[str, Any]]:
    """Describe a reply by its record, for the `responses` of a route; several: a JSON array of
    them.
    """
    schema: dict[str, Any] = {"$ref": REFERENCE.format(name=shape.__name__)}
    if several:
        schema = {"type": "array", "items": schema}
    content = {"application/json": {"schema": schema}} | (more or {})
    return {status: {"description": inspect.getdoc(shape) or "", "content": content}}


def openapi_of(app: FastAPI, *, secured: bool) -> dict[str, Any]:
    """Return the description of an app, made once; secured: tokens are asked for."""
    if app.openapi_schema is None:
        app.openapi_schema = _described(app, secured=secured)
    return app.openapi_schema


def _described(app: FastAPI, *, secured: bool) -> dict[str, Any]:
    view = get_openapi(
        title=app.title,
        version=app.version,
        description=app.description,
        routes=app.routes,
        servers=app.servers,
    )
    components = view.setdefault("components", {})
    components.setdefault("schemas", {}).update(shapes())
    if secured:
        components["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
        view["security"] = [{"token": []}]
    return view


def shapes() -> dict[str, Any]:
    """Return the JSON schema of every record, by its name."""
    names = {**vars(records), **vars(build_records), **vars(replies)}
    kinds = [kind for kind in names.values() if is_typeddict(kind)]
    _, schemas = msgspec.json.schema_components(kinds, ref_template=REFERENCE)
    return dict(schemas)
