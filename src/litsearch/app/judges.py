"""Choose the model that judges generated sentences, and the probability from which it is trusted.

A model is calibrated once, when its judgement is first needed; the result is kept in the user's
cache, per model file.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Generator as Steps
from contextlib import suppress
from functools import cached_property
from pathlib import Path

import msgspec

from litsearch.answers.calibration import Calibration, calibrate, pairs, undecided
from litsearch.answers.judge import Judge
from litsearch.app.factories import entailment
from litsearch.config import Config
from litsearch.errors import LitsearchError, ModelUnavailable
from litsearch.models.prompt import judge_fingerprint
from litsearch.protocols import Entailment, Generator
from litsearch.regular_files import read_bytes
from litsearch.types import Wait

NO_JUDGE = "Only sentences that copy a source are shown, since there is no model to judge others."
BUSY = "Only sentences that copy a source are shown until the language model has been checked."


class Judges:
    """Finds the judge of a generator's sentences. Safe for threads."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._calibrating = threading.Lock()

    def find(self, model: Generator) -> Steps[Wait, None, Judge]:
        """Return the judge of a generator's sentences: a model of natural language inference if one
        is set, else the generator. Yield how far its calibration has come.
        """
        try:
            judge = self._entailment or (model if isinstance(model, Entailment) else None)
        except LitsearchError as error:
            return Judge(note=f"{error} {error.hint}")
        if judge is None:
            return Judge(note=NO_JUDGE)
        name = f"nli:{self._config.answer.nli}" if self._entailment else model.name
        calibration = _read(self._file(name))
        if calibration is None:
            if not self._calibrating.acquire(blocking=False):
                return Judge(note=BUSY)
            try:
                calibration = yield from self._calibrated(judge, name)
            except ModelUnavailable as error:
                return Judge(note=f"{NO_JUDGE} {error}")
            finally:
                self._calibrating.release()
        return _judge(judge, calibration)

    def _calibrated(self, judge: Entailment, name: str) -> Steps[Wait, None, Calibration]:
        calibration = yield from calibrate(judge.entails)
        _write(self._file(name), calibration)
        return calibration

    def _file(self, name: str) -> Path:
        """Return where the calibration of a model is kept; other prompts or other pairs have
        another file.
        """
        server = self._config.answer.base_url if name.startswith("openai") else ""
        facts = (name, server, judge_fingerprint(), undecided(pairs()))
        key = hashlib.sha256(repr(facts).encode()).hexdigest()[:16]
        home = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")  # noqa: PTH111
        return Path(home) / "litsearch" / f"{key}.calibration.json"

    @cached_property
    def _entailment(self) -> Entailment | None:
        name = self._config.answer.nli
        return entailment(name) if name else None


def _judge(judge: Entailment, calibration: Calibration) -> Judge:
    if calibration.threshold is None:
        share = f"{calibration.precision:.0%}" if calibration.precision else "less than 98%"
        return Judge(
            note="Only sentences that copy a source are shown, since the model is too weak to"
            f" judge others: at no threshold is enough of what it lets through true ({share})."
        )
    return Judge(judge.entails, calibration.threshold)


def _read(path: Path) -> Calibration | None:
    try:
        return msgspec.json.decode(read_bytes(path), type=Calibration)
    except (OSError, msgspec.MsgspecError):
        return None


def _write(path: Path, calibration: Calibration) -> None:
    with suppress(OSError):  # a full or read-only disk: it is calibrated again
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{os.getpid()}")
        draft.write_bytes(msgspec.json.encode(calibration))
        draft.replace(path)
