"""Any GGUF model through llama.cpp: its own chat template, a grammar for the markers, the same text
every time.

To be run in a process of its own: native code can crash.
"""

from __future__ import annotations

import codecs
import ctypes
import os
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import llama_cpp
from llama_cpp.llama_chat_format import Jinja2ChatFormatter

from litsearch.errors import ModelUnavailable, PromptTooLong
from litsearch.models.gguf import describe
from litsearch.models.prompt import fingerprint, instructions, request
from litsearch.protocols import Pieces
from litsearch.subprocesses import cores
from litsearch.types import Parameters

# tokens; ten quotes of 600 characters fit, and a longer prompt takes longer than anybody waits
CONTEXT = 2048
ANSWER = 192  # tokens of an answer: three long sentences
UNCITED = 80  # tokens without a marker: the model has lost the thread
BATCH = 512
# tokens of the prompt between two looks whether anybody still listens: 0.2 s; larger ones are no
# faster
STRETCH = 64
MOST_THREADS = 8  # more make small models slower
# enough against endless loops; more keeps the model from the words of the quotes
REPEAT_PENALTY = 1.05
SEED = 1
# Weights of this kind are multiplied slowly: SmolLM2-135M reads a token of a prompt in 14 ms of
# CPU, and in 6 ms with the same weights as Q8_0. Larger models are left as they are: they would
# take twice the memory.
SLOW_KIND = "3"  # general.file_type of Q4_1
MOST_CONVERTED = 300_000_000  # bytes
_SYSTEM, _USER = "LITSEARCH-INSTRUCTIONS", "LITSEARCH-REQUEST"  # places in the rendered template
_PLAIN = f"{_SYSTEM}\n\n{_USER}\n\nAnswer:"  # for a model without a template


class LlamaCpp:
    """A GGUF model. Raises ModelUnavailable when it cannot be loaded."""

    def __init__(self, path: Path) -> None:
        self.name = f"llama_cpp:{describe(path)}"
        self._model = _load(path)
        parts = _template(self._model)
        self._opening = [*self._tokens(parts[0], special=True), *self._tokens(instructions())]
        self._opening += self._tokens(parts[1], special=True)
        self._closing = self._tokens(parts[2], special=True)
        self.parameters: Parameters = (
            *(
                ("temperature", 0),
                ("seed", SEED),
                ("repeat_penalty", REPEAT_PENALTY),
                ("context", self._model.n_ctx()),
            ),
            *(
                ("answer_tokens", ANSWER),
                ("weights", self._model.metadata.get("general.file_type", "")),
            ),
            ("prompt", fingerprint()),
        )
        # The instructions are read once and kept: every question goes on from here, and only from
        # here, so that what was asked before changes neither the batches nor, by their rounding,
        # the answer.
        self._model.eval(self._opening)

    def generate(self, question: str, quotes: Sequence[str]) -> Pieces:
        """An answer; quotes that do not fit the context are left out from the end. Raises
        PromptTooLong.
        """
        prompt, used = self._prompt(question, quotes)
        self._model.n_tokens = len(self._opening)
        for at in range(len(self._opening), len(prompt) - 1, STRETCH):
            self._model.eval(prompt[at : min(at + STRETCH, len(prompt) - 1)])
            yield ""
        grammar = llama_cpp.LlamaGrammar.from_string(markers_grammar(used), verbose=False)
        decoder = codecs.getincrementaldecoder("utf-8")("ignore")
        self._model.set_seed(SEED)
        tokens = self._model.generate(
            prompt, temp=0.0, repeat_penalty=REPEAT_PENALTY, grammar=grammar
        )
        with closing(tokens):
            cited = 0
            for n, token in zip(range(ANSWER), tokens, strict=False):
                if n - cited > UNCITED or llama_cpp.llama_vocab_is_eog(
                    self._model._model.vocab, token
                ):
                    return
                piece = decoder.decode(self._model.detokenize([token], prev_tokens=prompt))
                cited = n if "]" in piece else cited
                yield piece

    def close(self) -> None:
        """Free the model's memory."""
        self._model.close()

    def _prompt(self, question: str, quotes: Sequence[str]) -> tuple[list[int], int]:
        """The tokens of the longest prompt that fits, and how many of the quotes it has."""
        room = self._model.n_ctx() - ANSWER - len(self._opening) - len(self._closing)
        for used in range(len(quotes), 0, -1):
            asked = self._tokens(request(question, quotes[:used]))
            if len(asked) <= room:
                return [*self._opening, *asked, *self._closing], used
        raise PromptTooLong(
            f"The question and its first quote do not fit the {self._model.n_ctx()} tokens of the model's context.",
            "Ask a shorter question, or use a model with a longer context.",
        )

    def _tokens(self, text: str, *, special: bool = False) -> list[int]:
        """Only the template's own text may hold special tokens; a page that writes <|im_end|>
        writes plain letters.
        """
        return (
            list(self._model.tokenize(text.encode(), add_bos=False, special=special))
            if text
            else []
        )


