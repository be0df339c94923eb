"""What is collected: tests over Ray where it is installed."""

from __future__ import annotations

from importlib.util import find_spec

collect_ignore_glob = [] if find_spec("ray") and find_spec("grpc") else ["test_ray.py"]
