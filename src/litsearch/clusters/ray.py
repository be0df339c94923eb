"""A Ray cluster, reached through its client (ray://): functions of ours run on its machines.

What a lost machine was doing is repeated: tasks by Ray itself; calls of an actor from here, after
pauses, since Ray repeats them at once and may take a quarter of a minute to see that it is gone.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
import time
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
PAUSES = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0)  # seconds before a call is repeated
REPEATS = len(PAUSES)
BUSY = PAUSES[:2]  # before a head is asked again that had no server ready within half a minute
ANSWER_S = 30.0  # that a head may take to answer, on a machine as busy as one is in a build
# Asked without the token: what it answers does not matter, whether it does.
_QUESTION = "/ray.rpc.RayletDriver/ClusterInfo"
_SLOW = "Starting Ray client server failed"
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
    _knock(head, _token())
    with _quiet():
        for pause in (*BUSY, 0.0):
            try:
                ray.init(f"ray://{head}", logging_level=logging.CRITICAL, log_to_driver=False)
                break
            except Exception as error:  # noqa: BLE001 - RuntimeError, ConnectionError and others
                if not pause or _SLOW not in str(error):
                    raise _not_connected(head, error) from None
                time.sleep(pause)
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
        actor = ray.remote(num_cpus=0, max_restarts=-1, max_task_retries=0)
        self._task, self._check, self._actor = any_machine(_call), this_machine(_call), actor(_Made)
        self._actors: list[Any] = []

    @property
    def size(self) -> int:
        """Return how many there were when the build began."""
        return len(self._machines)

    def everywhere(self, function: Callable[..., object], *arguments: object) -> None:
        """Call a function once on every machine; one that is lost meanwhile need not answer."""
        futures = []
        for machine in self._machines:
            here = NodeAffinitySchedulingStrategy(machine, soft=False)
            task = self._check.options(scheduling_strategy=here)
            futures.append(self._future(partial(task.remote, function, arguments)))
        for future in futures:
            with suppress(WorkLost):
                future.result()

    def run(self, function: Callable[..., T], *arguments: object) -> Future[T]:
        """Call a function on a machine that has a core free, when there is one."""
        return self._future(partial(self._task.remote, function, arguments))

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
        return self._future(partial(actor.call.remote, *arguments), PAUSES)

    def _future(self, begin: Callable[[], Any], pauses: Sequence[float] = ()) -> Future[Any]:
        """Return the result to come, its exception in our words.

        begin: gives what Ray calls the result to come. pauses: before each time that it is begun
        anew, when a machine was lost.
        """
        future: Future[Any] = Future()
        self._attempt(future, begin, pauses)
        return future

    def _attempt(
        self, future: Future[Any], begin: Callable[[], Any], pauses: Sequence[float]
    ) -> None:
        try:
            theirs = begin().future()
        except Exception as error:  # noqa: BLE001 - RuntimeError, ConnectionError and others
            future.set_exception(self._failure(error))
            return

        def settle(theirs: Future[Any]) -> None:
            """Hand a result on; try what was lost again, after a pause."""
            error = theirs.exception()
            if error is None:
                future.set_result(theirs.result())
            elif isinstance(error, _LOST) and pauses:
                later = threading.Timer(pauses[0], self._attempt, (future, begin, pauses[1:]))
                later.daemon = True
                later.start()
            else:
                future.set_exception(self._failure(error))

        theirs.add_done_callback(settle)

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


def _token() -> str:
    """Return the token that Ray will send. Raises ConfigError without one: Ray would end the
    process.
    """
    if os.environ.setdefault("RAY_AUTH_MODE", "token").lower() != "token":
        message = "Ray is used only with its token, which RAY_AUTH_MODE turns off."
        raise ConfigError(message, _HOW)
    token = os.environ.get("RAY_AUTH_TOKEN", "")
    if token:
        return token

    file = Path(os.environ.get("RAY_AUTH_TOKEN_PATH") or Path.home() / ".ray" / "auth_token")
    with suppress(OSError, UnicodeDecodeError):
        token = file.read_text("utf-8").strip()
    if not token:
        message = f"There is no token for Ray: neither RAY_AUTH_TOKEN nor {file} has one."
        raise ConfigError(message, _HOW)
    return token


def _knock(head: str, token: str) -> None:
    """See that a cluster lets in who has the token, and nobody else.

    Raises ConfigError, and ClusterUnavailable when nobody answers.
    """
    if os.environ.get("RAY_USE_TLS", "0").lower() in ("1", "true"):
        return  # it knows its clients by their certificates, and answers no others
    with grpc.insecure_channel(head, options=[("grpc.enable_http_proxy", 0)]) as channel:
        ask = partial(channel.unary_unary(_QUESTION), b"", timeout=ANSWER_S)
        if _lets_in(head, ask):
            message = f"The Ray at {head} lets anybody in, who could then read and change it all."
            raise ConfigError(message, _HOW)
        if not _lets_in(head, partial(ask, metadata=[("authorization", f"Bearer {token}")])):
            raise ConfigError(f"The Ray at {head} refuses the token.", _HOW)


def _lets_in(head: str, ask: Callable[[], object]) -> bool:
    """Return False when a question is answered with: who are you?"""
    try:
        ask()
    except grpc.RpcError as error:
        status = error.code()
        if status in _AWAY:
            raise _away(head) from None
        return status is not grpc.StatusCode.UNAUTHENTICATED
    return True


def _away(head: str) -> ClusterUnavailable:
    return ClusterUnavailable(
        f"No Ray answers at {head}.",
        'Start it with `ray start --head`, or correct on under [build]: "local" builds here.',
    )


def _not_connected(head: str, error: Exception) -> LitsearchError:
    """Return in our words why there is no connection."""
    words = str(error)
    if "ersion mismatch" in words:
        return ConfigError(f"The Ray at {head} is another version ({_in_line(words)}).", _SAME)
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
    warnings.filterwarnings("ignore", module=r"ray\.")  # documents go there, megabytes of them
    before = signal.getsignal(signal.SIGTERM)
    try:
        yield
    finally:
        logging.getLogger("ray").setLevel(logging.CRITICAL)  # which connecting sets anew
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, before)
