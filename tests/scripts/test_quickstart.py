"""The first command of the README, on a copy of this checkout, over pages served on loopback."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import fakeweb
import pytest
import smallweb

ROOT = Path(__file__).parent.parent.parent
COPIED = ("pyproject.toml", "README.md", "LICENSE", "scripts", "config", "index/README.md")


def _quickstart(checkout: Path, environ: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [checkout / "scripts" / "quickstart"]
    return subprocess.run(
        command, capture_output=True, text=True, timeout=280, check=False, env=environ
    )


@pytest.mark.slow
def test_quickstart_builds_asks_and_says_what_next(tmp_path: Path) -> None:
    # Else the copy would install itself into the environment that it borrows.
    subprocess.run([ROOT / "scripts" / "install", "--check"], check=True)
    checkout = tmp_path / "checkout"
    (checkout / "index").mkdir(parents=True)
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, checkout / name)
        else:
            shutil.copy(ROOT / name, checkout / name)
    # installed before; installing is not what is tested
    (checkout / ".venv").symlink_to(ROOT / ".venv")
    shutil.rmtree(checkout / "config")
    smallweb.make_library(checkout)
    with fakeweb.serve() as web:
        smallweb.put_pages(web)
        environ = {**os.environ, "http_proxy": web.base, "https_proxy": web.base, "no_proxy": ""}
        first, again = (_quickstart(checkout, environ) for _ in range(2))
    assert first.returncode == 0, first.stderr
    assert "5 sources: 4 indexed" in first.stdout
    assert "splits each pretrained weight matrix into a magnitude and a direction" in " ".join(
        first.stdout.split()
    )
    assert "config/lists/small.md:5" in first.stdout
    assert "What next:" in first.stdout
    assert again.returncode == 0, again.stderr
    assert "0 embedded" in again.stdout
