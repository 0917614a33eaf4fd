"""The two engines in a real browser: its own cryptography and the library give the same, from the shared vectors."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from balaqorgau.kernel.ids import b64, unb64
from balaqorgau.sealed import age, messages
from tests.unit.sealed.vectors import load

ROOT = Path(__file__).parents[3]
ENTRY = """
import { openBlob, recipientOf, sealBlob } from "./frontend/sealed/age";
import { b64, unb64 } from "./frontend/sealed/bytes";
import { computesRight, engine, useEngine } from "./frontend/sealed/engine";
import { native } from "./frontend/sealed/native";
import { portable } from "./frontend/sealed/portable";
import { isSigned, sign, verifyKeyOf } from "./frontend/sealed/signed";
const engines = { native, portable };
globalThis.sealed = {
  openBlob, recipientOf, sealBlob, b64, unb64, computesRight,
  engine, useEngine, engines, isSigned, sign, verifyKeyOf,
};
"""
PREFIX = "AGE-SECRET-KEY-PQ-"
HYBRIDS = [
    vector
    for vector in load("age")
    if any(identity.startswith(PREFIX) for identity in vector["identities"]) and not vector["compressed"]
]
ENGINES = ("native", "portable")


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    """An empty page of this machine with the protocol loaded; nothing is fetched from anywhere."""
    built = subprocess.run(
        [
            ROOT / "node_modules" / ".bin" / "esbuild",
            "--bundle",
            "--format=iife",
            "--target=chrome87",
            "--log-level=error",
        ],
        input=ENTRY,
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    found = chromium.new_page()
    found.route("**/*", lambda route: route.fulfill(body="<!doctype html><title>-</title>", content_type="text/html"))
    found.goto("http://localhost/")
    found.evaluate(built.stdout)
    yield found
    found.close()


def run(page: Page, engine: str, script: str, *values: Any) -> Any:
    """What a script gives that uses one engine; `v` are its values, `s` is the protocol."""
    return page.evaluate(
        f"async ([name, ...v]) => {{ const s = globalThis.sealed; s.useEngine(s.engines[name]); {script} }}",
        [engine, *values],
    )


def test_this_browser_has_the_algorithms_itself_and_they_are_chosen(page: Page) -> None:
    chosen = page.evaluate("async () => (await globalThis.sealed.engine()).name")
    assert chosen == "native"


@pytest.mark.parametrize("engine", ENGINES)
def test_an_engine_computes_the_known_answer(page: Page, engine: str) -> None:
    assert run(page, engine, "return s.computesRight(s.engines[name]);") is True


@pytest.mark.parametrize("engine", ENGINES)
def test_an_engine_that_computes_something_else_is_not_taken(page: Page, engine: str) -> None:
    other = "{ ...s.engines[name], decapsulate: async () => new Uint8Array(32) }"
    assert run(page, engine, f"return s.computesRight({other});") is False


@pytest.mark.parametrize("engine", ENGINES)
def test_recipients_and_keys_follow_from_seeds(page: Page, engine: str) -> None:
    for one in load("keys")["recipients"]:
        assert (
            run(page, engine, "return s.b64(await s.recipientOf(s.unb64(v[0])));", one["identity"]) == one["recipient"]
        )
    signed = load("signed")
    assert run(page, engine, "return s.b64(await s.verifyKeyOf(s.unb64(v[0])));", signed["seed"]) == signed["key"]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("language", ["python", "typescript"])
def test_an_engine_opens_what_either_language_sealed(page: Page, engine: str, language: str) -> None:
    for vector in load(f"sealed-by-{language}")["files"]:
        for identity in vector["identities"]:
            script = "return s.b64(await s.openBlob(s.unb64(v[0]), s.unb64(v[1])));"
            opened = run(page, engine, script, vector["file"], identity)
            assert opened == b64(age.decrypt(unb64(vector["file"]), unb64(identity)))


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("length", [0, 1, 65536, 65537])
def test_python_opens_what_an_engine_seals(page: Page, engine: str, length: int) -> None:
    recipient = load("keys")["recipients"][1]
    script = "return s.b64(await s.sealBlob(new Uint8Array(v[0]).fill(7), [s.unb64(v[1])]));"
    data = unb64(run(page, engine, script, length, recipient["recipient"]))
    age.check_file(data, recipients=1)
    assert age.decrypt(data, unb64(recipient["identity"])) == b"\x07" * length


@pytest.mark.parametrize("engine", ENGINES)
def test_an_engine_signs_as_python_does(page: Page, engine: str) -> None:
    signed = load("signed")
    for entry in signed["chain"]:
        script = "return s.b64(await s.sign(s.unb64(v[0]), s.unb64(v[1])));"
        assert run(page, engine, script, signed["seed"], entry["signed"]) == entry["signature"]
        assert messages.verify(unb64(signed["key"]), unb64(entry["signed"]), unb64(entry["signature"]))
        script = "return s.isSigned(s.unb64(v[0]), s.unb64(v[1]), s.unb64(v[2]));"
        assert run(page, engine, script, signed["key"], entry["signature"], entry["signed"]) is True


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("vector", load("signed")["refused"], ids=lambda vector: vector["why"])
def test_an_engine_refuses_what_is_no_signature(page: Page, engine: str, vector: dict[str, str]) -> None:
    script = "return s.isSigned(s.unb64(v[0]), s.unb64(v[1]), s.unb64(v[2]));"
    assert run(page, engine, script, vector["key"], vector["signature"], vector["signed"]) is False


@pytest.mark.parametrize("vector", HYBRIDS, ids=lambda vector: vector["name"])
def test_public_vector_with_a_hybrid_identity(page: Page, vector: dict[str, Any]) -> None:
    own = [identity for identity in vector["identities"] if identity.startswith(PREFIX)]
    script = (
        "try { await s.openBlob(s.unb64(v[0]), s.unb64(v[1])); return 'opens'; } catch (error) { return error.code; }"
    )
    codes = {engine: run(page, engine, script, vector["file"], b64(age.read_identity(own[0]))) for engine in ENGINES}
    assert set(codes.values()) == {load("age-subset")[vector["name"]]["gives"]}
