"""Any GGUF model through llama.cpp: its own chat template, a grammar of two sentences, the same
text every time. It writes answers, and judges claims by the probability of yes and no.

To be run in a process of its own: native code can crash.
"""

from __future__ import annotations

import codecs
import ctypes
import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import llama_cpp
import numpy as np

from litsearch.errors import PromptTooLong
from litsearch.models.generators.gguf import describe
from litsearch.models.llama_cpp_loading import SEED, SLOT, cache_folder, load, rendered, threads
from litsearch.models.prompt import (
    CLAIM,
    Message,
    answer_messages,
    fingerprint,
    judge_messages,
)
from litsearch.protocols import Pieces
from litsearch.types import Parameters

ANSWER = 96  # tokens of an answer: two sentences
UNENDED = 60  # tokens without a full stop: the model has lost the thread
# Passages and question are what can be read in READING seconds: a core reads a token of a model of
# a billion parameters in 45 ms (AVX2, weights of 4 bits).
READING = 2.8
PARAMETERS_A_SECOND = 5.2e10  # times tokens, of a core
FEWEST_READ = 160  # tokens: less is no context at all
# Tokens of the prompt between two looks whether anybody still listens: 0.2 s; larger ones are no
# faster.
STRETCH = 64
# Enough against endless loops; more keeps the model from the words of the passages.
REPEAT_PENALTY = 1.05

# GBNF: two sentences on one line without brackets, or the one that says that they do not answer. A
# full stop before a space ends a sentence. Where a second one was free, models mostly stopped after
# the first, which repeats the question; the second says what it is about.
SENTENCES = r"""
root ::= sentence " " sentence | "Not answered."
sentence ::= [^\[\]<>\x00-\x1F .] (letter | [.] mark)+ [.]
letter ::= [^\[\]<>\x00-\x1F.]
mark ::= [^\[\]<>\x00-\x1F. ]
"""


@dataclass(frozen=True, slots=True)
class _Prompt:
    """A prompt's tokens around the slot, and the file in which the state after the opening is kept
    so that it is read once for all questions and all processes.
    """

    opening: list[int]
    closing: list[int]
    state: Path


