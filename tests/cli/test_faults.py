from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest

from constellary.cli.faults import guarded
from constellary.errors import InputError, Problem, ProblemsFound, UnknownName, UsageError

Written = pytest.CaptureFixture[str]


def raising(error: BaseException) -> int:
    def act() -> None:
        raise error

    return guarded(act, ["some", "command"])


def test_a_command_that_returns_nothing_is_done() -> None:
    assert guarded(lambda: None, []) == 0


def test_a_command_can_choose_its_code() -> None:
    assert guarded(lambda: 1, []) == 1


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (InputError("a.csv: is empty."), 1, "Error: a.csv: is empty.\n"),
        (UsageError("'x' is no date."), 2, "Error: 'x' is no date.\n"),
        (UnknownName("variable", "form1", ["form"]), 2, "Did you mean form?"),
        (click.UsageError("no such option"), 2, "no such option"),
        (PermissionError(errno.EACCES, "Permission denied", "a.study"), 1, "a.study: Permission denied."),
        (OSError(errno.ENOSPC, "No space left on device"), 1, "output: No space left on device."),
    ],
)
def test_what_a_person_can_mend_is_said_in_a_line(
    error: Exception, code: int, said: str, capsys: Written, state: Path
) -> None:
    assert raising(error) == code
    written = capsys.readouterr()
    assert said in written.err
    assert "Traceback" not in written.err
    assert written.out == ""
    assert not state.exists()


def test_problems_are_all_listed_with_their_places(capsys: Written) -> None:
    problems = [Problem("is no date.", file="a.csv", row=row, column="when", value="soon") for row in (2, 3)]
    assert raising(ProblemsFound(problems)) == 1
    assert capsys.readouterr().err.splitlines() == [
        "Error: 2 problems in the input; nothing was written.",
        "  a.csv, row 2, column 'when': 'soon': is no date.",
        "  a.csv, row 3, column 'when': 'soon': is no date.",
    ]


def test_an_escape_sequence_in_a_message_does_not_reach_the_terminal(capsys: Written) -> None:
    raising(InputError("a.csv: '\x1b]0;owned\x07\x1b[2J' is no date\x9b31m."))
    assert capsys.readouterr().err == "Error: a.csv: ']0;owned[2J' is no date31m.\n"


def test_a_fault_leaves_its_traceback_in_a_file_that_only_its_user_reads(
    capsys: Written, state: Path
) -> None:
    assert raising(ZeroDivisionError("division by zero")) == 3
    (path,) = state.iterdir()
    error = capsys.readouterr().err
    assert str(path) in error
    assert "Traceback" not in error
    text = path.read_text(encoding="utf-8")
    assert "Traceback (most recent call last):" in text
    assert "constellary 'some' 'command'" in text
    if os.name == "posix":
        assert path.stat().st_mode & 0o077 == 0


def test_a_fault_is_told_also_where_no_file_can_be_written(
    capsys: Written, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(blocked))
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(blocked))
    assert raising(ZeroDivisionError("division by zero")) == 3
    assert "Traceback" in capsys.readouterr().err


@pytest.mark.parametrize("error", [KeyboardInterrupt(), click.Abort()])
def test_an_interruption_is_quiet(error: BaseException, capsys: Written) -> None:
    assert raising(error) == 130
    assert capsys.readouterr().err == ""


def test_a_reader_that_stops_reading_is_no_fault(automotive_study: Path) -> None:
    script = (
        f"{sys.executable} -m constellary codebook {automotive_study} | head -c 10; echo ${{PIPESTATUS[0]}}"
    )
    done = subprocess.run(
        ["bash", "-c", script], capture_output=True, text=True, check=True, env={**os.environ, "LC_ALL": "C"}
    )
    assert done.stderr == ""
    assert done.stdout.splitlines()[-1].removeprefix('name = "au') in {"0", "141"}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_said_in_a_line() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "constellary", "doctor", "--json"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert "No space left on device" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_ctrl_c_ends_a_running_command_with_130_and_silence() -> None:
    script = (
        "import sys, time, click, constellary.cli.main as main\n"
        "@main.cli.command('wait')\n"
        "def wait():\n"
        "    print('waiting', flush=True); time.sleep(30)\n"
        "main.COMMANDS['wait'] = main.Entry(main.KEEP, 'wait', 'Wait.')\n"
        "main.LazyGroup.get_command = lambda self, ctx, name: wait\n"
        "sys.exit(main.run(['wait']))\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == "waiting\n"
        time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=10) == 130
        assert process.stderr.read().strip() == ""


@pytest.mark.skipif(os.name != "posix", reason="closes a stream by the shell")
def test_a_command_whose_output_is_closed_still_does_its_work() -> None:
    script = f"{sys.executable} -m constellary --version >&-"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
