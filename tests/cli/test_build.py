"""A build that is asked for over HTTP: a job in a process of its own, and a service that moves on
with it.
"""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import httpx
import pytest
from conftest import Shelf
from serving import served

pytestmark = pytest.mark.slow
TOKEN = {"Authorization": f"Bearer {'b' * 20}"}


def test_a_build_by_token_is_a_job_that_ends(shelf: Shelf, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(shelf.folder, copy)
    (copy / "config" / "lists" / "more.md").write_text(
        "# More\n\n- “A work without a link” by Fay Example (2021)\n"
    )
    (copy / "config" / "tokens").write_text(f"me read,build {'b' * 20}\n")
    settings = {"LITSEARCH_SERVE_BUILD": "true", "LITSEARCH_SERVE_TOKENS_FILE": "config/tokens"}
    proxies = dict.fromkeys(("http_proxy", "https_proxy"), shelf.web.base)
    with (
        served(copy, **settings, **proxies) as base,
        httpx.Client(base_url=base, headers=TOKEN, trust_env=False) as to,
    ):
        assert httpx.post(f"{base}/build", trust_env=False).status_code == 401
        before = to.get("/healthz").json()["generation"]
        started = to.post("/build")
        assert started.status_code == 202
        assert to.post("/build").json()["id"] == started.json()["id"]  # one at a time
        for _ in range(600):
            job = to.get(started.headers["location"]).json()
            if job["status"] != "running":
                break
            assert to.get("/search", params={"q": "bread"}).status_code == 200
            time.sleep(0.2)
        assert (job["status"], job["done"]) == ("done", job["total"]), job
        assert "6 sources" in job["report"]
        assert to.get("/healthz").json()["generation"] != before
        assert to.get("/sources").headers["x-total-count"] == "6"
