"""Any server that speaks the OpenAI protocol (llama-server, Ollama, vLLM), streamed over HTTP."""

from __future__ import annotations

import ipaddress
import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from typing import Any

import httpx

from litsearch.errors import GenerationError, LitsearchError, ModelUnavailable, PromptTooLong
from litsearch.models.generators.chat_stream import body_of, message_of, text_of
from litsearch.models.generators.settings import GeneratorSettings
from litsearch.models.prompt import Message, answer_messages, fingerprint, judge_messages
from litsearch.patterns import expression
from litsearch.protocols import Pieces
from litsearch.reports import Finding
from litsearch.types import Parameters

NEEDS = ""  # no package of its own
ANSWER = 1024  # tokens of an answer; some servers count what a model thinks
UNTHINKING = {"enable_thinking": False}  # as llama-server and vLLM tell a chat template
MOST_WORDS = 1_200  # of passages: what fits the shortest usual context of a server, 4,096 tokens
SEED = 1
CONNECT, SILENCE = 5.0, 60.0  # seconds: to connect, between two pieces
OWN_KEY, OPENAI_KEY = "LITSEARCH_ANSWER_API_KEY", "OPENAI_API_KEY"
USUAL = "http://127.0.0.1:8080/v1"  # where nobody named a server
LIKELIEST = 20  # first words of which a server gives the probability, at most by the protocol
LIKE_NOTHING = 0.02  # the probability of yes and no together under which a model speaks of else

_START = "Start the server, or correct base_url under [answer] in config/litsearch.toml."
_KEY = "Put the server's key into LITSEARCH_ANSWER_API_KEY."
_MODEL = "Set model under [answer] to a model that the server has; `litsearch models` names them."
_TOO_LONG = expression(r"context|too long|too large|maximum.{0,20}tokens", re.IGNORECASE)
_NO_SYSTEM = expression(r"system|roles? must|role.{0,30}(?:support|allow|alternat)", re.IGNORECASE)
_NOT_THERE = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.InvalidURL,
    httpx.UnsupportedProtocol,
)
_IN_ADDRESS = expression(r"//[^/]*@")
_LETTERS = expression(r"[^\W\d_]+")
_REFUSED = (400, 404, 415, 422, 500, 501)  # statuses of a request that may be taken in another form
_DOUBTFUL = ("chat_template_kwargs", "seed", "top_logprobs", "logprobs", "temperature")
_OTHER_NAMES = {"max_tokens": "max_completion_tokens"}


def open_generator(settings: GeneratorSettings) -> OpenAI:
    """Return the model behind the settings' base_url. Nothing is asked of it yet."""
    return OpenAI(settings.base_url, settings.model, key_of(settings))


def key_of(settings: GeneratorSettings) -> str | None:
    """Return the server's key, when the environment has one.

    OpenAI's goes only to a server that the user named, not to whatever listens at the usual one.
    """
    names = (OWN_KEY,) if settings.base_url == USUAL else (OWN_KEY, OPENAI_KEY)
    return next((settings.environ[name] for name in names if settings.environ.get(name)), None)


def is_set_up(settings: GeneratorSettings, *, chosen: bool) -> bool:
    """Return True when the settings choose it: any address might be a server's."""
    return chosen


def findings(settings: GeneratorSettings, *, chosen: bool) -> Iterator[Finding]:
    """Yield whether a server is there and has the model. What is not chosen may be missing."""
    with closing(open_generator(settings)) as server:
        try:
            names = server.models()
        except LitsearchError as error:
            yield Finding("openai", not chosen, str(error), error.hint)
            return
    offer = f"The server at {shown(settings.base_url)} has {', '.join(names[:20])}."
    if chosen and settings.model and settings.model not in names:
        message = f"{offer} {settings.model} is not among them."
        yield Finding("openai", False, message, "Correct model under [answer].")
    else:
        yield Finding("openai", True, offer)


def shown(base_url: str) -> str:
    """Return an address without the name and password in it, which messages tell nobody."""
    return _IN_ADDRESS.sub("//", base_url)


