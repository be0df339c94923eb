"""The engines that the socket is tested over, each as a place to open anew."""

from __future__ import annotations

import importlib.util

# collected where the extras `lance` and `qdrant` are installed
_NEEDED = {"lancedb", "qdrant_client"}
collect_ignore_glob = [] if all(map(importlib.util.find_spec, _NEEDED)) else ["test_*.py"]
