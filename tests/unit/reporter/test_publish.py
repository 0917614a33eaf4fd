"""The published site: the same for everybody, the same every time, checked by hashes, and no file of an earlier edition."""

import base64
import hashlib
import json
import os
import re
import time
from dataclasses import replace
from pathlib import Path

import brotli
import pytest

from balaqorgau import pack
from balaqorgau.appeals import publish
from balaqorgau.appeals.edition import Country
from balaqorgau.appeals.publish import Installation
from balaqorgau.publishing import country

HERE = Installation(
    deployment=bytes(16),
    promise_name="example",
    promise_key=bytes(32),
    directories={"KZ-10": b'{"region":"KZ-10","pad":"xx"}', "KZ-11": b'{"region":"KZ-11","pad":"yy"}'},
)


@pytest.fixture(scope="module")
def shown() -> Country:
    """What the child's page shows of the example country."""
    return country(pack.current())


def files(folder: Path) -> dict[str, bytes]:
    """Everything published, by name."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_input_gives_the_same_bytes(tmp_path: Path, shown: Country) -> None:
    publish.publish(tmp_path / "one", country=shown, installation=HERE)
    publish.publish(tmp_path / "two", country=shown, installation=HERE)
    assert files(tmp_path / "one") == files(tmp_path / "two")


def test_what_an_open_page_may_still_load_stays_for_a_while_and_then_goes(tmp_path: Path, shown: Country) -> None:
    old, new = tmp_path / "p" / "texts.kk.0000.json", tmp_path / "p" / "texts.kk.1111.json"
    old.parent.mkdir()
    for file in (old, new):
        file.write_text("{}")
    long_ago = time.time() - (publish.KEPT_DAYS + 1) * 86_400
    os.utime(old, (long_ago, long_ago))
    publish.publish(tmp_path, country=shown, installation=HERE)
    assert not old.exists()
    assert new.exists()


def test_every_page_carries_the_hash_of_the_site_file_and_that_the_hash_of_each_directory(
    tmp_path: Path, shown: Country
) -> None:
    publish.publish(tmp_path, country=shown, installation=HERE)
    found = files(tmp_path)
    pages = [name for name in found if name.endswith("index.html")]
    assert len(pages) == 2 * len(shown.languages)
    for page in pages:
        name, said = re.findall(r'data-site="([^"]+)" data-site-hash="([^"]+)"', found[page].decode())[0]
        assert said == hash_of(found[f"p/{name}"])
    for region in json.loads(found[f"p/{name}"])["regions"]:
        assert region["sha256"] == hash_of(found[f"p/{region['directory']}"])


def test_no_compressed_form_of_a_directory_tells_the_region_by_its_length(tmp_path: Path, shown: Country) -> None:
    unlike = {
        "KZ-10": b'{"region":"KZ-10","pad":"xx"}',
        "KZ-11": b'{"region":"' + bytes(range(97, 123)) + b'","pad":""}',
    }
    publish.publish(tmp_path, country=shown, installation=replace(HERE, directories=unlike))
    found = {name: data for name, data in files(tmp_path).items() if name.startswith("p/KZ-")}
    forms = {name: data for name, data in found.items() if not name.endswith(".json")}
    assert [Path(name).suffix for name in forms] == [".br", ".br"]
    assert len({len(data) for data in forms.values()}) == 1
    assert all(brotli.decompress(data) == found[name.removesuffix(".br")] for name, data in forms.items())


def test_pages_hold_no_inline_script_style_or_foreign_address(tmp_path: Path, shown: Country) -> None:
    publish.publish(tmp_path, country=shown, installation=HERE)
    for name, data in files(tmp_path).items():
        if not name.endswith("index.html"):
            continue
        html = data.decode()
        assert not re.search(r"<style|style=|\son\w+=|<script(?![^>]*\ssrc=)|&quot;", html), name
        foreign = set(re.findall(r'(?:src|href|action)="(https?:[^"]+)"', html))
        assert foreign == set(), name


def hash_of(data: bytes) -> str:
    """SHA-256 as the page reads it."""
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
