"""Published desks, and somebody who looks after them."""

import pytest

from tests.factories.appeals import publish_desks
from tests.integration.administration.people import administrator
from tests.integration.desk.office import Visitor


@pytest.fixture(autouse=True)
def _desks(db: None) -> None:
    publish_desks()


@pytest.fixture
def admin() -> Visitor:
    """An administrator, signed in."""
    return administrator()
