"""The service's log on stderr: one JSON object a line, or plain lines on a terminal. Secrets never get into it."""

from __future__ import annotations

import json
import logging
import re
import sys
from datetime import UTC, datetime

_SECRETS = re.compile(r"(?i)((?:bearer|token|api[_-]?key|password|secret)[\"'=:\s]+)[^\s\"'&,;]{6,}")


def redacted(text: str) -> str:
    """The text without what looks like a token, key or password."""
    return _SECRETS.sub(r"\1[redacted]", text)


class _Lines(logging.Formatter):
    def __init__(self, *, plain: bool) -> None:
        super().__init__()
        self._plain = plain

    def format(self, record: logging.LogRecord) -> str:
        fields = dict(getattr(record, "fields", {}))
        if record.exc_info:
            fields["exception"] = self.formatException(record.exc_info)
        message = record.getMessage()
        if self._plain:
            said = " ".join(f"{name}={value}" for name, value in fields.items())
            return redacted(f"{datetime.now():%H:%M:%S} {message} {said}".rstrip())
        time = datetime.now(UTC).isoformat(timespec="milliseconds")
        line = {"time": time, "level": record.levelname.lower(), "logger": record.name, "message": message} | fields
        return redacted(json.dumps(line, ensure_ascii=False, default=str))


def set_up(*, quiet: bool) -> None:
    """Send the service's log, and that of the server under it, to stderr; quiet: warnings and worse."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Lines(plain=sys.stderr.isatty()))
    for name in ("litsearch", "uvicorn", "mcp"):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [handler], False
        logger.setLevel(logging.INFO if name == "litsearch" and not quiet else logging.WARNING)
