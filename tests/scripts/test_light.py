"""The light install: everything works where torch, transformers and sentence-transformers are missing."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LIGHT = (ROOT / "scripts" / "requirements-light.txt").read_text("utf-8")
LEFT_OUT = ("torch", "transformers", "sentence_transformers", "scipy", "sklearn")
HIDE = f"""
from importlib.machinery import PathFinder
find_spec = PathFinder.find_spec
def without(name, path=None, target=None):
    return None if name.partition(".")[0] in {LEFT_OUT} else find_spec(name, path, target)
PathFinder.find_spec = staticmethod(without)
"""


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def names(requirements: list[str]) -> set[str]:
    return {normal(re.split(r"[<>=\[\s]", line)[0]) for line in requirements}


def pins(text: str) -> dict[str, str]:
    return {normal(name): version for name, version in re.findall(r"^([\w.-]+)==(\S+)", text, re.M)}


def test_every_dependency_but_those_left_out_is_in_the_light_list() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    missing = names(project["dependencies"]) - set(pins(LIGHT))
    assert missing == {"torch", "sentence-transformers"}, "run scripts/lock.py"


def test_the_light_list_has_the_tested_versions_and_a_hash_for_each() -> None:
    constraints = pins((ROOT / "scripts" / "constraints.txt").read_text("utf-8"))
    light = pins(LIGHT)
    assert {name: constraints.get(name, version) for name, version in light.items()} == light
    packages = re.split(r"^(?=[\w.-]+==)", LIGHT, flags=re.MULTILINE)[1:]
    assert [package for package in packages if "--hash=sha256:" not in package] == []
    assert not {"torch", "transformers", "sentence-transformers", "scipy"} & set(light)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The lists that come along: of more works than an embedder takes for a few."""
    folder = tmp_path_factory.mktemp("light")
    shutil.copytree(ROOT / "config" / "lists", folder / "config" / "lists")
    return folder


@pytest.fixture(scope="module")
def without_torch(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment in whose processes the packages that are left out cannot be imported."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "sitecustomize.py").write_text(HIDE, "utf-8")
    path = os.pathsep.join(filter(None, [str(folder), os.environ.get("PYTHONPATH")]))
    return {**os.environ, "PYTHONPATH": path}


def litsearch(
    library: Path, environ: dict[str, str], *arguments: str
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "litsearch", "--library", library, *arguments]
    return subprocess.run(
        command, env=environ, capture_output=True, text=True, check=False, timeout=280
    )


@pytest.mark.slow
def test_it_builds_searches_and_asks_without_torch(
    library: Path, without_torch: dict[str, str]
) -> None:
    hidden = subprocess.run(
        [sys.executable, "-c", "import torch"], env=without_torch, capture_output=True, check=False
    )
    assert b"No module named 'torch'" in hidden.stderr

    built = litsearch(library, without_torch, "build", "--offline")
    assert built.returncode == 0, built.stderr
    search = litsearch(library, without_torch, "search", "low-rank adaptation")
    assert search.returncode == 0, search.stderr
    assert "config/lists/transformers-and-training.md" in search.stdout
    answer = litsearch(library, without_torch, "ask", "what is DoRA?")
    assert "weight-decomposed low-rank adaptation" in " ".join(answer.stdout.split())


@pytest.mark.slow
def test_doctor_says_how_it_embeds_without_torch(
    library: Path, without_torch: dict[str, str]
) -> None:
    litsearch(library, without_torch, "build", "--offline")
    doctor = litsearch(library, without_torch, "doctor")
    assert re.search(r"Builds embed with ONNX on \d+ cores?, \d+ texts a second", doctor.stdout)
    assert "pip install sentence-transformers" in doctor.stdout


@pytest.mark.slow
def test_a_reranker_names_the_command_that_adds_what_it_needs(
    library: Path, without_torch: dict[str, str]
) -> None:
    litsearch(library, without_torch, "build", "--offline")
    environ = {**without_torch, "LITSEARCH_RERANKER_MODEL": str(ROOT)}
    search = litsearch(library, environ, "search", "adapters", "--budget", "300ms")
    assert "Traceback" not in search.stderr
    assert "This is a fault of litsearch" not in search.stderr