def _client(base_url: str, key: str | None) -> httpx.Client:
    """Return what asks the server. Raises ModelUnavailable where the environment is wrong."""
    is_local = _is_local(base_url)
    try:
        return httpx.Client(
            headers={"Authorization": f"Bearer {key}"} if key else {},
            timeout=httpx.Timeout(SILENCE, connect=CONNECT),
            trust_env=not is_local,  # no proxy stands between a machine and itself
            # to read the certificates of the world takes 20 ms, and a local server shows none
            verify=not (is_local and base_url.startswith("http:")),
        )
    except (ValueError, httpx.InvalidURL, ImportError, OSError) as error:
        message = f"The environment names a proxy or certificates that cannot be used: {error}."
        hint = "Correct HTTPS_PROXY, ALL_PROXY and SSL_CERT_FILE, or unset them."
        raise ModelUnavailable(message, hint) from None


class OpenAI:
    """A model behind base_url, such as http://127.0.0.1:8080/v1. An empty model means the first
    that the server has.
    """

    def __init__(self, base_url: str, model: str = "", key: str | None = None) -> None:
        self.name = f"openai:{model}" if model else "openai"
        self.parameters: Parameters = (
            ("temperature", 0),
            ("seed", SEED),
            ("answer_tokens", ANSWER),
            ("prompt", fingerprint()),
        )
        self._base = base_url.rstrip("/").removesuffix("/chat/completions")
        self._place = shown(self._base)
        self._model = model
        self._refused: frozenset[str] = frozenset()  # parameters that the server does not take
        self._client = _client(base_url, key)

    def generate(self, question: str, passages: Sequence[str]) -> Pieces:
        """Yield an answer, piece by piece. Raises ModelUnavailable, PromptTooLong."""
        settings = {"temperature": 0, "seed": SEED, "max_tokens": ANSWER, "stream": True}
        fitting = _fitting(passages)
        while True:
            messages = answer_messages(question, fitting)
            try:
                with self._reply(messages, settings) as response:
                    yield from text_of(response)
                    return
            except PromptTooLong:  # the server alone knows its context
                if len(fitting) == 1:
                    raise
                fitting = fitting[: len(fitting) // 2]

    def entails(self, premise: str, hypothesis: str) -> float:
        """Return the probability of "yes" against "no": 1 or 0 by its word alone, where the server
        gives no probabilities. Raises ModelUnavailable for another word.
        """
        settings = {"temperature": 0, "max_tokens": 1, "logprobs": True, "top_logprobs": LIKELIEST}
        with self._reply(judge_messages(premise, hypothesis), settings) as response:
            try:
                choice = json.loads(body_of(response))["choices"][0]
            except (ValueError, KeyError, IndexError, TypeError):
                choice = {}
        return _probability_of_yes(_odds(choice) or _word(choice), self._place)

    def models(self) -> list[str]:
        """Return what the server says it has, never empty. Raises ModelUnavailable."""
        try:
            with self._client.stream("GET", f"{self._base}/models") as response:
                text = body_of(response)
            if response.status_code != 200:
                raise self._refusal(response.status_code, text)
            names = [str(row["id"]) for row in json.loads(text)["data"]]
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise self._unreachable(error) from None
        except (ValueError, KeyError, TypeError):
            message = f"What answers at {self._place} is no model server."
            raise ModelUnavailable(message, _START) from None
        if not names:
            raise ModelUnavailable(f"The server at {self._place} has no model.", _MODEL)
        return names

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    @contextmanager
    def _reply(
        self, messages: Sequence[Message], settings: Mapping[str, Any]
    ) -> Iterator[httpx.Response]:
        """The response to a request. What the server refuses is left out, and it is asked again."""
        try:
            model = self._model or self.models()[0]
            for _ in range(len(settings) + 3):
                parameters = self._taken({**settings, "chat_template_kwargs": UNTHINKING})
                body = {"model": model, "messages": self._told(messages), **parameters}
                url = f"{self._base}/chat/completions"
                with self._client.stream("POST", url, json=body) as response:
                    if response.status_code == 200:
                        yield response
                        return
                    text = body_of(response)
                if not self._learn(response.status_code, message_of(text), body):
                    raise self._refusal(response.status_code, text)
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            raise self._unreachable(error) from None

    def _told(self, messages: Sequence[Message]) -> list[Message]:
        """The messages; with the first two as one for a server that knows no system role."""
        if "system" not in self._refused:
            return list(messages)
        system, user, *rest = messages
        joined = f"{system['content']}\n\n{user['content']}"
        return [{"role": "user", "content": joined}, *rest]

    def _taken(self, settings: Mapping[str, Any]) -> dict[str, Any]:
        """The settings that the server takes, under the names that it knows."""
        parameters = {}
        for name, value in settings.items():
            other = _OTHER_NAMES.get(name)
            if name not in self._refused:
                parameters[name] = value
            elif other and other not in self._refused:
                parameters[other] = value
        return parameters

    def _learn(self, status: int, message: str, body: Mapping[str, Any]) -> bool:
        """Note what a refusal names as the cause; True when something else can be tried."""
        if status not in _REFUSED or _TOO_LONG.search(message):
            return False
        cause = self._cause(status, message, body)
        if cause:
            self._refused |= {cause}
        return bool(cause)

    def _cause(self, status: int, message: str, body: Mapping[str, Any]) -> str:
        """The part of a request that a refusal minds; "" when nobody can tell."""
        culprits = [name for name in body.keys() - {"model", "messages"} if name in message]
        if culprits:
            return max(culprits, key=len)  # max_completion_tokens also names max_tokens
        if "system" not in self._refused and _NO_SYSTEM.search(message):
            return "system"
        # A server that does not say what it minds lacks the first of these most likely.
        doubtful = (name for name in _DOUBTFUL if name in body)
        return next(doubtful, "") if status in (400, 422) else ""

    def _unreachable(self, error: Exception) -> ModelUnavailable:
        if isinstance(error, httpx.ReadTimeout):
            message = f"The model server at {self._place} said nothing for {SILENCE:g} s."
            return ModelUnavailable(message, "Try a smaller model.")
        if isinstance(error, _NOT_THERE):
            return ModelUnavailable(f"No model server answers at {self._place}.", _START)
        message = f"The model server at {self._place} broke off: {str(error)[:200]}."
        return ModelUnavailable(message, "Ask again.")

    def _refusal(self, status: int, text: str) -> GenerationError:
        """What a status means; the server's own words are passed on, as far as they are words."""
        message = message_of(text)
        if status in (401, 403):
            return ModelUnavailable(
                f"The model server at {self._place} wants another key ({status}).", _KEY
            )
        if status in (400, 413, 422) and _TOO_LONG.search(message):
            return PromptTooLong(
                f"The question and its passages do not fit the model's context: {message}",
                "Use a longer context.",
            )
        if status == 404:
            return ModelUnavailable(
                f"The server at {self._place} has no such model or address: {message}", _MODEL
            )
        hint = "Ask again later." if status == 429 or status >= 500 else _START
        return ModelUnavailable(
            f"The model server at {self._place} refused ({status}): {message}", hint
        )


def _fitting(passages: Sequence[str]) -> list[str]:
    """The passages up to MOST_WORDS words, at least one."""
    fitting: list[str] = []
    words = 0
    for passage in passages:
        words += len(passage.split())
        if fitting and words > MOST_WORDS:
            break
        fitting.append(passage)
    return fitting


def _odds(choice: Mapping[str, Any]) -> list[tuple[str, float]]:
    """The likeliest first words of a choice with their probabilities, if the server gives them."""
    with suppress(ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError):
        rows = choice["logprobs"]["content"][0]["top_logprobs"]
        return [(str(row["token"]), math.exp(float(row["logprob"]))) for row in rows]
    with suppress(ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError):
        words = choice["logprobs"]["top_logprobs"][0]  # as completions without a chat have them
        return [(str(word), math.exp(float(logprob))) for word, logprob in words.items()]
    return []


def _word(choice: Mapping[str, Any]) -> list[tuple[str, float]]:
    """The first word of a choice, as the only one that it may begin with."""
    try:
        words = _LETTERS.findall(choice["message"]["content"])
    except (KeyError, TypeError):
        return []
    return [(word, 1.0) for word in words[:1]]


def _probability_of_yes(odds: Sequence[tuple[str, float]], server: str) -> float:
    """Return yes / (yes + no) over the likeliest first words. Raises ModelUnavailable when neither
    is among them.
    """
    words = [(token.strip().casefold(), odd) for token, odd in odds]
    yes = sum(odd for word, odd in words if word == "yes")
    no = sum(odd for word, odd in words if word == "no")
    if yes + no < LIKE_NOTHING:
        message = f"The model server at {server} answers neither yes nor no."
        raise ModelUnavailable(message, "Try another model.")
    return yes / (yes + no)


def _is_local(url: str) -> bool:
    with suppress(ValueError, httpx.InvalidURL):
        host = httpx.URL(url).host
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    return False
