"""What is LanceDB's alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ALIKE = """
import sys
from litsearch.stores.lance_tables import connect

import numpy as np
import pyarrow as pa
from lancedb.index import IvfFlat

numbers = pa.array(np.ones(9000 * 8, np.float32))
rows = pa.table({"vector": pa.FixedSizeListArray.from_arrays(numbers, 8)})
table = connect(sys.argv[1]).create_table("alike", rows)
table.create_index("vector", config=IvfFlat(distance_type="dot", num_partitions=3))
"""


def test_lists_that_stay_empty_are_no_news(tmp_path: Path) -> None:
    """Vectors that are alike leave some of an index's lists empty."""
    command = [sys.executable, "-W", "error", "-c", ALIKE, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
