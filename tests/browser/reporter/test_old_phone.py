"""Old phones: the newer half of a browser is taken away before the page loads, and a letter still goes and comes back."""

import re
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.reporter.walking import Child

ROOT = Path(__file__).resolve().parents[3]
BUILT = ROOT / "src" / "balaqorgau" / "build"
NEWER_THAN_CHROMIUM_87 = """() => {
    const gone = [
        [Promise, "withResolvers"], [Promise, "try"], [Object, "hasOwn"], [Object, "groupBy"], [Map, "groupBy"],
        [self, "structuredClone"], [self, "reportError"], [self, "scheduler"], [crypto, "randomUUID"],
        [Crypto.prototype, "randomUUID"], [AbortSignal, "timeout"], [AbortSignal, "any"], [URL, "canParse"],
        [self, "trustedTypes"], [self, "CompressionStream"], [self, "DecompressionStream"], [Array, "fromAsync"],
        [Uint8Array, "fromBase64"], [Uint8Array, "fromHex"], [Uint8Array.prototype, "toBase64"],
        [Uint8Array.prototype, "toHex"], [Intl, "Segmenter"], [Intl, "DurationFormat"], [Element.prototype, "checkVisibility"],
        [self, "Iterator"], [Set.prototype, "union"], [Set.prototype, "intersection"], [Set.prototype, "difference"],
        [String.prototype, "isWellFormed"], [String.prototype, "toWellFormed"], [ArrayBuffer.prototype, "transfer"],
        [Promise.prototype, "nothing"], [Blob.prototype, "bytes"], [Response.prototype, "bytes"], [Document, "parseHTMLUnsafe"],
    ];
    for (const kind of [Array.prototype, Object.getPrototypeOf(Int8Array.prototype), String.prototype])
        for (const name of ["at", "findLast", "findLastIndex", "toSorted", "toReversed", "toSpliced", "with"])
            gone.push([kind, name]);
    for (const [from, name] of gone) delete from[name];
    const modern = /X25519|Ed25519|ML-KEM|ML-DSA|MLKEM|Ed448/i;
    for (const name of ["generateKey", "importKey", "deriveBits", "deriveKey", "sign", "verify", "encrypt", "decrypt"]) {
        const real = SubtleCrypto.prototype[name];
        SubtleCrypto.prototype[name] = function (...given) {
            const asked = JSON.stringify(given.map((one) => (typeof one === "string" ? one : one?.name ?? "")));
            if (modern.test(asked)) return Promise.reject(new DOMException("not here", "NotSupportedError"));
            return real.apply(this, given);
        };
    }
    for (const name of ["encapsulateBits", "decapsulateBits", "encapsulateKey", "decapsulateKey", "getPublicKey"])
        delete SubtleCrypto.prototype[name];
    delete SubtleCrypto.supports;
}"""
IS_OLD = (
    "() => !Promise.withResolvers && ![].at && !self.structuredClone && !self.CompressionStream && !crypto.randomUUID"
)
SAYS_WHAT_WOULD_BE_LOWERED = """
import { readFileSync } from "node:fs";
import { transformSync } from "esbuild";
for (const file of process.argv.slice(1)) {
    const code = readFileSync(file, "utf8");
    const written = (target) => transformSync(code, { target, format: "esm", legalComments: "none" }).code;
    if (written("chrome87") !== written("esnext")) console.log(file);
}
"""
NOT_IN_CHROMIUM_87 = re.compile(
    rb"\.at\(|\.findLast(?:Index)?\(|\.to(?:Sorted|Reversed|Spliced)\(|structuredClone|Object\.(?:hasOwn|groupBy)"
    rb"|withResolvers|AbortSignal\.(?:timeout|any)|crypto\.randomUUID|\.replaceAll\(\s*/|Array\.fromAsync|/[a-z]*[dv][a-z]*\.test"
)


def child_scripts() -> list[Path]:
    """Every script that the child's pages can load: the page and all that it imports, however late."""
    found: list[Path] = []
    waiting = sorted((BUILT / "reporter").glob("page.*.js"))
    while waiting:
        script = waiting.pop()
        if script in found:
            continue
        found.append(script)
        names = re.findall(
            r"""(?:from|import)\s*\(?\s*["'](\.{1,2}/[^"']+\.js)["']""", script.read_text(encoding="utf-8")
        )
        waiting += [(script.parent / name).resolve() for name in names]
    return found


@pytest.fixture
def old(child: Child) -> Child:
    """A child with an old phone."""
    child.page.add_init_script(f"({NEWER_THAN_CHROMIUM_87})()")
    return child


def test_a_letter_goes_from_an_old_phone_and_is_read_on_it(old: Child) -> None:
    words = old.open().write("Ескі телефоннан").send()
    assert old.page.evaluate(IS_OLD)
    old.read(" ".join(words))
    expect(old.thread).to_contain_text("Ескі телефоннан", timeout=60_000)
    assert old.faults == []


def test_a_letter_from_an_old_phone_opens_on_a_new_one_and_the_other_way_round(old: Child) -> None:
    words = old.open().write("Ескі телефоннан").send()
    new = Child(old.page.context.new_page())
    new.read(" ".join(words))
    expect(new.thread).to_contain_text("Ескі телефоннан", timeout=60_000)
    words = new.open().write("Жаңа телефоннан").send()
    old.read(" ".join(words))
    expect(old.thread).to_contain_text("Жаңа телефоннан", timeout=60_000)


def test_the_child_s_scripts_have_no_syntax_newer_than_chromium_87() -> None:
    scripts = child_scripts()
    assert len(scripts) > 5
    assert lowered(*scripts) == ""


def test_the_check_of_syntax_notices_what_is_newer(tmp_path: Path) -> None:
    newer = tmp_path / "newer.js"
    newer.write_text("class A { static { A.b = 1; } }\nexport { A };\n")
    assert lowered(newer) == f"{newer}\n"


def lowered(*scripts: Path) -> str:
    """The scripts that esbuild would have to rewrite for Chromium 87."""
    command = ["node", "--input-type=module", "--eval", SAYS_WHAT_WOULD_BE_LOWERED, "--", *map(str, scripts)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def test_the_child_s_scripts_call_nothing_that_chromium_87_lacks() -> None:
    found = {script.name: NOT_IN_CHROMIUM_87.findall(script.read_bytes()) for script in child_scripts()}
    assert {name: calls for name, calls in found.items() if calls} == {}
