"""The one door for developers: what it skips, what it asks for, and that CI never skips a check."""

import subprocess
import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

DOOR = Path(__file__).parents[2] / "dev"


@pytest.fixture
def dev(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The door as a module, in a folder of its own; nothing that it does reaches this checkout."""
    loader = SourceFileLoader("door", str(DOOR))
    spec = spec_from_loader("door", loader)
    assert spec
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    door = module_from_spec(spec)
    loader.exec_module(door)
    monkeypatch.setattr(door, "ROOT", tmp_path)
    monkeypatch.setattr(door, "STAMPS", tmp_path / ".dev")
    monkeypatch.delenv("CI", raising=False)
    return door


@pytest.fixture
def ran(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The commands that it would have run."""
    commands: list[str] = []
    monkeypatch.setattr(dev, "run", lambda *command, env=None: commands.append(line(command, env or {})))
    monkeypatch.setattr(dev, "set_up", lambda: None)
    monkeypatch.setattr(dev, "check", lambda: commands.append("check"))
    return commands


def line(command: tuple[Any, ...], env: dict[str, str]) -> str:
    """A command as one line, with the database it was told to use."""
    return f"{env.get('TEST_DATABASE', '')}: {' '.join(Path(part).name for part in map(str, command))}"


def without_tools(dev: ModuleType, monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    """A machine that has every tool but these, and may not install any."""
    found = {name: None if name in names else f"/usr/bin/{name}" for name in dev.FINDERS}
    monkeypatch.setattr(dev, "FINDERS", {name: lambda path=path: path for name, path in found.items()})
    monkeypatch.setattr(dev, "may_install", lambda: False)


def test_a_step_is_done_again_only_when_its_inputs_or_outputs_changed(dev: ModuleType, tmp_path: Path) -> None:
    source, output, times = tmp_path / "source", tmp_path / "output", []

    def act() -> None:
        times.append(1)
        output.write_text("made")

    source.write_text("one")
    dev.step("thing", [source], [output], act)
    dev.step("thing", [source], [output], act)
    assert len(times) == 1
    source.write_text("two")
    dev.step("thing", [source], [output], act)
    assert len(times) == 2
    output.unlink()
    dev.step("thing", [source], [output], act)
    assert len(times) == 3


def test_a_step_that_failed_is_done_again(dev: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "source").write_text("one")

    def fail() -> None:
        raise SystemExit(3)

    done: list[int] = []
    with pytest.raises(SystemExit):
        dev.step("thing", [tmp_path / "source"], [], fail)
    dev.step("thing", [tmp_path / "source"], [], lambda: done.append(1))
    assert done == [1]


def test_an_old_python_is_named(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev.sys, "version_info", (3, 10, 9))
    with pytest.raises(SystemExit, match=r"Python 3\.11 or newer is needed"):
        dev.check_prerequisites()


def test_a_missing_node_is_named(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev.shutil, "which", lambda *_names, **_more: None)
    with pytest.raises(SystemExit, match=r"Node.js 20 or newer with npm is needed"):
        dev.check_prerequisites()


def test_an_old_node_is_named_with_its_version(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = subprocess.CompletedProcess([], 0, stdout="v18.19.1\n", stderr="")
    monkeypatch.setattr(dev.shutil, "which", lambda name, **_more: f"/usr/bin/{name}")
    monkeypatch.setattr(dev, "quietly", lambda *_command: answer)
    with pytest.raises(SystemExit, match=r"this is 18\.19\.1"):
        dev.check_prerequisites()


def test_a_python_without_venv_is_told_which_package_brings_it(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed = subprocess.CompletedProcess([], 1, stdout="", stderr="ensurepip is not available")
    monkeypatch.setattr(dev, "UV_ENV", dev.STAMPS / "uv")
    monkeypatch.setattr(dev, "quietly", lambda *_command: failed)
    with pytest.raises(SystemExit, match="apt-get install python3-venv"):
        dev.uv()


def test_a_missing_tool_is_said_and_its_checks_are_skipped(
    dev: ModuleType, ran: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    without_tools(dev, monkeypatch, "postgres", "chromium")
    dev.test(False, [])
    said = capsys.readouterr().err
    assert "postgres is not installed (Debian: postgresql): its checks are skipped." in said
    assert "chromium is not installed (Debian: chromium): its checks are skipped." in said
    assert ran[0] == "check"
    assert not [one for one in ran if one.startswith("postgresql") or one.endswith("browser")]


@pytest.mark.parametrize("tool", ["postgres", "chromium", "firefox", "nginx", "gcore"])
def test_ci_fails_when_a_tool_is_missing(
    dev: ModuleType, ran: list[str], monkeypatch: pytest.MonkeyPatch, tool: str
) -> None:
    without_tools(dev, monkeypatch, tool)
    monkeypatch.setenv("CI", "true")
    with pytest.raises(SystemExit, match=f"{tool} is not installed.* CI must run every check"):
        dev.test(False, [])
    assert not [one for one in ran if "pytest" in one]


@pytest.mark.parametrize(("scope", "user", "found"), [("0", 1000, True), ("1", 1000, False), ("1", 0, True)])
def test_cores_are_written_where_the_system_lets_us(
    dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scope: str, user: int, found: bool
) -> None:
    (tmp_path / "ptrace_scope").write_text(f"{scope}\n")
    monkeypatch.setattr(dev, "PTRACE_GUARD", tmp_path / "ptrace_scope")
    monkeypatch.setattr(dev.os, "geteuid", lambda: user)
    monkeypatch.setattr(dev.shutil, "which", lambda name: f"/usr/bin/{name}")
    assert (dev.found_gcore() == "/usr/bin/gcore") is found


def test_everything_runs_on_both_databases(dev: ModuleType, ran: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    without_tools(dev, monkeypatch)
    dev.test(False, [])
    for database in ("sqlite", "postgresql"):
        assert [one for one in ran if one.startswith(database) and one.endswith("unit integration architecture")]
    assert [one for one in ran if one.startswith("sqlite") and one.endswith("browser")]
    assert [one for one in ran if one.startswith("postgresql") and one.endswith("browser -m journey")]
    ran.clear()
    dev.test(True, [])
    assert [one for one in ran if one.startswith("postgresql") and one.endswith("browser")]


def test_a_failing_check_ends_the_run_with_its_code(dev: ModuleType) -> None:
    with pytest.raises(SystemExit) as ended:
        dev.run(sys.executable, "-c", "raise SystemExit(7)")
    assert ended.value.code == 7


@pytest.fixture
def benches(tmp_path: Path) -> None:
    """Two benches and a module that helps them."""
    (tmp_path / "bench").mkdir()
    for name in ("page", "surge"):
        (tmp_path / "bench" / f"{name}.py").write_text('if __name__ == "__main__":\n    print(1)\n')
    (tmp_path / "bench" / "load.py").write_text("LOAD = 1\n")


@pytest.mark.usefixtures("benches")
@pytest.mark.parametrize(
    ("name", "said"), [("speed", "there is no bench/speed.py"), ("", "which one?"), ("load", "no")]
)
def test_a_bench_that_there_is_not_is_told_those_that_there_are(dev: ModuleType, name: str, said: str) -> None:
    with pytest.raises(SystemExit, match=f"{said}.*; there are: page, surge\\.$"):
        dev.bench(name, [])


def only_with(dev: ModuleType, monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    """A machine that has these tools alone, and may not install any."""
    every = {**dev.FINDERS, **dev.BENCH_FINDERS}
    has = {tool: (lambda tool=tool: f"/usr/bin/{tool}" if tool in names else None) for tool in every}
    monkeypatch.setattr(dev, "FINDERS", has)
    monkeypatch.setattr(dev, "BENCH_FINDERS", {})
    monkeypatch.setattr(dev, "may_install", lambda: False)


@pytest.mark.usefixtures("benches")
def test_each_tool_that_a_bench_needs_and_lacks_is_said_in_a_sentence(
    dev: ModuleType, ran: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    only_with(dev, monkeypatch)
    with pytest.raises(SystemExit) as ended:
        dev.bench("surge", [])
    assert "nginx is not installed (Debian: nginx-light" in str(ended.value)
    assert "h2load is not installed (Debian: nghttp2-client), and bench surge needs it." in str(ended.value)
    assert ran == []


@pytest.mark.usefixtures("benches")
def test_a_bench_asks_for_no_tool_that_it_does_not_use(
    dev: ModuleType, ran: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    only_with(dev, monkeypatch, "chromium")
    dev.bench("page", [])
    assert capsys.readouterr().err == ""
    assert len(ran) == 1
    assert ran[0].endswith("page.py")


@pytest.mark.usefixtures("benches")
def test_a_bench_without_a_database_that_it_only_uses_leaves_that_half_out(
    dev: ModuleType, ran: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    only_with(dev, monkeypatch, "nginx", "h2load")
    dev.bench("surge", [])
    assert "postgres is not installed (Debian: postgresql): its half is left out." in capsys.readouterr().err
    assert len(ran) == 1


def test_false_alarms_of_the_words_of_danger_are_printed(
    dev: ModuleType, ran: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    without_tools(dev, monkeypatch)
    dev.test(False, [])
    words = [one for one in ran if one.endswith("matcher.test.ts") and "--exclude" not in one]
    assert len(words) == 1
    assert "--silent" not in words[0]
    assert Path(DOOR.parent / dev.DANGER).is_file()


@pytest.mark.parametrize("path", [None, "/usr/bin/chromium-headless-shell"])
def test_a_browser_without_windows_is_used_where_there_is_one_and_never_needed(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, path: str | None
) -> None:
    without_tools(dev, monkeypatch)
    monkeypatch.setenv("CI", "true")
    monkeypatch.setattr(dev, "QUICKER", {"shell": lambda: path})
    assert dev.tools().get("TEST_SHELL") == path
