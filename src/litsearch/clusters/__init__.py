"""Other machines that the stages of a build run on, behind one socket."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Protocol, TypeVar

T = TypeVar("T")


class Cluster(Protocol):
    """Other machines, on which functions of our modules run.

    What a lost machine was doing is done again on another. Futures raise what the function raises,
    WorkLost when machines were lost with it too often, and ClusterUnavailable.
    """

    @property
    def size(self) -> int:
        """Return how many machines there are."""
        ...

    def everywhere(self, function: Callable[..., object], *arguments: object) -> None:
        """Call a function once on every machine. Raises what it raises."""
        ...

    def run(self, function: Callable[..., T], *arguments: object) -> Future[T]:
        """Call a function on a machine that has a core free, when there is one."""
        ...

    def actors(
        self, make: Callable[..., Callable[..., T]], *arguments: object, at_once: int = 1
    ) -> Sequence[Callable[..., Future[T]]]:
        """Make a function once for every machine, to be called there; it stays until close().

        at_once: how many calls one of them takes at a time.
        """
        ...

    def close(self) -> None:
        """Let go of the machines; what they are still doing is given up."""
        ...
