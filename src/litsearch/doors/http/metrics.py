"""What Prometheus is told: requests by route, how long they took, how busy the service is, what the library holds."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120)


class Metrics:
    """The counters of one app."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        which = ("method", "route", "status")
        self._requests = Counter("litsearch_requests", "Requests answered", which, registry=self._registry)
        self._seconds = Histogram(
            "litsearch_request_seconds", "How long requests took", ("route",), buckets=SECONDS, registry=self._registry
        )
        self.active = Gauge("litsearch_requests_active", "Requests being answered", registry=self._registry)
        self._refused = Gauge("litsearch_refused_busy", "Requests refused while busy", registry=self._registry)
        self._holds = Gauge("litsearch_library", "What the library holds", ("what",), registry=self._registry)

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """Note one request; methods that are none of HTTP's count as one, so that nobody can fill the memory."""
        known = method if method in {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"} else "other"
        self._requests.labels(known, route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def text(self, counts: dict[str, int], refused: int) -> bytes:
        """Everything, in the text format of Prometheus."""
        for what, count in counts.items():
            self._holds.labels(what).set(count)
        self._refused.set(refused)
        return generate_latest(self._registry)
