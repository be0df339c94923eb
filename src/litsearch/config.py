"""Settings: defaults, then config/litsearch.toml, then LITSEARCH_SECTION_KEY, then flags.

Unknown keys and values out of range are refused by name.
"""

from __future__ import annotations

import os
from collections.abc import Container, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

from msgspec import Meta, Struct, ValidationError, convert
from msgspec.structs import fields, replace

from litsearch.errors import ConfigError, did_you_mean, nearest_word
from litsearch.untrusted import loads

LONGEST_NAME = 255  # bytes of a file's name, on the file systems that people have
Seconds = Annotated[float, Meta(ge=0, le=3600)]


class _Section(Struct, frozen=True, forbid_unknown_fields=True):
    """A table of the file; every key has a default."""


class FetchConfig(_Section, frozen=True):
    """How pages are downloaded."""

    spacing: Seconds = 1.0  # between two requests to one host
    hosts: Annotated[int, Meta(ge=1, le=64)] = 8  # downloads at once, never two to one host
    timeout: Annotated[float, Meta(gt=0, le=600)] = 20.0  # to connect, and between two reads
    total_timeout: Annotated[float, Meta(gt=0, le=3600)] = 120.0  # for one document
    max_megabytes: Annotated[float, Meta(gt=0, le=2000)] = 60.0
    max_redirects: Annotated[int, Meta(ge=0, le=30)] = 8
    retries: Annotated[int, Meta(ge=0, le=10)] = 2  # of transient failures
    contact: str = ""  # put into the User-Agent
    allow_private: bool = False  # allow loopback and private addresses
    figures: Annotated[float, Meta(ge=0, le=100)] = 4.0  # megabytes of one image; 0: none is kept


class ExtractConfig(_Section, frozen=True):
    """How text is taken out of documents."""

    workers: Annotated[int, Meta(ge=0, le=64)] = 0  # processes; 0: one a core
    timeout: Annotated[float, Meta(gt=0, le=3600)] = 60.0  # for one document


class BuildConfig(_Section, frozen=True):
    """Where a build runs."""

    on: str = "local"  # this machine; ray://HOST:10001: a cluster


class IndexConfig(_Section, frozen=True):
    """How the index is kept."""

    keep: Annotated[int, Meta(ge=2, le=1000)] = 2  # generations: the live one, and those before it
    store: str = "local"  # where the library is read from: lance+FOLDER, s3://BUCKET/NAME
    cache: str = ""  # where builds keep downloads and vectors as well: s3://BUCKET/NAME, a folder
    shards: Annotated[int, Meta(ge=0, le=1000)] = 0  # of a new copy in Qdrant; 0: its cluster's
    replicas: Annotated[int, Meta(ge=0, le=20)] = 0  # of each shard there; 0: its cluster's
    bytes: bool = False  # compare vectors there by a byte a number, the best once more as they are
    on_disk: bool = True  # read vectors and texts there from the disk, not from memory


class EmbedderConfig(_Section, frozen=True):
    """The bi-encoder."""

    model: str = "all-MiniLM-L6-v2"  # the packaged one; or a hub name, or a folder
    query_prefix: str = ""
    passage_prefix: str = ""
    dimensions: Annotated[int, Meta(ge=0, le=100_000)] = 0  # of a vector that are kept; 0: all


class SearchConfig(_Section, frozen=True):
    """How passages are found."""

    k: Annotated[int, Meta(ge=1, le=1000)] = 10
    depth: Annotated[int, Meta(ge=1, le=10_000)] = 200  # candidates of each signal


class RerankerConfig(_Section, frozen=True):
    """The cross-encoder that reads the best candidates once more."""

    model: str = ""  # a hub name, or a folder; "": none
    candidates: Annotated[int, Meta(ge=1, le=1000)] = 50
    budget_ms: Annotated[int, Meta(ge=1, le=600_000)] = 1000  # of a search without --budget


class AnswerConfig(_Section, frozen=True):
    """How questions are answered."""

    generator: str = "extractive"  # a name in models/generators/: llama_cpp, openai
    model: str = ""  # llama_cpp: a GGUF file; openai: the model's name
    base_url: str = "http://127.0.0.1:8080/v1"  # openai
    sentences: Annotated[int, Meta(ge=1, le=10)] = 3
    nli: str = ""  # a cross-encoder, by folder or hub name; "": none


class ServeConfig(_Section, frozen=True):
    """The HTTP service."""

    host: str = "127.0.0.1"
    port: Annotated[int, Meta(ge=0, le=65535)] = 8765
    tokens_file: str = ""  # lines of "name scopes token"; scopes: read, build, or both with a comma
    build: bool = False  # allow POST /build, with a token of the scope build
    write: bool = False  # allow the lists to be edited, and links and files to be put in
    history: bool = False  # the page's conversations are kept in the library, not in each browser
    vault: str = ""  # a folder of notes that answers are written into: "~/vault/answers"
    root_path: str = ""  # the path under which a proxy offers the service
    origins: str | tuple[str, ...] = ()  # of other sites whose pages may call, apart by spaces
    rate: Annotated[float, Meta(ge=0, le=100_000)] = 20.0  # requests a second of one caller; 0: any


