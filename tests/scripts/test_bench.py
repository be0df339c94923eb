"""scripts/bench writes what was measured into the README, and nothing else of it."""

from __future__ import annotations

import subprocess
import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


def script(path: str) -> ModuleType:
    """A script as a module."""
    loader = SourceFileLoader(path.replace("/", "_"), str(ROOT / "scripts" / path))
    spec = spec_from_loader(loader.name, loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    return script("bench")


def test_every_part_has_its_place_and_is_a_script(bench: ModuleType) -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    for part in bench.PARTS:
        after = bench.written(text, part, "| measured anew |")
        assert after.count("| measured anew |") == 1
        assert bench.written(after, part, "| measured anew |") == after
        begins, ends = f"<!-- bench:{part} -->", f"<!-- end of bench:{part} -->"
        assert after.partition(begins)[0] == text.partition(begins)[0]
        assert after.partition(ends)[2] == text.partition(ends)[2]
        asked = next(
            one for one in bench.command(part, bench.chosen_by([])) if one.startswith("scripts/")
        )
        assert (ROOT / asked).is_file()


def test_a_text_without_a_place_is_refused(bench: ModuleType) -> None:
    with pytest.raises(ValueError, match="0 places"):
        bench.written("nothing\n", "peers", "| measured anew |")


def test_a_part_that_fails_keeps_its_figures(
    bench: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    readme = tmp_path / "README.md"
    empty = "".join(
        f"<!-- bench:{part} -->\nold\n<!-- end of bench:{part} -->\n" for part in bench.PARTS
    )
    readme.write_text(empty, "utf-8")
    says = {"latency": "print('| 1 ms |')", "load": "raise SystemExit(1)"}
    monkeypatch.setattr(bench, "README", readme)
    monkeypatch.setattr(bench, "command", lambda part, _: [sys.executable, "-c", says[part]])
    (tmp_path / "index").mkdir()
    (tmp_path / "index" / "CURRENT").write_text("g1", "utf-8")
    monkeypatch.setattr(sys, "argv", ["bench", str(tmp_path), "--only", "latency", "load"])
    with pytest.raises(SystemExit, match="Not measured: load"):
        bench.main()
    written = readme.read_text("utf-8")
    assert "| 1 ms |" in written.partition("<!-- end of bench:latency -->")[0]
    assert written.count("old") == len(bench.PARTS) - 1
    assert "load could not be measured" in capsys.readouterr().out


def test_a_library_without_index_is_told_of(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "scripts" / "bench", tmp_path],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "run litsearch build" in done.stderr


def test_a_peer_that_is_not_there_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "path", [*sys.path])
    peers = script("peers/run")
    monkeypatch.setattr(peers, "THEIRS", tmp_path / "python")
    with pytest.raises(peers.Failed, match="not installed; scripts/peers/run --install does"):
        peers.measure("txtai", tmp_path, "model")
    with pytest.raises(peers.Failed, match="No module named 'no_such_peer'"):
        peers.run([sys.executable, "-c", "import no_such_peer"])
