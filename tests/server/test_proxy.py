"""Behind a proxy that offers the service under a path and strips that path: the interface, its
links, and the page.
"""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
import uvicorn
from conftest import Shelf
from serving import served
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

pytestmark = pytest.mark.slow
UNDER = "/reading/room"
NOT_PASSED_ON = (
    "connection",
    "keep-alive",
    "transfer-encoding",
    "content-length",
    "content-encoding",
)


@contextmanager
def proxy(behind: str) -> Iterator[str]:
    """The address of a proxy that knows nothing but UNDER."""

    async def pass_on(request: Request) -> Response:
        headers = {
            name: value
            for name, value in request.headers.items()
            if name in ("host", "content-type", "accept")
        }
        address = f"{behind}/{request.path_params['rest']}?{request.url.query}"
        async with httpx.AsyncClient(trust_env=False, timeout=20) as client:
            reply = await client.request(
                request.method, address, headers=headers, content=await request.body()
            )
        kept = {name: value for name, value in reply.headers.items() if name not in NOT_PASSED_ON}
        return Response(reply.content, reply.status_code, kept)

    routes = [Route(f"{UNDER}/{{rest:path}}", pass_on, methods=["GET", "POST"])]
    server = uvicorn.Server(
        uvicorn.Config(Starlette(routes=routes), port=0, log_config=None, ws="none")
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(20)


@pytest.fixture(scope="module")
def outside(shelf: Shelf) -> Iterator[str]:
    """The address at which the proxy listens."""
    with served(shelf.folder, LITSEARCH_SERVE_ROOT_PATH=UNDER) as behind, proxy(behind) as address:
        yield address


def test_the_interface_and_its_links(outside: str) -> None:
    with httpx.Client(base_url=outside, trust_env=False, timeout=20) as client:
        assert client.get("/healthz").status_code == 404, "the proxy knows nothing but its path"
        base = f"{outside}{UNDER}/"
        described = client.get(f"{base}openapi.json").json()
        assert described["servers"] == [{"url": UNDER}]
        assert "/search" in described["paths"]
        hits = client.get(f"{base}search", params={"q": "wild yeasts"}).json()["hits"]
        assert hits
        answer = client.post(f"{base}ask", json={"question": "what is DoRA?"}).json()
        assert answer["answered"]
        first = client.get(f"{base}sources", params={"limit": 1})
        following = first.headers["link"].partition("<")[2].partition(">")[0]
        second = client.get(httpx.URL(f"{base}sources").join(following))
        assert second.json()[0]["id"] != first.json()[0]["id"]


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")
def test_the_page(outside: str) -> None:
    playwright = pytest.importorskip("playwright.sync_api")
    chromium = next(
        (path for name in ("chromium", "chromium-browser") if (path := shutil.which(name))), None
    )
    if chromium is None:
        pytest.skip("needs a chromium")
    elsewhere: list[str] = []

    def noticed(request: Any) -> None:
        if not request.url.startswith(f"{outside}{UNDER}/"):
            elsewhere.append(request.url)

    with playwright.sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        page.on("request", noticed)
        page.goto(f"{outside}{UNDER}/?q=what+is+DoRA%3F")
        page.wait_for_selector(".answer .cite")
        page.click("nav >> text=Library")
        page.wait_for_selector(".rows li")
        assert page.url.startswith(f"{outside}{UNDER}/")
        page.reload()
        page.wait_for_selector(".rows li")
        browser.close()
    assert not elsewhere