class LlamaCpp:
    """A GGUF model. Raises ModelUnavailable when it cannot be loaded."""

    def __init__(self, path: Path) -> None:
        self.name = f"llama_cpp:{describe(path)}"
        self._model = load(path)
        self._answer = self._prompt(answer_messages("", [], marked=False))
        self._judge = self._prompt(judge_messages("", ""))
        self._yes, self._no = (self._first_tokens(word) for word in ("Yes", "No"))
        self._limit = self._tokens_in_time()
        self._recall(self._answer)
        self.parameters: Parameters = (
            ("temperature", 0),
            ("seed", SEED),
            ("repeat_penalty", REPEAT_PENALTY),
            ("context", self._model.n_ctx()),
            ("answer_tokens", ANSWER),
            ("passage_tokens", self._limit),
            ("weights", self._model.metadata.get("general.file_type", "")),
            ("prompt", fingerprint()),
        )

    def generate(self, question: str, passages: Sequence[str]) -> Pieces:
        """Yield an answer, a sentence a line, so that one is checked while the next is written;
        passages that cannot be read in time are left out from the end. Raises PromptTooLong.
        """
        prompt = self._fitted(question, passages)
        self._recall(self._answer)
        yield from self._read(prompt[: len(prompt) - 1])
        grammar = llama_cpp.LlamaGrammar.from_string(SENTENCES, verbose=False)
        decoder = codecs.getincrementaldecoder("utf-8")("ignore")
        self._model.set_seed(SEED)
        tokens = self._model.generate(
            prompt, temp=0.0, repeat_penalty=REPEAT_PENALTY, grammar=grammar
        )
        with closing(tokens):
            ended, stopped = 0, False
            for n, token in zip(range(ANSWER), tokens, strict=False):
                if n - ended > UNENDED or self._ends(token):
                    return
                piece = decoder.decode(self._model.detokenize([token], prev_tokens=prompt))
                if stopped and piece.startswith(" "):
                    ended, piece = n, f"\n{piece[1:]}"
                stopped = piece.endswith(".")
                yield piece

    def entails(self, premise: str, hypothesis: str) -> float:
        """Return yes / (yes + no), the model's probabilities for its first word.

        A premise is read once for all hypotheses that follow it.
        """
        request = judge_messages(premise, hypothesis)[-1]["content"]
        quote, mark, claim = request.partition(CLAIM)
        read = self._tokens(quote)
        rest = [*self._tokens(mark + claim), *self._judge.closing]
        if len(self._judge.opening) + len(read) + len(rest) > self._model.n_ctx():
            return 0.0
        self._read_premise(read)
        self._model.eval(rest)

        shape = (self._model.n_vocab(),)
        logits = np.ctypeslib.as_array(self._model._ctx.get_logits(), shape=shape).astype(float)
        yes, no = (np.logaddexp.reduce(logits[ids]) for ids in (self._yes, self._no))
        return float(1 / (1 + np.exp(no - yes)))

    def _read_premise(self, premise: Sequence[int]) -> None:
        """Bring the model to where it has read the judge's opening and a premise."""
        tokens = [*self._judge.opening, *premise]
        size = len(tokens)
        if self._model.n_tokens <= size or self._model.input_ids[:size].tolist() != tokens:
            self._recall(self._judge)
            self._model.eval(premise)
        self._model.n_tokens = size

    def close(self) -> None:
        """Free the model's memory."""
        self._model.close()

    def _prompt(self, messages: Sequence[Message]) -> _Prompt:
        """The prompt of these messages, with a slot for the content of the last."""
        slotted = [*messages[:-1], {"role": "user", "content": SLOT}]
        before, after = rendered(self._model, slotted)
        # Only the template and our own words may hold special tokens.
        opening = self._tokens(before, special=True)
        key = hashlib.sha256(repr((self.name, self._model.n_ctx(), opening)).encode()).hexdigest()
        return _Prompt(
            opening, self._tokens(after, special=True), cache_folder() / f"{key[:16]}.llama-state"
        )

    def _fitted(self, question: str, passages: Sequence[str]) -> list[int]:
        """The tokens of the longest prompt that is read in time."""
        prompt = self._answer
        room = self._model.n_ctx() - ANSWER - len(prompt.opening) - len(prompt.closing)
        for used in range(len(passages), 0, -1):
            messages = answer_messages(question, passages[:used], marked=False)
            request = self._tokens(messages[-1]["content"])
            if len(request) <= (room if used == 1 else min(room, self._limit)):
                return [*prompt.opening, *request, *prompt.closing]
        raise PromptTooLong(
            f"The question and its first passage do not fit the {self._model.n_ctx()} tokens of the"
            " model's context.",
            "Ask a shorter question, or use a model with a longer context.",
        )

    def _read(self, prompt: Sequence[int]) -> Iterator[str]:
        """Read the rest of a prompt, in stretches with an empty piece after each."""
        for at in range(self._model.n_tokens, len(prompt), STRETCH):
            self._model.eval(prompt[at : at + STRETCH])
            yield ""

    def _recall(self, prompt: _Prompt) -> None:
        """Bring the model to where it has read the opening of a prompt and nothing else, so that
        what was asked before changes neither the batches nor, by their rounding, the answer.
        """
        self._model.reset()
        if not self._restored(prompt):
            self._model.eval(prompt.opening)
            self._keep(prompt)

    def _restored(self, prompt: _Prompt) -> bool:
        if not prompt.state.is_file():
            return False
        size = len(prompt.opening)
        tokens, count = (llama_cpp.llama_token * size)(), ctypes.c_size_t(0)
        self._model._ctx.kv_cache_clear()
        bytes_read = llama_cpp.llama_state_seq_load_file(
            self._model._ctx.ctx, os.fsencode(prompt.state), 0, tokens, size, ctypes.byref(count)
        )
        if not bytes_read or list(tokens[: count.value]) != prompt.opening:
            return False
        self._model.input_ids[:size] = prompt.opening
        self._model.n_tokens = size
        return True

    def _keep(self, prompt: _Prompt) -> None:
        size = len(prompt.opening)
        tokens = (llama_cpp.llama_token * size)(*prompt.opening)
        with suppress(OSError):  # a full or read-only disk: it is slower without
            prompt.state.parent.mkdir(parents=True, exist_ok=True)
            with TemporaryDirectory(dir=prompt.state.parent) as folder:
                draft = Path(folder) / prompt.state.name
                written = llama_cpp.llama_state_seq_save_file(
                    self._model._ctx.ctx, os.fsencode(draft), 0, tokens, size
                )
                if written:
                    draft.replace(prompt.state)

    def _tokens_in_time(self) -> int:
        """The tokens of passages and question that are read in READING seconds on these cores."""
        speed = PARAMETERS_A_SECOND * threads() / max(1, self._model._model.n_params())
        return max(FEWEST_READ, int(READING * speed))

    def _first_tokens(self, word: str) -> list[int]:
        """The tokens with which a word may begin, in either case, with a space or without."""
        forms = (word, word.lower(), f" {word}", f" {word.lower()}")
        return sorted({self._tokens(form)[0] for form in forms})

    def _tokens(self, text: str, *, special: bool = False) -> list[int]:
        """A page that writes <|im_end|> writes plain letters."""
        if not text:
            return []
        return list(self._model.tokenize(text.encode(), add_bos=False, special=special))

    def _ends(self, token: int) -> bool:
        return bool(llama_cpp.llama_vocab_is_eog(self._model._model.vocab, token))
