"""What is collected: tests over engines whose libraries are installed."""

from __future__ import annotations

from importlib.util import find_spec

NEEDED = {
    "test_*.py": ("lancedb", "qdrant_client", "qdrant_edge"),
    # its botocore wants an older python-dateutil than the rest: pip install moto flask flask-cors
    "test_s3.py": ("moto", "flask"),
}

collect_ignore_glob = [name for name, modules in NEEDED.items() if not all(map(find_spec, modules))]