class ListsConfig(_Section, frozen=True):
    """Lists and documents beside those in config/lists."""

    paths: str | tuple[str, ...] = ()  # lists, vaults, and folders whose documents are works
    files: str | tuple[str, ...] = ()  # folders whose files lists may name: "~/Zotero/storage"
    notes: bool = False  # each note of a vault is a work, too


class Config(_Section, frozen=True):
    """All settings."""

    lists: ListsConfig = ListsConfig()
    fetch: FetchConfig = FetchConfig()
    extract: ExtractConfig = ExtractConfig()
    build: BuildConfig = BuildConfig()
    index: IndexConfig = IndexConfig()
    embedder: EmbedderConfig = EmbedderConfig()
    search: SearchConfig = SearchConfig()
    reranker: RerankerConfig = RerankerConfig()
    answer: AnswerConfig = AnswerConfig()
    serve: ServeConfig = ServeConfig()


OTHER_VARIABLES = ("LITSEARCH_LIBRARY", "LITSEARCH_TOKENS", "LITSEARCH_ANSWER_API_KEY")
_PREFIX = "LITSEARCH_"
_SURE = 0.8  # share of letters that a variable must have in common with a known one
_OF_KUBERNETES = ("SERVICE_", "PORT")


def load_config(
    library: Path, environ: Mapping[str, str] = os.environ, without: Container[str] = ()
) -> Config:
    """Read the settings of a library folder. Raises ConfigError.

    without: settings of the file that do not hold, such as "answer.base_url".
    """
    path = settings_file(library)
    table = read_settings(path)
    _refuse_unknown_keys(table, path)
    _drop(table, without)
    _overlay(table, environ)
    try:
        return _with_models_placed(convert(table, Config, strict=False), library)
    except ValidationError as error:
        raise ConfigError(
            f"The settings cannot be used: {error}.",
            f"Correct {path}, or the LITSEARCH_ variable of that name.",
        ) from None


def _with_models_placed(config: Config, library: Path) -> Config:
    """Return settings that name models in files and folders by their whole paths."""
    embedder, reranker, answer = config.embedder, config.reranker, config.answer
    embedder = replace(embedder, model=_placed(embedder.model, library))
    reranker = replace(reranker, model=_placed(reranker.model, library))
    answer = replace(answer, model=_placed(answer.model, library), nli=_placed(answer.nli, library))
    return replace(config, embedder=embedder, reranker=reranker, answer=answer)


def _placed(model: str, library: Path) -> str:
    """Return the whole path of a model that lies in the library, else its name."""
    if model in ("", EmbedderConfig().model):
        return model
    place = place_of(model, library)
    is_file = place.suffix == ".gguf" and place.is_file()
    return str(place) if is_file or place.is_dir() else model


def read_settings(path: Path) -> dict[str, Any]:
    """Read a settings file as tables of values; a missing one is empty. Raises ConfigError."""
    if path.exists() and not path.is_file():  # a pipe, of which reading does not end
        raise ConfigError(f"{path} is no file.", "Remove it to use the defaults.")
    try:
        return loads(_decoded(path.read_bytes()))
    except FileNotFoundError:
        return {}
    except UnicodeDecodeError:
        raise ConfigError(f"{path} is not UTF-8 text.", "Save it as UTF-8.") from None
    except (OSError, RecursionError, ValueError) as error:
        hint = "Correct the file, or remove it to use the defaults."
        raise ConfigError(f"{path} cannot be read: {error}.", hint) from None


def _decoded(data: bytes) -> str:
    """Decode what editors save: UTF-8 with or without a mark, UTF-16 with one; any line ends."""
    marked = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    return data.decode("utf-16" if marked else "utf-8-sig").replace("\r\n", "\n")


def _refuse_unknown_keys(table: Mapping[str, Any], path: Path) -> None:
    """Raise ConfigError for a table or key that no setting is called."""
    sections = {section.name: section.type for section in fields(Config)}
    for name, values in table.items():
        if name not in sections:
            raise _unknown(f"{path} has a table [{name}], which nothing reads.", name, sections)
        keys = [key.name for key in fields(sections[name])]
        for key in values if isinstance(values, dict) else ():
            if key not in keys:
                raise _unknown(f"{path} sets {key} under [{name}], which nothing reads.", key, keys)


def _unknown(message: str, word: str, words: Iterable[str]) -> ConfigError:
    hint = did_you_mean(word, words) or f"Known are {', '.join(words)}."
    return ConfigError(message, hint)


def _drop(table: dict[str, Any], without: Container[str]) -> None:
    """Take out the settings that do not hold."""
    for section, values in table.items():
        if isinstance(values, dict):
            for key in [key for key in values if f"{section}.{key}" in without]:
                del values[key]


