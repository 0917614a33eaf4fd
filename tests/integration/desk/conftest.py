"""Published desks, an appeal that has arrived with a photo, and three people who would like to read it."""

import pytest
from django.test import Client

from balaqorgau.appeals.models import Thread
from tests.factories.appeals import OMBUDSMAN, REGION, Child, post, publish_desks
from tests.integration.desk.office import Opened, Visitor, at_work, opened, stranger

PHOTO = b"\xff\xd8 a picture"


@pytest.fixture(autouse=True)
def _desks(db: None) -> None:
    publish_desks()


@pytest.fixture
def child() -> Child:
    """Who wrote."""
    return Child()


@pytest.fixture
def thread(child: Child, client: Client) -> Thread:
    """An appeal to the region's desk and the Ombudsman's."""
    sealed = child.seal(safe="no", files=[("photo", "image/jpeg", PHOTO)], desks=(REGION, OMBUDSMAN))
    assert post(client, sealed).status_code == 201
    return Thread.objects.get()


@pytest.fixture
def nobody() -> Visitor:
    """A stranger with the console's page open."""
    return stranger()


@pytest.fixture
def officer() -> Visitor:
    """An officer of the desk that holds the appeal."""
    return at_work("of-the-desk", REGION)


@pytest.fixture
def outsider() -> Visitor:
    """An officer of another region's desk."""
    return at_work("of-another-desk", "KZ-11")


@pytest.fixture
def open_thread(officer: Visitor, thread: Thread) -> Opened:
    """The appeal as the officer's browser has it."""
    return opened(officer, thread)
