"""scripts/bench writes what was measured into docs/benchmarks.md, and changes nothing else there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from measure import bench
from measure.__main__ import MODULES, summary
from measure.peers import __main__ as peers

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", MODULES)
def test_every_measurement_says_what_it_measures(name: str) -> None:
    assert len(summary(MODULES[name])) > 20


@pytest.mark.parametrize(
    "name", ["bench", "ablation", "growth", "check", "install", "test", "quickstart"]
)
def test_the_scripts_that_people_call_can_be_run(name: str) -> None:
    script = ROOT / "scripts" / name
    assert script.stat().st_mode & 0o111
    assert script.read_text("utf-8").startswith("#!/usr/bin/env bash")


def test_measurements_are_listed_without_a_name() -> None:
    done = subprocess.run([ROOT / "scripts" / "run"], capture_output=True, text=True, check=True)
    assert all(name in done.stdout for name in MODULES)


def test_an_unknown_measurement_is_named() -> None:
    done = subprocess.run(
        [ROOT / "scripts" / "run", "lattency"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "lattency" in done.stderr


def test_every_part_has_its_place_and_is_a_script() -> None:
    text = bench.BENCHMARKS.read_text("utf-8")
    for part in bench.PARTS:
        after = bench.insert_figures(text, part, "| measured anew |")
        assert after.count("| measured anew |") == 1
        assert bench.insert_figures(after, part, "| measured anew |") == after
        begins, ends = f"<!-- bench:{part} -->", f"<!-- end of bench:{part} -->"
        assert after.partition(begins)[0] == text.partition(begins)[0]
        assert after.partition(ends)[2] == text.partition(ends)[2]
        assert part in MODULES


def test_a_text_without_a_place_is_refused() -> None:
    with pytest.raises(ValueError, match="0 places"):
        bench.insert_figures("nothing\n", "peers", "| measured anew |")


def test_a_part_that_fails_keeps_its_figures(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    document = tmp_path / "benchmarks.md"
    empty = "".join(
        f"<!-- bench:{part} -->\nold\n<!-- end of bench:{part} -->\n" for part in bench.PARTS
    )
    document.write_text(empty, "utf-8")
    says = {"latency": "print('| 1 ms |')", "load": "raise SystemExit(1)"}
    monkeypatch.setattr(bench, "BENCHMARKS", document)
    monkeypatch.setattr(bench, "command", lambda part, _: [sys.executable, "-c", says[part]])
    (tmp_path / "index").mkdir()
    (tmp_path / "index" / "CURRENT").write_text("g1", "utf-8")
    monkeypatch.setattr(sys, "argv", ["bench", str(tmp_path), "--only", "latency", "load"])
    with pytest.raises(SystemExit, match="Not measured: load"):
        bench.main()
    written = document.read_text("utf-8")
    assert "| 1 ms |" in written.partition("<!-- end of bench:latency -->")[0]
    assert written.count("old") == len(bench.PARTS) - 1
    assert "load could not be measured" in capsys.readouterr().out


def test_a_library_without_index_is_refused(tmp_path: Path) -> None:
    done = subprocess.run(
        [ROOT / "scripts" / "bench", tmp_path],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "run litsearch build" in done.stderr


def test_a_peer_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(peers, "THEIRS", tmp_path / "python")
    with pytest.raises(peers.Failed, match="not installed; scripts/run peers --install does"):
        peers.measure("txtai", tmp_path, "model")
    with pytest.raises(peers.Failed, match="No module named 'no_such_peer'"):
        peers.run([sys.executable, "-c", "import no_such_peer"])