def _overlay(table: dict[str, Any], environ: Mapping[str, str]) -> None:
    """Put LITSEARCH_SECTION_KEY variables over the file's values. Raises ConfigError."""
    places = {
        f"{_PREFIX}{section.name}_{key.name}".upper(): (section.name, key.name)
        for section in fields(Config)
        for key in fields(section.type)
    }
    for variable, value in environ.items():
        if variable in places:
            section, key = places[variable]
            table.setdefault(section, {})[key] = value
        elif variable.startswith(_PREFIX):
            _refuse_mistyped(variable, [*places, *OTHER_VARIABLES])


def _refuse_mistyped(variable: str, variables: Sequence[str]) -> None:
    """Raise ConfigError for a variable of a section, or much like a known one.

    Others are let alone: Kubernetes sets LITSEARCH_SERVICE_HOST for a service of our name.
    """
    name = variable.removeprefix(_PREFIX)
    if variable in variables or name.startswith(_OF_KUBERNETES):
        return
    names = [other.removeprefix(_PREFIX) for other in variables]
    of_section = name.lower().startswith(tuple(f"{section.name}_" for section in fields(Config)))
    if not of_section and not nearest_word(name, names, _SURE):
        return
    nearest = nearest_word(name, names, _SURE) or nearest_word(name, names)
    hint = f"Did you mean {_PREFIX}{nearest}?" if nearest else "Unset it."
    raise ConfigError(f"There is no setting for the variable {variable}.", hint)


def named_library(flag: Path | None, environ: Mapping[str, str] = os.environ) -> Path | None:
    """Return the library folder that was named: by the flag, else by LITSEARCH_LIBRARY."""
    folder = flag or environ.get("LITSEARCH_LIBRARY")
    return Path(folder) if folder else None


def find_library(flag: Path | None, environ: Mapping[str, str] = os.environ) -> Path:
    """Find the library folder: named, else upward from here, else in the XDG data folder.

    Raises ConfigError when a folder that was named is not there, or can hold no library.
    """
    folder = named_library(flag, environ)
    if folder is None:
        above = _library_above()
        return checked_place(above or user_folder("XDG_DATA_HOME", ".local/share", environ))
    if not folder.is_dir():
        hint = f"`litsearch init {folder}` makes one."
        raise ConfigError(f"There is no library folder {folder}.", hint)
    return checked_place(folder.resolve())


def checked_place(folder: Path) -> Path:
    """Return a folder for a library. Raises ConfigError when its path is not UTF-8."""
    try:
        str(folder).encode()
    except UnicodeEncodeError:
        shown = os.fsencode(folder).decode("utf-8", "backslashreplace")
        raise ConfigError(
            f"A library cannot lie in {shown}: the path is not UTF-8, and onnxruntime, which embeds"
            " queries, opens no such files.",
            "Rename the folder.",
        ) from None
    return folder


def is_library(folder: Path) -> bool:
    """Return True for a folder that holds lists, settings or an index."""
    lists, index = folder / "config" / "lists", folder / "index" / "CURRENT"
    return lists.is_dir() or settings_file(folder).is_file() or index.is_file()


def settings_file(library: Path) -> Path:
    """Return where the settings of a library stand, if it has any."""
    return library / "config" / "litsearch.toml"


def place_of(name: str, folder: Path) -> Path:
    """Return where a path leads that a person wrote: from a folder, with ~ as a user's home.

    The ~ of nobody is a name like others. Raises ConfigError for what cannot be a path.
    """
    try:
        path = (folder / os.path.expanduser(name)).resolve()  # noqa: PTH111 - Path's raises
    except (ValueError, RuntimeError, OSError) as error:
        raise ConfigError(f"{name!r} cannot be a path: {error}.", "Correct it.") from None

    if any(len(os.fsencode(part)) > LONGEST_NAME for part in path.parts):
        raise ConfigError(f"{name[:40]!r}… cannot be a path: it is too long.", "Shorten it.")
    return path


def user_folder(variable: str, usual: str, environ: Mapping[str, str] = os.environ) -> Path:
    """Return this user's folder of ours for one purpose, by the XDG rules; it need not be there.

    variable: such as XDG_DATA_HOME, which counts when it is absolute; usual: where it is else,
    below HOME. Raises ConfigError for a user without a home.
    """
    if Path(environ.get(variable, "")).is_absolute():
        return Path(environ[variable]) / "litsearch"
    try:
        return Path.home() / usual / "litsearch"
    except RuntimeError:
        raise ConfigError(
            "This user has no home folder.", f"Name the library with --library, or set {variable}."
        ) from None


def working_folder() -> Path | None:
    """Return the working folder, or None when it was removed."""
    try:
        return Path.cwd()
    except FileNotFoundError:
        return None


def _library_above() -> Path | None:
    here = working_folder()
    above = (here, *here.parents) if here else ()
    return next(filter(is_library, above), None)
