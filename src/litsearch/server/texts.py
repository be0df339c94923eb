"""Give the texts: /passages, /documents, the bytes of one at /originals, its images at /figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi import Path as InPath
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from litsearch.answers.deep_links import deep_link
from litsearch.app.figures import image, image_inside, kept
from litsearch.extract.blocks import INSIDE
from litsearch.patterns import expression
from litsearch.server.middleware import POLICY
from litsearch.server.openapi import Id, described
from litsearch.server.problems import responses
from litsearch.server.sources import source_of
from litsearch.server.state import State, json_reply
from litsearch.types import CatalogSource, Document, Figure, Passage, Span
from litsearch.views import records
from litsearch.views.json import mentions, passage_view, source_view, span_view

SHOWN = "application/pdf"  # the one kind that a browser shows and that runs nothing of the page


def router(state: State) -> APIRouter:
    """Return the routes of texts."""
    routes = APIRouter(tags=["library"])

    @routes.get(
        "/passages/{passage_id}",
        summary="One passage, with its source and neighbours",
        responses=described(records.PassageWhole) | responses(404, 422),
    )
    async def get_passage(request: Request, passage_id: Id) -> Response:
        """Its text, its place in the source, and the passages before and after it."""
        return await state.get(request, lambda: _passage(state, passage_id))

    @routes.get(
        "/documents/{source_id}",
        summary="The stored text of a source, with a passage or a stretch of it marked",
        responses=described(records.Document) | responses(404, 422),
    )
    async def get_document(
        request: Request,
        source_id: Id,
        passage: Annotated[Id | None, Query(description="id of the passage to mark")] = None,
        start: Annotated[int | None, Query(ge=0, description="first character to mark")] = None,
        end: Annotated[int | None, Query(ge=0, description="the character behind the mark")] = None,
        math: Annotated[bool, Query(description="with the formulas as MathML")] = False,
    ) -> Response:
        """Return the text as it is stored, which all offsets count in."""
        stretch = (passage, start, end)
        return await state.get(request, lambda: _document(state, source_id, stretch, math=math))

    _add_originals(routes, state)
    return routes


def _add_originals(routes: APIRouter, state: State) -> None:
    @routes.get(
        "/originals/{source_id}",
        summary="The PDF that the text of a source came from",
        response_class=Response,
        responses=responses(404, 422)
        | {200: {"content": {SHOWN: {"schema": {"type": "string", "format": "binary"}}}}},
    )
    async def get_original(source_id: Id) -> Response:
        """Return the bytes as they were downloaded, to be shown by the browser itself; PDF only."""
        source = source_of(state, source_id)
        body = await state.reading(lambda: state.library.original(source_id))
        if body is None or source.media_type != SHOWN:
            raise HTTPException(404, "There is no PDF of this source.")
        # The page of this service may show it in a frame, and nobody else's.
        headers_of_frame = {
            "Content-Security-Policy": POLICY.replace(
                "frame-ancestors 'none'", "frame-ancestors 'self'"
            ),
            "X-Frame-Options": "SAMEORIGIN",
            "Cache-Control": "private, max-age=3600",
        }
        return Response(body, media_type=SHOWN, headers=headers_of_frame)


def _passage(state: State, passage_id: str) -> records.PassageWhole:
    catalog = state.library.catalog
    try:
        _, passage = catalog.passage(passage_id)
    except KeyError:
        raise HTTPException(404, f"The library has no {passage_id!r}.") from None
    source = catalog.source(passage.source_id)
    ids = [None, *(sibling.passage_id for sibling in catalog.passages_of(passage.source_id)), None]
    place = ids.index(passage_id)
    return {
        **passage_view(passage),
        "source": source_view(source),
        "entries": mentions(source),
        "link": deep_link(source, passage.text, passage),
        "before": ids[place - 1],
        "after": ids[place + 1],
    }


def _document(
    state: State, source_id: str, stretch: tuple[str | None, int | None, int | None], *, math: bool
) -> records.Document:
    source = source_of(state, source_id)
    try:
        document = state.library.catalog.document(source_id)
    except KeyError:
        raise HTTPException(404, f"The library has no text of {source_id!r}.") from None
    view: records.Document = {
        "source": source_view(source),
        "title": document.title,
        "authors": list(document.authors),
        "published": document.published,
        "media_type": document.media_type,
        "text": document.text,
        "spans": [span_view(span) for span in document.spans],
        "mark": _mark(state, source, document, stretch),
        "original": source.media_type == SHOWN,
    }
    if math:
        view["math"] = formulas(document.text, document.spans)
    return view


def _mark(
    state: State,
    source: CatalogSource,
    document: Document,
    stretch: tuple[str | None, int | None, int | None],
) -> records.Mark | None:
    """Return the stretch to mark: of the passage, or the characters that were named, within the
    text.
    """
    passage_id, start, end = stretch
    passages = state.library.catalog.passages_of(source.source_id)
    if passage_id is not None:
        passage = _of_id(passages, passage_id)
        start, end = passage.start, passage.end
    if start is None:
        return None

    length = len(document.text)
    start = min(start, length)
    end = min(max(end if end is not None else start, start), length)
    around = next((passage for passage in passages if passage.start <= start < passage.end), None)
    return {
        "start": start,
        "end": end,
        "page": around.page if around else None,
        "section": " > ".join(around.heading) if around else "",
        "link": deep_link(source, document.text[start:end], around),
    }


def _of_id(passages: list[Passage], passage_id: str) -> Passage:
    for passage in passages:
        if passage.passage_id == passage_id:
            return passage
    raise HTTPException(404, f"This source has no passage {passage_id!r}.")


# An image that is opened by itself is no page: nothing in it runs or is loaded.
HEADERS = {
    "Content-Security-Policy": f"{POLICY}; sandbox",
    "Cache-Control": "private, max-age=86400",
}
SCHEMA = {"schema": {"type": "string", "format": "binary"}}
Number = Annotated[int, InPath(ge=0, le=10_000, description="of the image, from 0")]


def figures_router(state: State) -> APIRouter:
    """Return the routes of images."""
    routes = APIRouter(tags=["library"])

    @routes.get(
        "/figures/{source_id}",
        summary="The images of a source that the library has",
        responses=described(records.Figures) | responses(404, 422),
    )
    async def get_figures(request: Request, source_id: Id) -> Response:
        """Return where in the text they stand, and what is said to show in them."""
        return json_reply(await state.reading(lambda: _figures(state, source_id)))

    @routes.get(
        "/figures/{source_id}/{number}",
        summary="One image of a source",
        response_class=Response,
        responses=responses(404, 422) | {200: {"content": {"image/*": SCHEMA}}},
    )
    async def get_figure(source_id: Id, number: Number) -> Response:
        """Return the bytes as they came: PNG, JPEG, GIF, WebP or AVIF, nothing else."""
        image = await state.reading(lambda: _image(state, source_id, number))
        if image is None:
            raise HTTPException(404, "There is no such image of this source.")
        body, media_type = image
        return Response(body, media_type=media_type, headers=HEADERS)

    return routes


def _figures(state: State, source_id: str) -> records.Figures:
    figures = _all(state, source_id)
    numbers = kept(state.folder, figures) if state.folder else []
    rows: list[records.Figure] = []
    for number in numbers:
        at, _, alt = figures[number]
        rows.append({"number": number, "at": at, "alt": alt})
    return {"figures": rows}


def _image(state: State, source_id: str, number: int) -> tuple[bytes, str] | None:
    figures = _all(state, source_id)
    if state.folder is None or number >= len(figures):
        return None
    address = figures[number][1]
    if address.startswith(INSIDE):
        source = source_of(state, source_id)
        return image_inside(state.folder, state.config, source, address)
    return image(state.folder, address)


def _all(state: State, source_id: str) -> tuple[Figure, ...]:
    """Return the images that a text names."""
    try:
        return state.library.catalog.document(source_id).figures
    except KeyError:
        raise HTTPException(404, f"The library has no text of {source_id!r}.") from None


MOST = 3000  # formulas of a text
LONGEST = 2000  # characters of one
_FORMULA = expression(
    r"\$\$(?P<display>[^$]{1,2000})\$\$"
    r"|\\\[(?P<bracketed>.{1,2000}?)\\\]"
    r"|(?<![\\$\w])\$(?P<inline>[^\s$](?:[^$\n]{0,500}[^\s$\\])?)\$(?![\d$])"
    r"|\\\((?P<parenthesised>.{1,500}?)\\\)",
    re.DOTALL,
)
# What latex2mathml knows by another name, or not at all.
_KNOWN = (
    (expression(r"\\(begin|end)\{(?:aligned|gathered|eqnarray|multline)\*?\}"), r"\\\1{split}"),
    (expression(r"\\begin\{alignedat\}\{\d+\}"), r"\\begin{split}"),
    (expression(r"\\end\{alignedat\}"), r"\\end{split}"),
    (expression(r"\\(label|tag)\*?\{[^{}]*\}|\\(nonumber|notag)(?![A-Za-z])"), ""),
    (expression(r"\\arg\s*\\(max|min)(?![A-Za-z])"), r"\\operatorname{arg\1}"),
    (expression(r"(\\[bB]igg?[lrm]?)\\[lr]?vert(?![A-Za-z])"), r"\1|"),
)
_UNREAD = expression(r"\\[A-Za-z]|&(?!#?\w+;)")  # a command of the page's own, or no XML
_STYLE = expression(r' (?:style|class|href)="[^"]*"')  # which the policy of the page forbids
# So that two prices are no formula: signs of one, or no letter beside another.
_MATHEMATICAL = expression(r"[\\^_=<>]|^[^A-Za-z]*(?:[A-Za-z](?![A-Za-z])[^A-Za-z]*)+$")


def formulas(text: str, spans: Sequence[Span]) -> list[records.Formula]:
    """Return the formulas of a text outside its code, in order; what cannot be read as LaTeX stays
    text.
    """
    code = [span for span in spans if span.role == "code"]
    result: list[records.Formula] = []
    for match in _FORMULA.finditer(text):
        if any(span.start <= match.start() < span.end for span in code):
            continue
        if mathml := _mathml(match):
            result.append({"start": match.start(), "end": match.end(), "mathml": mathml})
        if len(result) == MOST:
            break
    return result


def _mathml(match: re.Match[str]) -> str:
    """Return a formula as MathML, or "" for what is not one."""
    kind = match.lastgroup or ""
    latex = match[kind].strip()
    if kind in ("display", "bracketed"):
        return _converted(latex, "block")
    return _converted(latex, "inline") if _MATHEMATICAL.search(latex) else ""


@lru_cache(maxsize=10_000)
def _converted(latex: str, display: str) -> str:
    """Return MathML, or "" for what cannot be converted."""
    if len(latex) > LONGEST:
        return ""
    for pattern, command in _KNOWN:
        latex = pattern.sub(command, latex)
    try:
        from latex2mathml.converter import convert

        mathml: str = convert(latex, display=display)
    except Exception:  # noqa: BLE001 - what a page calls a formula may be anything
        return ""
    return "" if _UNREAD.search(mathml) else _STYLE.sub("", mathml)
