"""What the house says: the published texts of a language, so that no story repeats a sentence of the pack."""

import json
from functools import cache

from bench.appeals import get

from tests.browser.desk.child import REGION, published
from tests.browser.house import House


@cache
def texts_of(url: str, file: str) -> dict[str, str]:
    """A file of texts."""
    return dict(json.loads(get(f"{url}/p/{file}")))


def texts(house: House, language: str) -> dict[str, str]:
    """Everything the child's pages say in a language, by key."""
    site, _ = published(house, REGION)
    return texts_of(house.url, site["files"]["texts"][language])


def moment(house: House, language: str, seconds: float, zone: str) -> str:
    """A moment as the child's pages write it on a phone in a time zone."""
    from datetime import datetime
    from zoneinfo import ZoneInfo

    said = texts(house, language)
    at = datetime.fromtimestamp(seconds, ZoneInfo(zone))
    month = said["date.months"].split(" ")[at.month - 1]
    return said["date.moment"].format(day=at.day, month=month, year=at.year, time=f"{at:%H:%M}")
