"""The whole API against its own description, by schemathesis: no 5xx, and nothing that OpenAPI does
not say.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Shelf
from serving import served

pytestmark = pytest.mark.slow
EXAMPLES = "25"  # of each operation, in each phase


@pytest.fixture(scope="module")
def base(shelf: Shelf, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A service whose lists may be written."""
    copy = tmp_path_factory.mktemp("contract") / "library"
    shutil.copytree(shelf.folder, copy)
    with served(copy, LITSEARCH_SERVE_WRITE="true") as address:
        yield address


def test_every_reply_is_what_the_description_says(base: str, tmp_path: Path) -> None:
    command = [
        Path(sys.executable).parent / "st",
        "run",
        f"{base}/openapi.json",
        "--max-examples",
        EXAMPLES,
    ]
    options = ["--seed", "1", "--generation-database", "none", "--no-color"]
    done = subprocess.run(
        [*command, *options], capture_output=True, text=True, cwd=tmp_path, check=False
    )
    assert done.returncode == 0, done.stdout[-9000:]
