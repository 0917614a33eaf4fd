"""Writes the child's pages and the files they load: static, and the same input gives the same bytes."""

import gzip
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import brotli
from django.template.loader import render_to_string

from balaqorgau.appeals import limits
from balaqorgau.appeals.edition import Country, Reason
from balaqorgau.kernel.ids import b64
from balaqorgau.pack.scripts import script
from balaqorgau.ui import assets

VOICE_SECONDS: Final = 180
KEPT_DAYS: Final = 2  # A page that is open while the site is published again still finds its parts.
FIRST_PAGE: Final = "index.html"
COMPRESSED: Final = {".html", ".json", ".txt", ".svg"}
GZIP_LEVEL: Final = 9
PAGES: Final = (("page", "", "child/page.html"), ("answer", "answer/", "child/answer.html"))
SAFE: Final = ("no", "unsure", "yes")
DRAFT: Final = "bar.draft"
AGES: Final = (("under10", "you.under10"), ("10_13", "you.a10_13"), ("14_17", "you.a14_17"), ("adult", "you.adult"))
WHOS: Final = (("self", "you.self"), ("other", "you.someone"))


@dataclass(frozen=True)
class Installation:
    """What a page must know of the installation: its id, who signs promises, and each region's directory file."""

    deployment: bytes
    promise_name: str
    promise_key: bytes
    directories: Mapping[str, bytes]


def name_of(stem: str, suffix: str, data: bytes) -> str:
    """The name under /p/ of a file: it tells the contents."""
    return f"{stem}.{sha256(data).hexdigest()[:16]}{suffix}"


@dataclass
class Folder:
    """A site being built in memory: published names and bytes; nothing is written before everything is there."""

    files: dict[str, bytes] = field(default_factory=dict)

    def put(self, stem: str, suffix: str, data: bytes) -> str:
        """Add a file whose name tells its contents; returns the name under /p/."""
        name = name_of(stem, suffix, data)
        self.files[f"p/{name}"] = data
        return name


def publish(folder: Path, *, country: Country, installation: Installation) -> list[str]:
    """Write the whole site into `folder`; returns the names of its files. What earlier publications left goes later."""
    site = Folder()
    site_file = json_bytes(site_json(site, country, installation))
    site_name = site.put("site", ".json", site_file)
    icon = site.put("icon", ".svg", (country.pictures / "icon.svg").read_bytes())
    for language in country.languages:
        for page, path, template in PAGES:
            values = {
                "page": page,
                "site_name": site_name,
                "site_hash": b64(sha256(site_file).digest()),
                "icon": f"/p/{icon}",
            }
            html = render_to_string(template, {**context(country, language, path), **values})
            site.files[f"{home(country, language)[1:]}{path}index.html"] = squeezed(html).encode("utf-8")
    write(folder, site.files)
    return sorted(site.files)


def site_json(site: Folder, country: Country, installation: Installation) -> dict[str, Any]:
    """The site file of the wire; everything it names is added to the site."""
    return {
        "v": 1,
        "deployment": b64(installation.deployment),
        "promise": {"name": installation.promise_name, "key": b64(installation.promise_key)},
        "bits": limits.WORK_BITS,
        "limits": {**limits.for_page(), "voice_seconds": VOICE_SECONDS},
        "regions": [region(site, country, code, data) for code, data in installation.directories.items()],
        "files": files_json(site, country),
    }


def region(site: Folder, country: Country, code: str, directory: bytes) -> dict[str, Any]:
    """One region of the site file."""
    name = site.put(code, ".json", directory)
    return {"id": code, "name": country.regions[code], "directory": name, "sha256": b64(sha256(directory).digest())}


def files_json(site: Folder, country: Country) -> dict[str, Any]:
    """The names of everything that loads later, by language."""
    by_language: dict[str, dict[str, str]] = {"texts": {}, "words": {}, "danger": {}, "audio": {}}
    for language in country.languages:
        texts = json_bytes(filled(country, language))
        by_language["texts"][language] = site.put(f"texts.{language}", ".json", texts)
        by_language["words"][language] = site.put(f"words.{language}", ".txt", front_coded(country.words[language]))
        by_language["danger"][language] = site.put(f"danger.{language}", ".json", json_bytes(country.danger[language]))
        by_language["audio"][language] = put_audio(site, country, language)
    scripts = {language: scripts_of(country.danger[language]) for language in country.languages}
    return {**by_language, "scripts": scripts, "pictures": site.put("pictures", ".svg", sprite(country.pictures))}


def alike(one: str, other: str) -> int:
    """How many letters two words begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (left, right) in pairs if left != right), min(len(one), len(other)))


def front_coded(words: bytes) -> bytes:
    """A list a fifth smaller to load: before each word, as a sign from "0" on, how many letters it shares with the last."""
    listed = words.decode().split()
    shared = [alike(*pair) for pair in zip(["", *listed], listed, strict=False)]
    return "\n".join(chr(48 + kept) + word[kept:] for kept, word in zip(shared, listed, strict=True)).encode()


def scripts_of(danger: Mapping[str, Any]) -> list[str]:
    """The writing systems that a list of danger reads, as Unicode calls them."""
    letters = {letter for written, _ in danger["fold"] for letter in written} | set(danger["danger"])
    return sorted({script(letter).title() for letter in letters if letter.isalpha()})


def put_audio(site: Folder, country: Country, language: str) -> str:
    """Add a language's recordings; returns their folder under /p/, named by all that is in it, or "" without any."""
    recordings = {path.name: path.read_bytes() for path in sorted((country.audio / language).glob("*.webm"))}
    if not recordings:
        return ""
    total = sha256(b"".join(sha256(name.encode() + b"\0" + data).digest() for name, data in recordings.items()))
    folder = f"audio/{language}.{total.hexdigest()[:16]}"
    site.files.update({f"p/{folder}/{name}": data for name, data in recordings.items()})
    return folder


