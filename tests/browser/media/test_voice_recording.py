"""What a child's recording holds, with a microphone that plays a known voice of 200 Hz."""

import math
import os
import struct
import wave
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserType, Page

from tests.browser.conftest import FLAGS
from tests.browser.media.conftest import opened, run

RATE = 48_000
VOICE_HZ = 200
RECORD = """
    const { recording, again, ticks, levels, ended, live, seen } = await media.recordVoice(3);
    const sound = await media.decoded(recording.bytes);
"""


@pytest.fixture(scope="module")
def voice_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four seconds of a voice at 200 Hz: harmonics falling by 9 dB an octave, four syllables a second."""
    path = tmp_path_factory.mktemp("microphone") / "voice.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes(b"".join(struct.pack("<h", round(12_000 * sample(i / RATE))) for i in range(4 * RATE)))
    return path


def sample(t: float) -> float:
    syllable = 0.6 + 0.4 * math.sin(2 * math.pi * 4 * t)
    return syllable * sum(math.sin(2 * math.pi * VOICE_HZ * n * t) / n**1.5 for n in range(1, 16)) / 2


@pytest.fixture(scope="module")
def speaking(chromium: Browser, voice_file: Path) -> Iterator[Browser]:
    """A Chromium whose microphone plays the voice."""
    browser = microphone(chromium.browser_type, f"--use-file-for-fake-audio-capture={voice_file}")
    yield browser
    browser.close()


def microphone(kind: BrowserType, *more: str, leave_out: tuple[str, ...] = ()) -> Browser:
    flags = [flag for flag in [*FLAGS, "--autoplay-policy=no-user-gesture-required", *more] if flag not in leave_out]
    return kind.launch(executable_path=os.environ.get("TEST_CHROMIUM", "/usr/bin/chromium"), args=flags)


@pytest.fixture
def talk(speaking: Browser, media_site: str) -> Iterator[Page]:
    yield from opened(speaking, media_site, permissions=["microphone"])


def test_a_recording_holds_the_carriers_pitch_and_not_the_voices(talk: Page) -> None:
    heard = run(talk, RECORD + "return media.heard(sound, media.RATE, 110)")
    assert heard["frames"] > 30
    assert heard["hertz"] == pytest.approx(110, abs=2)
    assert heard["farthest"] <= 2


def test_the_microphone_does_play_the_voice_when_it_is_not_disguised(talk: Page) -> None:
    heard = run(talk, PLAIN + "return media.heard(plain, media.RATE, 200)")
    assert heard["hertz"] == pytest.approx(VOICE_HZ, abs=2)


PLAIN = """
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    const recorder = new MediaRecorder(stream, { mimeType: "audio/webm;codecs=opus" });
    const parts = [];
    recorder.ondataavailable = ({ data }) => parts.push(data);
    recorder.start();
    await media.wait(3000);
    await new Promise((resolve) => { recorder.onstop = resolve; recorder.stop(); });
    const plain = await media.decoded(new Uint8Array(await new Blob(parts).arrayBuffer()));
