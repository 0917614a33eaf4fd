"""Counters for the people who run it, served on loopback only."""

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest

REGISTRY = CollectorRegistry()
ANSWERS = Counter("balaqorgau_answers", "Answers by route and status", ["route", "status"], registry=REGISTRY)
SECONDS = Histogram("balaqorgau_answer_seconds", "Time to answer by route", ["route"], registry=REGISTRY)


def count(route: str, status: int, seconds: float) -> None:
    """Remember one answer."""
    ANSWERS.labels(route, str(status)).inc()
    SECONDS.labels(route).observe(seconds)


def page() -> bytes:
    """Everything counted in this process, in the Prometheus text format."""
    return generate_latest(REGISTRY)