def sprite(pictures: Path) -> bytes:
    """Every drawing as a symbol of one file; a drawing is an `<svg viewBox>` of lines that take their colour from the page."""
    symbols = []
    for path in sorted(pictures.glob("*.svg")):
        inner = path.read_text(encoding="utf-8").strip().removeprefix("<svg ").removesuffix("</svg>")
        if path.stem != "icon":
            symbols.append(f'<symbol id="{path.stem}" {inner}</symbol>')
    return ('<svg xmlns="http://www.w3.org/2000/svg">' + "".join(symbols) + "</svg>").encode("utf-8")


def filled(country: Country, language: str) -> Mapping[str, str]:
    """The child's texts with the installation's own numbers filled in; what changes while the page is used stays open.

    That a text is a draft is said until a native speaker has read it, and then no more.
    """
    fixed = {
        "days": country.answer_days,
        "from": country.reading_hours[0],
        "to": country.reading_hours[1],
        "line": country.helplines[0],
        "erase_days": country.erase_days,
        "minutes": VOICE_SECONDS // 60,
        "files": limits.MAX_FILES,
        "letters": limits.written(limits.LETTERS),
        "photo_mb": limits.PHOTO_MB,
    }
    texts = dict(country.texts[language])
    if country.reviewed[language]:
        texts[DRAFT] = ""
    for name, value in fixed.items():
        texts = {key: text.replace(f"{{{name}}}", str(value)) for key, text in texts.items()}
    return texts


def home(country: Country, language: str) -> str:
    """The first language is at the root, others below their code."""
    return "/" if language == next(iter(country.languages)) else f"/{language}/"


def context(country: Country, language: str, path: str) -> dict[str, Any]:
    """What every page of a language shows."""
    texts = filled(country, language)
    return {
        "language": language,
        "direction": country.directions[language],
        "languages": [
            (code, name, country.directions[code], home(country, code) + path)
            for code, name in country.languages.items()
        ],
        "texts": texts,
        "style": assets.url("reporter/reporter.css"),
        "script": assets.url("reporter/page.js"),
        "neutral": country.neutral_page,
        "home": home(country, language),
        "answer": f"{home(country, language)}answer/",
        "us": f"/about/privacy/{language}/",
        "helplines": [
            {"number": line, "key": f"helplines.{line}", "text": texts[f"helplines.{line}"]}
            for line in country.helplines
        ],
        "regions": [{"id": code, "name": names[language]} for code, names in country.regions.items()],
        "reasons": [reason_tile(reason, texts) for reason in country.reasons],
        "about": country.about,
        "offices": country.offices,
        "safe": SAFE,
        "ages": AGES,
        "whos": WHOS,
    }


def reason_tile(reason: Reason, texts: Mapping[str, str]) -> dict[str, str]:
    """A reason as its tile shows it."""
    return {"id": reason.id, "picture": reason.picture, "text": texts[f"reasons.{reason.id}"]}


def squeezed(html: str) -> str:
    """Without empty lines and indentation, which templates leave behind."""
    return "\n".join(line for line in (line.strip() for line in html.splitlines()) if line) + "\n"


def json_bytes(value: Any) -> bytes:
    """JSON without white space, keys in order."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode("utf-8")


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put every file with its compressed siblings in place, then remove what no page has named for KEPT_DAYS.

    Pages come after what they name, and the first page last: when it changed, everything is there.
    """
    wanted = {name: data for file, content in files.items() for name, data in siblings(file, content)}
    for name in sorted(wanted, key=lambda name: (FIRST_PAGE in name, name == FIRST_PAGE)):
        replace(folder / name, wanted[name])
    oldest = time.time() - KEPT_DAYS * 86_400
    for path in sorted(folder.rglob("*"), reverse=True):
        unnamed = path.is_file() and path.relative_to(folder).as_posix() not in wanted
        if unnamed and (path.stat().st_mtime < oldest or path.suffix == ".new"):
            path.unlink()


def siblings(name: str, data: bytes) -> Sequence[tuple[str, bytes]]:
    """A file and its compressed forms. A directory file has none: its length after compression would tell the region."""
    if Path(name).suffix not in COMPRESSED or b'"pad":"' in data[-200_000:]:
        return [(name, data)]
    return [
        (name, data),
        (f"{name}.br", brotli.compress(data, quality=11)),
        (f"{name}.gz", gzip.compress(data, GZIP_LEVEL, mtime=0)),
    ]


def replace(path: Path, data: bytes) -> None:
    """Write a file so that a reader sees the old bytes or the new ones, never half."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_file() and path.read_bytes() == data:
        path.touch()
        return
    unfinished = path.with_name(f".{path.name}.new")
    unfinished.write_bytes(data)
    unfinished.replace(path)
