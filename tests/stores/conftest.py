"""What is collected: tests over engines whose libraries are installed."""

from __future__ import annotations

from importlib.util import find_spec

from stores.buckets import SERVER

_NEEDED = ("lancedb", "qdrant_client", "qdrant_edge")
collect_ignore_glob = [] if all(map(find_spec, _NEEDED)) else ["test_*.py"]
if not SERVER.is_dir():
    collect_ignore_glob.append("test_s3.py")
