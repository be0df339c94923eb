"""What runs the service elsewhere, looked at by the linters of its makers, where they are
installed.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from litsearch import __version__

DEPLOY = Path(__file__).parent.parent.parent / "scripts" / "deploy"
HERE = Path(sys.executable).parent


def tool(name: str) -> str:
    found = shutil.which(name, path=f"{HERE}:/usr/bin:/bin")
    if found is None:
        pytest.skip(f"needs {name}")
    return found


def test_the_dockerfile_passes_its_linter_and_does_not_run_as_root() -> None:
    text = (DEPLOY / "Dockerfile").read_text("utf-8")
    last = text.rpartition("\nFROM ")[2]
    assert text.count("\nFROM ") == 2
    assert re.search(r"^USER (?!0|root)", last, re.MULTILINE)
    assert "HEALTHCHECK" in last
    done = subprocess.run(
        [tool("hadolint"), DEPLOY / "Dockerfile"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "")


def test_the_compose_file_is_one() -> None:
    command = [
        tool("check-jsonschema"),
        "--builtin-schema",
        "vendor.compose-spec",
        DEPLOY / "compose.yaml",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert "read_only: true" in (DEPLOY / "compose.yaml").read_text("utf-8")


def test_the_unit_is_one(tmp_path: Path) -> None:
    unit = tmp_path / "litsearch.service"
    text = (DEPLOY / "litsearch.service").read_text("utf-8")
    unit.write_text(text.replace("/opt/litsearch/bin/litsearch", "/bin/true"), "utf-8")
    done = subprocess.run(
        [tool("systemd-analyze"), "verify", unit], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_server_json_names_this_version_and_holds_to_the_rules_of_registries() -> None:
    described = json.loads((DEPLOY / "server.json").read_text("utf-8"))
    assert described["version"] == described["packages"][0]["version"] == __version__
    assert re.fullmatch(r"[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+", described["name"])
    assert 1 <= len(described["description"]) <= 100
    readme = (DEPLOY.parent.parent / "README.md").read_text("utf-8")
    assert f"<!-- mcp-name: {described['name']} -->" in readme  # which the package's page shows
