"""A Ray cluster, reached through its client (ray://): functions of ours run on its machines.

Ray repeats by itself what a lost machine was doing, as often as is said here.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import grpc
import ray
from ray import exceptions
from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

from litsearch.errors import ClusterUnavailable, ConfigError, LitsearchError, WorkLost

T = TypeVar("T")
REPEATS = 5  # of what lost machines were doing
ANSWER_S = 10.0  # that a head may take to answer at all
# Asked without the token: what it answers does not matter, whether it does.
_QUESTION = "/ray.rpc.RayletDriver/ClusterInfo"
_AWAY = (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED)
_HOW = (
    "Start every machine of it with RAY_AUTH_MODE=token and one token, and set both here:"
    " docs/scale.md shows how."
)
_SAME = "Install the same litsearch, Ray and Python on every machine of the cluster."
_LOST = (
    exceptions.ActorDiedError,
    exceptions.ActorUnavailableError,
    exceptions.NodeDiedError,
    exceptions.ObjectLostError,
    exceptions.OutOfMemoryError,
    exceptions.TaskUnschedulableError,
    exceptions.WorkerCrashedError,
)


def connect(head: str) -> RayCluster:
    """Connect to a cluster by the host and port of its head's client server.

    Raises ConfigError when it lets in who has no token, or refuses ours; ClusterUnavailable.
    """
    _require_token()
    _refuse_open(head)
    with _quiet():
        try:
            ray.init(f"ray://{head}", logging_level=logging.CRITICAL, log_to_driver=False)
        except exceptions.AuthenticationError:
            raise _wrong_token(head) from None
        except Exception as error:  # noqa: BLE001 - RuntimeError, ConnectionError and others
            raise _not_connected(head, error) from None
    return RayCluster(head)


class RayCluster:
    """The machines of a cluster that have cores."""

    def __init__(self, head: str) -> None:
        """head: what errors call it. Raises ClusterUnavailable."""
        nodes = [node for node in ray.nodes() if node["Alive"]]
        self._head = head
        self._machines = [node["NodeID"] for node in nodes if node["Resources"].get("CPU")]
        if not self._machines:
            self.close()
            raise ClusterUnavailable(f"The Ray at {head} has no machine with a core.", _SAME)
        any_machine = ray.remote(num_cpus=1, max_retries=REPEATS, scheduling_strategy="SPREAD")
        this_machine = ray.remote(num_cpus=0, max_retries=0)
        actor = ray.remote(num_cpus=0, max_restarts=-1, max_task_retries=REPEATS)
        self._task, self._check, self._actor = any_machine(_call), this_machine(_call), actor(_Made)
        self._actors: list[Any] = []

    def everywhere(self, function: Callable[..., object], *arguments: object) -> None:
        """Call a function once on every machine; one that is lost meanwhile need not answer."""
        futures = []
        for machine in self._machines:
            here = NodeAffinitySchedulingStrategy(machine, soft=False)
            task = self._check.options(scheduling_strategy=here)
            futures.append(self._future(task.remote(function, arguments)))
        for future in futures:
            with suppress(WorkLost):
                future.result()

    def run(self, function: Callable[..., T], *arguments: object) -> Future[T]:
        """Call a function on a machine that has a core free, when there is one."""
        return self._future(self._begun(partial(self._task.remote, function, arguments)))

    def actors(
        self, make: Callable[..., Callable[..., T]], *arguments: object, at_once: int = 1
    ) -> Sequence[Callable[..., Future[T]]]:
        """Make a function once for every machine, to be called there, or where it is made anew."""
        calls: list[Callable[..., Future[T]]] = []
        for machine in self._machines:
            there = NodeAffinitySchedulingStrategy(machine, soft=True)
            options = self._actor.options(scheduling_strategy=there, max_concurrency=at_once)
            actor = options.remote(make, arguments)
            self._actors.append(actor)
            calls.append(partial(self._asked, actor))
        return calls

    def close(self) -> None:
        """Disconnect, which ends what the cluster is still doing for this build."""
        with _quiet(), suppress(Exception):
            ray.shutdown()

    def _asked(self, actor: Any, *arguments: object) -> Future[Any]:
        return self._future(self._begun(partial(actor.call.remote, *arguments)))

    def _begun(self, begin: Callable[[], Any]) -> Any:
        """Return what Ray calls the result to come. Raises ClusterUnavailable."""
        try:
            return begin()
        except Exception as error:  # noqa: BLE001 - RuntimeError, ConnectionError and others
            raise self._failure(error) from None

    def _future(self, reference: Any) -> Future[Any]:
        """Return the result to come, its exception in our words."""
        future: Future[Any] = Future()
        theirs = reference.future()
        theirs.add_done_callback(partial(self._settle, future))
        return future

    def _settle(self, future: Future[Any], theirs: Future[Any]) -> None:
        error = theirs.exception()
        if error is None:
            future.set_result(theirs.result())
        else:
            future.set_exception(self._failure(error))

    def _failure(self, error: BaseException) -> LitsearchError:
        """Return what went wrong, in our words: an error of ours as it was raised."""
        if isinstance(error, exceptions.RayTaskError):
            error = error.cause or error
        if isinstance(error, LitsearchError):
            return error
        if isinstance(error, _LOST):
            hint = "See which machines of the cluster fail, and why; then build again."
            return WorkLost(f"Machines of the Ray at {self._head} were lost with it.", hint)
        if isinstance(error, ConnectionError):
            hint = "See whether it runs; then build again: what was done is kept."
            return ClusterUnavailable(f"The Ray at {self._head} is gone.", hint)
        if "ModuleNotFoundError" in f"{type(error).__name__} {error}":
            message = f"A machine of the Ray at {self._head} has no litsearch, or another one"
            return ConfigError(f"{message} ({_last_line(error)}).", _SAME)
        message = f"A machine of the Ray at {self._head} failed ({_last_line(error)})."
        return ClusterUnavailable(message, _SAME)


class _Made:
    """On a machine: a function that is made at the first call, and stays."""

    def __init__(self, make: Callable[..., Callable[..., object]], arguments: tuple[Any]) -> None:
        self._make, self._lock = partial(make, *arguments), threading.Lock()
        self._function: Callable[..., object] | None = None

    def call(self, *arguments: object) -> object:
        with self._lock:  # what making it raises is raised by every call, and Ray keeps the rest
            if self._function is None:
                self._function = self._make()
        return self._function(*arguments)


def _call(function: Callable[..., T], arguments: tuple[Any]) -> T:
    """Call a function on a machine."""
    # A process started from here would import Ray's own main module, which takes a second.
    vars(sys.modules["__main__"]).pop("__file__", None)
    return function(*arguments)


def _require_token() -> None:
    """Raise ConfigError unless a token will be sent. Ray ends the process when there is none."""
    if os.environ.setdefault("RAY_AUTH_MODE", "token").lower() != "token":
        message = "Ray is used only with its token, which RAY_AUTH_MODE turns off."
        raise ConfigError(message, _HOW)
    if os.environ.get("RAY_AUTH_TOKEN"):
        return
    file = Path(os.environ.get("RAY_AUTH_TOKEN_PATH") or Path.home() / ".ray" / "auth_token")
    try:
        token = file.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        token = ""
    if not token:
        message = f"There is no token for Ray: neither RAY_AUTH_TOKEN nor {file} has one."
        raise ConfigError(message, _HOW)


def _refuse_open(head: str) -> None:
    """Raise ConfigError when a cluster answers somebody without a token, ClusterUnavailable when
    nobody answers.
    """
    if os.environ.get("RAY_USE_TLS", "0").lower() in ("1", "true"):
        return  # it knows its clients by their certificates, and answers no others
    with grpc.insecure_channel(head, options=[("grpc.enable_http_proxy", 0)]) as channel:
        ask = channel.unary_unary(_QUESTION)
        try:
            ask(b"", timeout=ANSWER_S, wait_for_ready=False)
        except grpc.RpcError as error:
            status = error.code()
            if status is grpc.StatusCode.UNAUTHENTICATED:
                return
            if status in _AWAY:
                raise _away(head) from None
    message = f"The Ray at {head} lets anybody in, who could then read and change all of it."
    raise ConfigError(message, _HOW)


def _away(head: str) -> ClusterUnavailable:
    return ClusterUnavailable(
        f"No Ray answers at {head}.",
        'Start it with `ray start --head`, or correct on under [build]: "local" builds here.',
    )


def _wrong_token(head: str) -> ConfigError:
    return ConfigError(f"The Ray at {head} refuses the token.", _HOW)


def _not_connected(head: str, error: Exception) -> LitsearchError:
    """Return in our words why there is no connection."""
    words = str(error)
    if "UNAUTHENTICATED" in words or "authentication token" in words.lower():
        return _wrong_token(head)
    if "ersion mismatch" in words:
        return ConfigError(f"The Ray at {head} is another version ({_in_line(words)}).", _SAME)
    if isinstance(error, ConnectionError):
        return _away(head)
    return ClusterUnavailable(f"The Ray at {head} cannot be used: {_in_line(words)}.", _SAME)


def _last_line(error: BaseException) -> str:
    """Return the last line of an error, where Ray writes what a machine raised."""
    lines = str(error).strip().splitlines()
    return _in_line(lines[-1]) if lines else type(error).__name__


def _in_line(words: str) -> str:
    return " ".join(words.split())[:300].rstrip(".")


@contextmanager
def _quiet() -> Iterator[None]:
    """Let Ray say nothing, and leave how this process ends at a signal."""
    logging.getLogger("ray").setLevel(logging.CRITICAL)
    warnings.filterwarnings("ignore", module=r"ray\.")  # documents go there, megabytes of them
    before = signal.getsignal(signal.SIGTERM)
    try:
        yield
    finally:
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, before)