def markers_grammar(quotes: int) -> str:
    """GBNF: one to three sentences on one line, each of which ends with markers of given quotes; no
    other brackets.
    """
    numbers = " | ".join(f'"{n}"' for n in range(1, quotes + 1))
    return (
        'root ::= sentence (" " sentence (" " sentence)?)?\n'
        r"sentence ::= [^\[\]<>\x00-\x1F ] [^\[\]<>\x00-\x1F]+ marker marker? [.]?"
        f'\nmarker ::= " "? "[" ({numbers}) "]"\n'
    )


def _quick(path: Path, kind: str) -> Path:
    """The same weights in a kind that is multiplied fast, kept in the user's cache; the file itself
    where it is so.
    """
    if kind != SLOW_KIND or path.stat().st_size > MOST_CONVERTED:
        return path
    kept = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "litsearch"
    quick = kept / f"{describe(path).replace(':', '-')}-q8_0.gguf"
    with suppress(OSError):  # a full or read-only disk: it is slower without
        if not quick.exists():
            kept.mkdir(parents=True, exist_ok=True)
            with TemporaryDirectory(dir=kept) as folder:
                _convert(path, Path(folder) / quick.name).replace(quick)
        return quick
    return path


def _convert(path: Path, target: Path) -> Path:
    """Write the weights as Q8_0, in a second or three. Raises OSError."""
    wanted = llama_cpp.llama_model_quantize_default_params()
    wanted.ftype, wanted.allow_requantize, wanted.nthread = (
        llama_cpp.LLAMA_FTYPE_MOSTLY_Q8_0,
        True,
        cores(),
    )
    if llama_cpp.llama_model_quantize(os.fsencode(path), os.fsencode(target), ctypes.byref(wanted)):
        raise OSError(f"{path} cannot be converted")
    return target


def _load(path: Path) -> llama_cpp.Llama:
    defaults = llama_cpp.llama_model_default_params

    def without_repacking() -> Any:
        # llama.cpp repacks weights for AMX, and crashed in decode of a Q4_1 model doing so
        # (llama-cpp-python 0.3.36).
        params = defaults()
        params.use_extra_bufts = False
        return params

    llama_cpp.llama_cpp.llama_model_default_params = without_repacking
    threads = min(MOST_THREADS, cores())
    options: dict[str, Any] = {
        "n_threads": threads,
        "n_threads_batch": threads,
        "n_batch": BATCH,
        "verbose": False,
    }
    try:
        trained, kind = _facts(path)
        return llama_cpp.Llama(
            str(_quick(path, kind)), n_ctx=min(CONTEXT, trained), seed=SEED, **options
        )
    except (ValueError, RuntimeError, OSError) as error:
        raise ModelUnavailable(
            f"The model {path} cannot be loaded: {error}.",
            "It may be damaged, or newer than llama-cpp-python.",
        ) from None
    finally:
        llama_cpp.llama_cpp.llama_model_default_params = defaults


def _facts(path: Path) -> tuple[int, str]:
    """The context that the model was trained with, and the kind of its weights. Raises ValueError."""
    with closing(llama_cpp.Llama(str(path), vocab_only=True, n_ctx=8, verbose=False)) as model:
        return model._model.n_ctx_train() or CONTEXT, str(
            model.metadata.get("general.file_type", "")
        )


def _template(model: llama_cpp.Llama) -> tuple[str, str, str]:
    """The model's own chat template around two places: before the instructions, between, and after
    the request.
    """
    source = model.metadata.get("tokenizer.chat_template")
    if not source:
        return _split(_PLAIN)
    bos, eos = (_text_of(model, token) for token in (model.token_bos(), model.token_eos()))
    formatter = Jinja2ChatFormatter(template=source, bos_token=bos, eos_token=eos)
    apart = [{"role": "system", "content": _SYSTEM}, {"role": "user", "content": _USER}]
    # some templates know no system
    together = [{"role": "user", "content": f"{_SYSTEM}\n\n{_USER}"}]
    for messages in (apart, together):
        try:
            return _split(formatter(messages=messages, enable_thinking=False).prompt)
        except Exception as error:  # noqa: BLE001 - a template may raise anything
            problem = error
    raise ModelUnavailable(
        f"The chat template of the model cannot be used: {problem}.", "Use another model."
    )


def _split(rendered: str) -> tuple[str, str, str]:
    before, _, rest = rendered.partition(_SYSTEM)
    between, found, after = rest.partition(_USER)
    if not found:
        raise ValueError("it leaves out what it is given")
    return before, between, after


def _text_of(model: llama_cpp.Llama, token: int) -> str:
    return model._model.token_get_text(token) if token != -1 else ""
