"""What `litsearch models` says of the models that only some settings use."""

from __future__ import annotations

from pathlib import Path

import msgspec

from litsearch.app.doctor import _nli, _reranker
from litsearch.config import Config
from litsearch.reports import Finding


def _checked(config: Config) -> list[Finding]:
    return [_reranker(config), _nli(config)]


def test_what_is_not_set_is_explained_and_not_wrong() -> None:
    for found in _checked(Config()):
        assert found.ok
        assert "None is set" in found.message
        assert "Set " in found.mend


def test_a_folder_that_is_not_there_is_wrong(tmp_path: Path) -> None:
    gone, config = str(tmp_path / "gone"), Config()
    answer = msgspec.structs.replace(config.answer, nli=gone)
    again = msgspec.structs.replace(config.reranker, model=gone)
    for found in _checked(msgspec.structs.replace(config, answer=answer, reranker=again)):
        assert not found.ok
        assert gone in found.message
        assert found.mend
