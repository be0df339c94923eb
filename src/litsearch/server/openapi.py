"""Describe the interface by OpenAPI, with the shapes of `views.records`."""

from __future__ import annotations

import inspect
from typing import Any, is_typeddict

import msgspec
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from litsearch.server.state import API_VERSION
from litsearch.views import build_records, records, replies

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
