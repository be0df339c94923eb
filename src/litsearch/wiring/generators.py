"""Who words the answers: nobody (extractive), a GGUF model in a process of its own, or a model server."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from litsearch.config import Config
from litsearch.errors import MissingExtraError
from litsearch.models.gguf import describe, find_gguf
from litsearch.models.own_process import OwnProcess
from litsearch.protocols import Entailment, Generator

KEYS = ("LITSEARCH_ANSWER_API_KEY", "OPENAI_API_KEY")


def generator(
    config: Config, name: str, folder: Path | None = None, environ: Mapping[str, str] = os.environ
) -> Generator:
    """The generator of this name, kept by the caller until closed; the extractive one is no generator.

    folder: the library's, which a GGUF path may be relative to. Raises MissingExtraError, ModelUnavailable.
    """
    if name == "llama_cpp":
        return _llama_cpp(config.answer.model, folder)
    from litsearch.models.generators.openai import OpenAI

    return OpenAI(config.answer.base_url, config.answer.model, api_key(environ))


def entailment(name: str) -> Entailment:
    """The model of natural language inference of this folder or hub name. Raises ModelUnavailable."""
    from litsearch.models.nli.cross_encoder import CrossEncoderNLI

    return CrossEncoderNLI(name)


def api_key(environ: Mapping[str, str] = os.environ) -> str | None:
    """The model server's key, when the environment has one."""
    return next((environ[key] for key in KEYS if environ.get(key)), None)


def has_llama_cpp() -> bool:
    """True when llama-cpp-python is installed; it is not loaded."""
    return find_spec("llama_cpp") is not None


def _llama_cpp(model: str, folder: Path | None) -> Generator:
    if not has_llama_cpp():
        raise MissingExtraError(
            "The generator llama_cpp needs llama-cpp-python, which is not installed.",
            "Install it with: pip install 'litsearch[llm]'",
        )
    path = find_gguf(model, folder)
    process = OwnProcess(f"llama_cpp:{describe(path)}", partial(_load_llama, path))
    process.start()  # it loads while the library is searched
    return process


def _load_llama(path: Path) -> Generator:
    # Threads that wait by spinning made a token take 307 ms on two busy cores, and 92 ms when they sleep.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    from litsearch.models.generators.llama_cpp import LlamaCpp

    return LlamaCpp(path)