"""


def test_a_recording_does_not_resemble_the_voice(talk: Page) -> None:
    same, disguised = run(
        talk,
        f"{RECORD}{PLAIN}"
        "const half = media.RATE * 2.4;"
        "return [plain, sound].map((other) => media.likeness(plain.subarray(0, half), other.subarray(0, half)))",
    )
    assert same > 0.99
    assert disguised < 0.2


def test_from_the_microphone_sound_reaches_filters_and_nothing_else(talk: Page) -> None:
    kinds = run(talk, f"{RECORD} return media.reached(seen)")
    assert kinds == ["BiquadFilterNode", "MediaStreamAudioSourceNode", "WaveShaperNode"]


def test_only_the_disguised_stream_is_recorded(talk: Page) -> None:
    other, streams = run(
        talk, f"{RECORD} return [seen.recorded.every((s) => !seen.streams.includes(s)), seen.recorded.length]"
    )
    assert (other, streams) == (True, 1)


def test_after_stop_microphone_recorder_and_audio_engine_are_closed(talk: Page) -> None:
    state = run(
        talk,
        f"""{RECORD}
        const tracks = [...seen.streams, ...seen.recorded].flatMap((stream) => stream.getTracks());
        return [live, tracks.map((track) => track.readyState), seen.contexts.map((context) => context.state)]""",
    )
    assert state == [True, ["ended", "ended"], ["closed"]]


def test_a_recording_says_what_it_is(talk: Page) -> None:
    found = run(
        talk,
        f"""{RECORD}
        return {{ type: recording.type, seconds: recording.seconds, heard: recording.heard,
                  size: recording.bytes.length, same: again.bytes.length, rate: seen.contexts[0].sampleRate,
                  ticks, ended, loud: Math.max(...levels), most: levels.length }}""",
    )
    assert found["type"] == "audio/webm"
    assert found["seconds"] == pytest.approx(3, abs=0.3)
    assert found["heard"] is True
    assert 3 * 1_000 < found["size"] == found["same"] < 3 * 4_500
    assert found["rate"] == 16_000
    assert found["ticks"][:3] == [[0, 60], [1, 59], [2, 58]]
    assert found["ended"] == 0
    assert 0.2 < found["loud"] <= 1
    assert found["most"] >= 15


def test_the_limit_ends_a_recording_and_keeps_it(talk: Page) -> None:
    found = run(
        talk,
        """const { recording, ticks, ended } = await media.recordVoice(2.5, 1);
        return [recording.seconds, ticks, ended, recording.bytes.length > 500]""",
    )
    assert found == [1, [[0, 1], [1, 0]], 1, True]


def test_a_cancelled_recording_is_forgotten_and_the_microphone_let_go(talk: Page) -> None:
    found = run(
        talk,
        """const seen = media.spy();
        let ended = 0;
        const voice = await media.startVoice({ maxSeconds: 9, onEnd: () => ended++ });
        await media.wait(400);
        voice.cancel();
        await media.wait(200);
        const left = await voice.stop().then(() => "kept", (error) => error.code);
        return [left, ended, seen.streams[0].active, seen.contexts[0].state]""",
    )
    assert found == ["broken", 0, False, "closed"]


def test_a_microphone_that_goes_away_ends_the_recording_and_keeps_it(talk: Page) -> None:
    found = run(
        talk,
        """const seen = media.spy();
        let ended = 0;
        const voice = await media.startVoice({ maxSeconds: 9, onEnd: () => ended++ });
        await media.wait(1200);
        seen.streams[0].getTracks()[0].dispatchEvent(new Event("ended"));
        await media.wait(300);
        const { bytes, seconds } = await voice.stop();
        return [ended, bytes.length > 500, seconds < 2]""",
    )
    assert found == [1, True, True]


def test_silence_is_told_apart_from_a_voice(chromium: Browser, media_site: str, tmp_path: Path) -> None:
    path = tmp_path / "silence.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes(bytes(2 * RATE * 2))
    browser = microphone(chromium.browser_type, f"--use-file-for-fake-audio-capture={path}")
    for page in opened(browser, media_site, permissions=["microphone"]):
        assert run(page, "return (await media.recordVoice(1)).recording.heard") is False
    browser.close()


def test_a_refused_microphone_is_said_in_a_code(chromium: Browser, media_site: str) -> None:
    browser = microphone(
        chromium.browser_type, "--deny-permission-prompts", leave_out=("--use-fake-ui-for-media-stream",)
    )
    for page in opened(browser, media_site):
        assert failure(page) == "refused"
    browser.close()


def test_a_phone_without_a_microphone_is_said_in_a_code(chromium: Browser, media_site: str) -> None:
    browser = microphone(chromium.browser_type, leave_out=("--use-fake-device-for-media-stream",))
    for page in opened(browser, media_site, permissions=["microphone"]):
        assert failure(page) == "no_microphone"
    browser.close()


@pytest.mark.parametrize("missing", ["MediaRecorder", "AudioContext"])
def test_a_browser_that_cannot_record_says_so_before_it_asks(talk: Page, missing: str) -> None:
    able, code = run(
        talk,
        """const able = media.canRecord();
        delete self[a];
        return [[able, media.canRecord()], await media.startVoice({ maxSeconds: 1 }).catch((error) => error.code)]""",
        missing,
    )
    assert able == [True, False]
    assert code == "unsupported"


def failure(page: Page) -> object:
    return run(page, "return media.startVoice({ maxSeconds: 1 }).then(() => 'recorded', (error) => error.code)")
