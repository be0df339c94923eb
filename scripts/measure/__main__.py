"""Run a measurement by its name, or list them all."""

from __future__ import annotations

import ast
import importlib.util
import os
import runpy
import sys
from pathlib import Path

MODULES = {
    **{name: f"measure.{name}" for name in ("bench", "latency", "load", "embedding", "peers")},
    **{name: f"measure.{name}" for name in ("ablation", "baselines", "calibrate", "learners")},
    **{name: f"measure.{name}" for name in ("extraction", "first_token", "judge", "worded")},
    "screenshots": "measure.screenshots",
    "stores": "stores.growth",
    "parity": "stores.parity",
    "growth": "index.growth",  # these share generators of libraries with the tests
    "chaos": "index.chaos",
    "losses": "clusters.losses",
    "cluster": "clusters.cost",
    "endurance": "endurance",
    "hostile": "extract.hostile_documents",
}


def summary(module: str) -> str:
    """Return the first line of a module's docstring, without importing the module."""
    spec = importlib.util.find_spec(module)
    if spec is None or spec.origin is None:
        return ""
    path = Path(spec.origin)
    if path.name == "__init__.py":
        path = path.with_name("__main__.py")
    docstring = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    return docstring.partition("\n")[0]


def main() -> None:
    """Run what the first argument names; the rest are its own."""
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the command line does
    if name in MODULES:
        sys.argv = [f"scripts/run {name}", *sys.argv[2:]]
        runpy.run_module(MODULES[name], run_name="__main__", alter_sys=True)
        return

    print("usage: scripts/run NAME [ARGUMENT…]\n")
    for known, module in MODULES.items():
        print(f"  {known:12} {summary(module)}")
    sys.exit(0 if name in ("", "-h", "--help") else f"\nThere is no measurement {name!r}.")


if __name__ == "__main__":
    main()
