"""A model is tried on a sample of the library, which stays as it is; taking it changes one setting."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from conftest import Shelf, litsearch
from smallmodel import small_model

from litsearch.app.model_trials import RECOMMENDED, take_model, try_model
from litsearch.config import Config, load_config
from litsearch.errors import ConfigError

COMMENTED = """\
# mine
[search]
k = 7  # few

[embedder]
model = "all-MiniLM-L6-v2"
"""


def quiet(stage: str, done: int, total: int, note: str = "") -> None:
    """Show no progress."""


def test_taking_a_model_changes_one_setting_and_keeps_the_rest(tmp_path: Path) -> None:
    settings = tmp_path / "config" / "litsearch.toml"
    settings.parent.mkdir()
    settings.write_text(COMMENTED, "utf-8")

    assert take_model(tmp_path, "a/b", "embedder") == settings
    assert settings.read_text("utf-8") == COMMENTED.replace("all-MiniLM-L6-v2", "a/b")
    take_model(tmp_path, "c/d", "nli")
    assert load_config(tmp_path).answer.nli == "c/d"
    assert load_config(tmp_path).search.k == 7


def test_taking_a_model_makes_the_file_of_settings(tmp_path: Path) -> None:
    take_model(tmp_path, "a/b", "reranker")
    assert load_config(tmp_path).reranker.model == "a/b"


@pytest.mark.parametrize("text", ["[embedder", "embedder = 3", "\x00"])
def test_settings_that_cannot_be_read_are_left_alone(tmp_path: Path, text: str) -> None:
    settings = tmp_path / "config" / "litsearch.toml"
    settings.parent.mkdir()
    settings.write_text(text, "utf-8")
    with pytest.raises(ConfigError, match="cannot be changed"):
        take_model(tmp_path, "a/b", "embedder")
    assert settings.read_text("utf-8") == text


def test_models_names_three_embedders_to_try(tmp_path: Path) -> None:
    rows = json.loads(litsearch(tmp_path, "models", "--json").stdout)
    commands = [row["mend"] for row in rows if row["check"] == "embedder to try"]
    assert commands == [f"litsearch models try {model.name}" for model in RECOMMENDED]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # of sentence-transformers, which makes the small model
def test_a_trial_measures_both_embedders_and_changes_nothing(shelf: Shelf, tmp_path: Path) -> None:
    library = Path(shutil.copytree(shelf.folder, tmp_path / "library"))
    before = {path: path.stat().st_mtime_ns for path in library.rglob("*") if path.is_file()}
    model = small_model(tmp_path / "model")

    report = try_model(library, Config(), str(model), "embedder", quiet)

    assert (report["model"], report["current"]) == (str(model), "all-MiniLM-L6-v2")
    assert report["queries"] > 0
    for measured in (report["trial"], report["now"]):
        assert measured["passages"] > 0
        assert measured["passages_per_second"] > 0
    # Random weights find nothing by meaning.
    now, trial = (report[name]["retrieval_without_words"]["nDCG@10"] for name in ("now", "trial"))
    assert now > trial
    assert report["compared"]["nDCG@10"]["now"] == report["trial"]["retrieval"]["nDCG@10"]
    after = {path: path.stat().st_mtime_ns for path in library.rglob("*") if path.is_file()}
    assert after == before


@pytest.mark.slow
def test_what_is_no_model_is_refused_before_anything_is_embedded(shelf: Shelf) -> None:
    for kind in ("embedder", "reranker", "nli"):
        done = litsearch(
            shelf.folder, "models", "try", "/no/such/folder", "--kind", kind, check=False
        )
        assert done.returncode in (1, 2)
        assert "/no/such/folder" in done.stderr
        assert "Traceback" not in done.stderr
