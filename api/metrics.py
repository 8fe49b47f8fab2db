"""Counts and times of requests for Prometheus. Labels name what answered, never an id, a person or a query."""

import time

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_TYPE = CONTENT_TYPE_LATEST
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
UNMATCHED = "unmatched"


class Metrics:
    """The measures of one app, in a registry of their own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        labels = ("method", "endpoint")
        self.requests = Counter("matcher_requests", "Requests answered.", (*labels, "status"), registry=self.registry)
        self.seconds = Histogram(
            "matcher_request_seconds", "Time to the end of the answer.", labels, buckets=BUCKETS, registry=self.registry
        )
        self.under_way = Gauge("matcher_requests_under_way", "Requests being answered.", registry=self.registry)
        self.records = Gauge("matcher_records", "Records in the home.", ("kind",), registry=self.registry)

    def written(self) -> bytes:
        """Return all measures as Prometheus reads them."""
        return generate_latest(self.registry)


class Measured:
    """ASGI middleware that counts and times every request."""

    def __init__(self, app: ASGIApp, *, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the app does, and take the time."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status = "500"

        async def send_noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = str(message["status"])
            await send(message)

        began = time.perf_counter()
        with self._metrics.under_way.track_inprogress():
            try:
                await self._app(scope, receive, send_noting)
            finally:
                method = scope["method"] if scope["method"] in METHODS else "other"
                endpoint = answered_by(scope)
                self._metrics.requests.labels(method, endpoint, status).inc()
                self._metrics.seconds.labels(method, endpoint).observe(time.perf_counter() - began)


def answered_by(scope: Scope) -> str:
    """Return the name of the function that answered, such as `list_postings`."""
    return getattr(scope.get("endpoint"), "__name__", UNMATCHED)
