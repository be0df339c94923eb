"""One writer at a time, and none that is dead."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from litsearch.errors import IndexLocked
from litsearch.index.publish import writing

_HOLD = """
import sys
from pathlib import Path
from litsearch.index.publish import writing
with writing(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_the_second_writer_is_told_who_holds_the_lock(tmp_path: Path) -> None:
    index = tmp_path / "index"
    with subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(index)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(IndexLocked, match=f"process {holder.pid}") as caught, writing(index):
            pass
        assert caught.value.hint
        holder.kill()
        holder.wait()
        with writing(index):
            pass


def test_the_lock_is_free_again_after_use_and_after_an_error(tmp_path: Path) -> None:
    for _ in range(2):
        with pytest.raises(KeyError), writing(tmp_path):
            raise KeyError
    with (
        writing(tmp_path),
        pytest.raises(IndexLocked, match=f"process {os.getpid()}"),
        writing(tmp_path),
    ):
        pass
    with writing(tmp_path):
        pass
