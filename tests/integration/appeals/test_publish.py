"""The published site: static, the same input giving the same bytes, nothing of anybody else's."""

import gzip
import os
import re
import time
from base64 import urlsafe_b64encode
from hashlib import sha256
from pathlib import Path

import brotli
import pytest
from django.conf import settings

from balaqorgau import pack
from balaqorgau.appeals.publish import KEPT_DAYS
from balaqorgau.directory.models import Desk
from balaqorgau.publishing import publish_new_keys, publish_site
from tests.factories.appeals import REGION, desk_keys, publish_desks
from tests.factories.vouching import next_epoch

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(db: None) -> Path:
    """The site of this test's desks."""
    publish_desks()
    publish_site()
    return Path(settings.SITE)


def files(site: Path) -> dict[str, bytes]:
    """Every file by its name."""
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def test_publishing_again_writes_the_same_bytes(site: Path) -> None:
    before = files(site)
    publish_site()
    assert files(site) == before


def test_compressed_siblings_hold_the_same_bytes(site: Path) -> None:
    found = files(site)
    assert [
        name for name, data in found.items() if name.endswith(".br") and brotli.decompress(data) != found[name[:-3]]
    ] == []
    assert [
        name for name, data in found.items() if name.endswith(".gz") and gzip.decompress(data) != found[name[:-3]]
    ] == []


def test_every_directory_file_has_one_length_and_no_compressed_form(site: Path) -> None:
    regions = pack.current().region_codes
    found = {
        name: data for name, data in files(site).items() if name.startswith(tuple(f"p/{code}." for code in regions))
    }
    assert len({len(data) for name, data in found.items() if len(data)}) == 1
    assert all(name.endswith(".json") for name in found)


def test_a_page_names_the_hash_of_its_site_file(site: Path) -> None:
    page = (site / "index.html").read_text(encoding="utf-8")
    name, hashed = re.findall(r'data-site(?:-hash)?="([^"]+)"', page)
    assert urlsafe_b64encode(sha256((site / "p" / name).read_bytes()).digest()).rstrip(b"=").decode() == hashed


def test_pages_lead_nowhere_else_but_out_and_to_help(site: Path) -> None:
    allowed = {pack.current().exit_page, "http://www.w3.org/2000/svg"}
    pages = [path.read_text(encoding="utf-8") for path in site.rglob("*.html")]
    assert len(pages) == 2 * len(pack.current().languages)
    assert {url for page in pages for url in re.findall(r'https?://[^"\s<]+', page)} <= allowed
    assert not [page for page in pages if re.search(r"<script(?![^>]*src=)|\sstyle=|\son\w+=", page)]


def test_what_no_page_names_stays_for_open_pages_and_then_goes(site: Path) -> None:
    young, old = site / "p" / "young.txt", site / "p" / "old.txt"
    young.write_text("young")
    old.write_text("old")
    long_ago = time.time() - (KEPT_DAYS + 1) * 86_400
    os.utime(old, (long_ago, long_ago))
    publish_site()
    assert young.is_file()
    assert not old.exists()
    young.unlink()


def test_a_desk_s_new_key_is_published_once(site: Path) -> None:
    assert publish_new_keys() == 0
    before = files(site)
    next_epoch(Desk.objects.get(pk=REGION), desk_keys("new"), after=desk_keys(REGION))
    assert publish_new_keys() > 0
    assert (site / "index.html").read_bytes() != before["index.html"]
    assert publish_new_keys() == 0


def test_a_site_that_nobody_published_is_not_published_for_its_keys(site: Path) -> None:
    (site / "index.html").unlink()
    next_epoch(Desk.objects.get(pk=REGION), desk_keys("new"), after=desk_keys(REGION))
    assert publish_new_keys() == 0
    assert not (site / "index.html").exists()
