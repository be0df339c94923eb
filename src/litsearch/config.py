"""Settings: defaults, then config/litsearch.toml, then LITSEARCH_SECTION_KEY, then flags.

Unknown keys and values out of range are refused by name.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct, ValidationError, convert
from msgspec.structs import fields

from litsearch.errors import ConfigError

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


class ExtractConfig(_Section, frozen=True):
    """How text is taken out of documents."""

    workers: Annotated[int, Meta(ge=0, le=64)] = 0  # processes; 0: one a core
    timeout: Annotated[float, Meta(gt=0, le=3600)] = 60.0  # for one document


class IndexConfig(_Section, frozen=True):
    """How the index is kept."""

    keep: Annotated[int, Meta(ge=2, le=1000)] = 2  # generations: the live one, and those before it


class EmbedderConfig(_Section, frozen=True):
    """The bi-encoder."""

    model: str = "all-MiniLM-L6-v2"  # the packaged one; or a hub name, or a folder
    query_prefix: str = ""
    passage_prefix: str = ""


class SearchConfig(_Section, frozen=True):
    """How passages are found."""

    k: Annotated[int, Meta(ge=1, le=1000)] = 10
    depth: Annotated[int, Meta(ge=1, le=10_000)] = 200  # candidates of each leg


class RerankerConfig(_Section, frozen=True):
    """The cross-encoder that reads the best candidates once more."""

    model: str = ""  # a hub name, or a folder; "": none
    candidates: Annotated[int, Meta(ge=1, le=1000)] = 50
    # of one search, when --budget says nothing
    budget_ms: Annotated[int, Meta(ge=1, le=600_000)] = 1000


class AnswerConfig(_Section, frozen=True):
    """How questions are answered."""

    generator: Literal["extractive", "llama_cpp", "openai"] = "extractive"
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
    write: bool = False  # allow read marks and remarks to be written into the lists
    root_path: str = ""  # the path under which a proxy offers the service
    # requests a second of one token or address; 0: any number
    rate: Annotated[float, Meta(ge=0, le=100_000)] = 20.0


class Config(_Section, frozen=True):
    """All settings."""

    fetch: FetchConfig = FetchConfig()
    extract: ExtractConfig = ExtractConfig()
    index: IndexConfig = IndexConfig()
    embedder: EmbedderConfig = EmbedderConfig()
    search: SearchConfig = SearchConfig()
    reranker: RerankerConfig = RerankerConfig()
    answer: AnswerConfig = AnswerConfig()
    serve: ServeConfig = ServeConfig()


def load_config(library: Path, environ: Mapping[str, str] = os.environ) -> Config:
    """The settings of a library folder. Raises ConfigError."""
    path = library / "config" / "litsearch.toml"
    table = _read(path)
    _overlay(table, environ)
    try:
        return convert(table, Config, strict=False)
    except ValidationError as error:
        raise ConfigError(
            f"The settings cannot be used: {error}.",
            f"Correct {path}, or the LITSEARCH_ variable of that name.",
        ) from None


def find_library(flag: Path | None, environ: Mapping[str, str] = os.environ) -> Path:
    """The library folder: the flag, LITSEARCH_LIBRARY, upward from here, else the XDG data folder.

    Raises ConfigError when a folder that was named is not there.
    """
    named = flag or (
        Path(environ["LITSEARCH_LIBRARY"]) if environ.get("LITSEARCH_LIBRARY") else None
    )
    if named is not None:
        if not named.is_dir():
            raise ConfigError(
                f"There is no library folder {named}.",
                "Make it, with config/lists/ in it, or name another.",
            )
        return named.resolve()
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "config" / "lists").is_dir() or (
            folder / "config" / "litsearch.toml"
        ).is_file():
            return folder
    return Path(environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "litsearch"


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(
            f"{path} cannot be read: {error}.",
            "Correct the file, or remove it to use the defaults.",
        ) from None


def _overlay(table: dict[str, Any], environ: Mapping[str, str]) -> None:
    """Put LITSEARCH_SECTION_KEY variables over the file's values."""
    for section in fields(Config):
        for key in fields(section.type):
            value = environ.get(f"LITSEARCH_{section.name}_{key.name}".upper())
            if value is not None:
                table.setdefault(section.name, {})[key.name] = value
