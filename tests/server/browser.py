"""What tests of the page need: a Chromium, and the marks of tests that have one."""

from __future__ import annotations

import shutil

import pytest

_FOUND = [shutil.which(name) for name in ("chromium", "chromium-browser")]
CHROMIUM = next(filter(None, _FOUND), None)
IN_BROWSER = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="needs a chromium"),
    # What Playwright leaves behind when its loop ends.
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning"),
]
