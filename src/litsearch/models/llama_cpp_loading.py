"""Loads a GGUF model into llama.cpp, and puts messages into its chat template."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import llama_cpp
from llama_cpp._internals import LlamaModel
from llama_cpp.llama_chat_format import Jinja2ChatFormatter

from litsearch.errors import ModelUnavailable
from litsearch.models.generators.gguf import describe
from litsearch.models.prompt import Message
from litsearch.subprocesses import cores

CONTEXT = 2048  # tokens
BATCH = 512
SEED = 1
MOST_THREADS = 8  # more make small models slower
# Weights of this kind are multiplied slowly: SmolLM2-135M reads a token of a prompt in 14 ms of
# CPU, and in 6 ms with the same weights as Q8_0. Larger models are left as they are: they would
# take twice the memory.
SLOW_KIND = "3"  # general.file_type of Q4_1
MOST_CONVERTED = 300_000_000  # bytes
SLOT = "LITSEARCH-REQUEST"  # the place in a rendered template where strangers' text goes
_HINT = "It may be damaged, or newer than llama-cpp-python."


def threads() -> int:
    """Return how many threads a model works with."""
    return min(MOST_THREADS, cores())


def cache_folder() -> Path:
    """Return the user's folder for what can be made again."""
    usual = os.path.expanduser("~/.cache")  # noqa: PTH111 - Path's raises where there is no HOME
    home = os.environ.get("XDG_CACHE_HOME") or usual
    return Path(home) / "litsearch"


def _quick(path: Path, kind: str) -> Path:
    """The same weights in a kind that is multiplied fast, kept in the user's cache; the file itself
    where it is so.
    """
    if kind != SLOW_KIND or path.stat().st_size > MOST_CONVERTED:
        return path
    cache = cache_folder()
    quick = cache / f"{describe(path).replace(':', '-')}-q8_0.gguf"
    with suppress(OSError):  # a full or read-only disk: it is slower without
        if not quick.exists():
            cache.mkdir(parents=True, exist_ok=True)
            with TemporaryDirectory(dir=cache) as folder:
                _convert(path, Path(folder) / quick.name).replace(quick)
        return quick
    return path


def _convert(path: Path, target: Path) -> Path:
    """Write the weights as Q8_0, in a second or three. Raises OSError."""
    parameters = llama_cpp.llama_model_quantize_default_params()
    parameters.ftype, parameters.allow_requantize, parameters.nthread = (
        llama_cpp.LLAMA_FTYPE_MOSTLY_Q8_0,
        True,
        cores(),
    )
    if llama_cpp.llama_model_quantize(
        os.fsencode(path), os.fsencode(target), ctypes.byref(parameters)
    ):
        raise OSError(f"{path} cannot be converted")
    return target


def load(path: Path) -> llama_cpp.Llama:
    """Return the model in a file. Raises ModelUnavailable."""
    options: dict[str, Any] = {
        "n_threads": threads(),
        "n_threads_batch": threads(),
        "n_batch": BATCH,
        "verbose": False,
    }
    try:
        trained, kind = _facts(path)
        with _safe_repacking():
            file = str(_quick(path, kind))
            return llama_cpp.Llama(file, n_ctx=min(CONTEXT, trained), seed=SEED, **options)
    except (ValueError, RuntimeError, OSError) as error:
        cause = _cause(error, path)
        raise ModelUnavailable(f"The model {path} cannot be loaded{cause}.", _HINT) from None


def _cause(error: Exception, path: Path) -> str:
    """What an error says, where that is more than that this file cannot be loaded."""
    message = str(error).rstrip(".")
    return "" if str(path) in message else f": {message}"


@contextmanager
def _safe_repacking() -> Iterator[None]:
    """Let llama.cpp lay out weights anew where that is safe: they are read a quarter faster.

    Where it does so for AMX, it crashed in decode of a Q4_1 model (llama-cpp-python 0.3.36).
    """
    defaults = llama_cpp.llama_model_default_params
    repacks = b"AMX" not in llama_cpp.llama_print_system_info()

    def parameters() -> Any:
        made = defaults()
        made.use_extra_bufts = repacks
        return made

    llama_cpp.llama_cpp.llama_model_default_params = parameters
    try:
        yield
    finally:
        llama_cpp.llama_cpp.llama_model_default_params = defaults


def _facts(path: Path) -> tuple[int, str]:
    """Return the context that the model was trained with, and the kind of its weights. Raises
    ValueError.
    """
    parameters = llama_cpp.llama_model_default_params()
    parameters.vocab_only = True
    with closing(LlamaModel(path_model=str(path), params=parameters, verbose=False)) as model:
        facts = model.metadata()
    trained = facts.get(f"{facts.get('general.architecture')}.context_length", "")
    kind = facts.get("general.file_type", "")
    return int(trained) if trained.isdecimal() else CONTEXT, kind


def rendered(model: llama_cpp.Llama, messages: Sequence[Message]) -> tuple[str, str]:
    """Return what stands before the slot and after it, with the messages in the model's own chat
    template. Raises ModelUnavailable.
    """
    source = model.metadata.get("tokenizer.chat_template")
    if not source:
        return _plainly(messages)
    bos, eos = (_text_of(model, token) for token in (model.token_bos(), model.token_eos()))
    formatter = Jinja2ChatFormatter(template=source, bos_token=bos, eos_token=eos)
    for form in (messages, _without_system(messages)):  # some templates know no system
        turns: list[Any] = list(form)
        try:
            prompt = formatter(messages=turns, enable_thinking=False).prompt
        except Exception as error:  # noqa: BLE001 - a template may raise anything
            problem = str(error)
            continue
        before, slot, after = prompt.partition(SLOT)
        if slot:
            return before, after
        problem = "it leaves out what it is given"
    raise ModelUnavailable(
        f"The chat template of the model cannot be used: {problem}.", "Use another model."
    )


def _plainly(messages: Sequence[Message]) -> tuple[str, str]:
    """The messages for a model without a template."""
    *turns, _ = messages
    return "\n\n".join([*(message["content"] for message in turns), ""]), "\n\nAnswer:"


def _without_system(messages: Sequence[Message]) -> list[Message]:
    """The messages with the first two as one."""
    system, user, *rest = messages
    return [{"role": "user", "content": f"{system['content']}\n\n{user['content']}"}, *rest]


def _text_of(model: llama_cpp.Llama, token: int) -> str:
    return model._model.token_get_text(token) if token != -1 else ""
