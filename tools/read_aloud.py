"""Reads the child's questions aloud into `packs/<pack>/audio/<language>/<key>.webm`, with espeak-ng and ffmpeg.

    python tools/read_aloud.py packs/kz

A machine's voice, until a person has read them: a recording under the same name takes its place. `spoken.yaml` beside the
recordings holds a fingerprint of each text, so that a text that changed is read again and a test notices when it was not.
"""

import hashlib
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

QUESTIONS = {
    "start": "title text who when night trace",
    "where": "title hint choose code code_hint need",
    "what": "title hint",
    "tell": "title hint",
    "voice": "text",
    "photo": "warn instead",
    "danger": "title text",
    "about": "title hint family other_child school_staff school_head online_stranger other"
    " offices offices_hint region committee ombudsman",
    "safe": "title yes no unsure note wake",
    "you": "title hint age under10 a10_13 a14_17 adult who self someone",
    "send": "title who pass school lock duty empty",
    "receipt": "title write why",
    "repeat": "title",
    "done": "title read when how danger",
    "answer": "title hint any",
}
WORDS_A_MINUTE = "165"
BITS_A_SECOND = "5500"


def questions(pack: Path, language: str) -> Iterator[tuple[str, str]]:
    """Every text that can be heard, by its key on the page."""
    child, reasons = (
        yaml.safe_load((pack / "texts" / language / f"{name}.yaml").read_text(encoding="utf-8"))
        for name in ("child", "reasons")
    )
    values = yaml.safe_load((pack / "pack.yaml").read_text(encoding="utf-8"))
    days, hours = values["deadlines"], values["reading_hours"]
    first = yaml.safe_load((pack / "helplines.yaml").read_text(encoding="utf-8"))["helplines"][0]
    filled = {"days": days["answer"]["working_days"], "erase_days": days["erase"]["days"]}
    filled |= {"from": hours["from"], "to": hours["to"], "line": first["number"]}
    for part, names in QUESTIONS.items():
        for name in names.split():
            yield f"{part}.{name}", child[part][name].format(**filled)
    for key, text in flat(reasons):
        yield f"reasons.{key}", text


def flat(texts: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    """Nested texts with dotted names."""
    for key, value in texts.items():
        if isinstance(value, Mapping):
            yield from flat(value, f"{before}{key}.")
        else:
            yield f"{before}{key}", str(value)


def fingerprint(text: str) -> str:
    """What a text is known by in `spoken.yaml`."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def speak(text: str, language: str, target: Path) -> None:
    """Writes one recording: mono Opus in WebM, without a date or a name of the writer, so that it is the same every time."""
    with tempfile.TemporaryDirectory() as folder:
        wave = Path(folder) / "spoken.wav"
        subprocess.run(["espeak-ng", "-v", language, "-s", WORDS_A_MINUTE, "-w", str(wave), text], check=True)
        how = ["-ac", "1", "-ar", "16000", "-c:a", "libopus", "-application", "voip", "-b:a", BITS_A_SECOND]
        quiet = ["-hide_banner", "-loglevel", "error", "-y", "-i", str(wave)]
        exact = ["-frame_duration", "60", "-map_metadata", "-1", "-fflags", "+bitexact", "-flags:a", "+bitexact"]
        subprocess.run(["ffmpeg", *quiet, *how, *exact, "-f", "webm", str(target)], check=True)


def read_aloud(pack: Path) -> None:
    """Records what is new or changed and removes what is no longer asked."""
    kept = pack / "audio" / "spoken.yaml"
    before = yaml.safe_load(kept.read_text(encoding="utf-8")) if kept.exists() else {}
    spoken: dict[str, dict[str, str]] = {}
    for language in sorted(folder.name for folder in (pack / "texts").iterdir()):
        folder = pack / "audio" / language
        folder.mkdir(parents=True, exist_ok=True)
        spoken[language] = {key: fingerprint(text) for key, text in questions(pack, language)}
        for key, text in questions(pack, language):
            target = folder / f"{key}.webm"
            if not target.exists() or before.get(language, {}).get(key) != spoken[language][key]:
                speak(text, language, target)
        for recording in folder.glob("*.webm"):
            if recording.stem not in spoken[language]:
                recording.unlink()
    kept.write_text(yaml.safe_dump(spoken, sort_keys=True), encoding="utf-8")


if __name__ == "__main__":
    read_aloud(Path(sys.argv[1]))
