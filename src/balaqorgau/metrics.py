"""Counters for the people who run it, served on loopback only."""

from collections.abc import Mapping

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

REGISTRY = CollectorRegistry()
ANSWERS = Counter("balaqorgau_answers", "Answers by route and status", ["route", "status"], registry=REGISTRY)
SECONDS = Histogram("balaqorgau_answer_seconds", "Time to answer by route", ["route"], registry=REGISTRY)

WAITING = Gauge("balaqorgau_mails_waiting", "Mails that wait to be sent", registry=REGISTRY)
FAILING = Gauge("balaqorgau_officers_unreached", "Officers whose last mail failed, by why", ["why"], registry=REGISTRY)
UNOPENED = Gauge("balaqorgau_alarms", "Appeals of children who are not safe that are open for alarm", registry=REGISTRY)


def count(route: str, status: int, seconds: float) -> None:
    """Remember one answer."""
    ANSWERS.labels(route, str(status)).inc()
    SECONDS.labels(route).observe(seconds)


def mail(*, waiting: int, failing: Mapping[str, int], late: int) -> None:
    """Remember how waking officers goes, as the database has it now."""
    WAITING.set(waiting)
    UNOPENED.set(late)
    FAILING.clear()
    for why, officers in failing.items():
        FAILING.labels(why).set(officers)


def page() -> bytes:
    """Everything counted in this process, in the Prometheus text format."""
    return generate_latest(REGISTRY)
