"""Processes of their own, whatever script starts them."""

import subprocess
import sys
from pathlib import Path

SCRIPT = """
from operator import methodcaller

from litsearch.subprocesses import Child

print("once")
child = Child(methodcaller("send", "ready"))
while child.ready(0.1) is None:
    pass
print(child.greeting)
"""


def test_a_plain_script_may_start_one(tmp_path: Path) -> None:
    """A script that asks without `if __name__ == "__main__":` is not run by what it starts."""
    script = tmp_path / "script.py"
    script.write_text(SCRIPT, "utf-8")
    run = subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=60)
    assert (run.stdout, run.stderr) == ("once\nready\n", "")
