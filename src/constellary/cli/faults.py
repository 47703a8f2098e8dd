"""How a run ends: exit codes, messages for people, and a file with the traceback when it is our fault.

=====  ===========================================================================
code   meaning
=====  ===========================================================================
0      done
1      what was given cannot be used: a file, a value, a study (said on stderr)
2      the call itself is wrong: an option, an argument, a name that does not exist
3      a fault of Constellary; the traceback is in a file whose path is printed
130    stopped by Ctrl-C
141    whoever read the output has stopped reading (`| head`)
=====  ===========================================================================
"""

from __future__ import annotations

import errno
import os
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from constellary.errors import InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

DONE, WRONG_INPUT, WRONG_USAGE, FAULT, INTERRUPTED, NO_READER = 0, 1, 2, 3, 130, 141

SURROUNDINGS = frozenset(
    {
        errno.EACCES,
        errno.EPERM,
        errno.EROFS,
        errno.ENOSPC,
        errno.EDQUOT,
        errno.EISDIR,
        errno.ENOTDIR,
        errno.ENAMETOOLONG,
        errno.EMFILE,
        errno.EIO,
        errno.EPIPE,
    }
)
"""What the system may refuse without a fault of ours: room, permission, a folder in place of a file,
no reader any more."""


def guarded(act: Callable[[], object], arguments: Sequence[str]) -> int:
    """Call `act` and return the exit code; whatever it raises becomes a message on stderr."""
    sys.stdout = _prepared(sys.stdout)
    sys.stderr = _prepared(sys.stderr)
    try:
        result = act()
        sys.stdout.flush()
    except SystemExit as end:
        # click ends the process by itself where the reader of the output has gone, and in completion.
        return end.code if isinstance(end.code, int) and not _no_reader() else NO_READER
    except (Exception, KeyboardInterrupt) as error:
        return _told(error, arguments)
    return result if isinstance(result, int) else DONE


def _told(error: BaseException, arguments: Sequence[str]) -> int:
    """Say what was raised, as far as it concerns a person, and return the exit code."""
    match error:
        case KeyboardInterrupt() | click.Abort():
            return INTERRUPTED
        case click.ClickException():
            error.show()
            return error.exit_code
        case UsageError():
            return _say(error, WRONG_USAGE)
        case InputError():
            return _say(error, WRONG_INPUT)
        case OSError() if error.errno in SURROUNDINGS:
            return _refused(error)
        case _:
            return _record(error, arguments)


def _refused(error: OSError) -> int:
    if error.errno == errno.EPIPE:
        return _abandon_output()
    return _say(f"{error.filename or 'output'}: {error.strerror}.", WRONG_INPUT)


def _prepared(stream: TextIO | None) -> TextIO:
    """Return a stream that writes UTF-8 unless a terminal says otherwise, and fails for no sign.

    A stream that is closed (`>&-`, a program without a console) becomes one to nowhere.
    """
    if stream is None:
        return Path(os.devnull).open("w", encoding="utf-8")
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None and stream.isatty():
        reconfigure(errors="replace")
    elif reconfigure is not None:
        reconfigure(encoding="utf-8", errors="backslashreplace")
    return stream


def _say(error: object, code: int) -> int:
    from constellary.cli.terminal import fold_lines, paint, visible_lines

    text = fold_lines(f"Error: {visible_lines(str(error))}", stream=sys.stderr)
    click.echo(text.replace("Error:", paint("Error:", "red", stream=sys.stderr), 1), err=True, color=True)
    return code


def _no_reader() -> bool:
    return type(sys.stdout).__name__.endswith("PacifyFlushWrapper")


def _abandon_output() -> int:
    """Point standard output to nowhere, so that the interpreter's last flush does not complain."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
    except (OSError, ValueError):
        pass  # standard output is no file (a test, a notebook): nothing will be flushed at the end
    return NO_READER


def _record(error: BaseException, arguments: Sequence[str]) -> int:
    """Write the traceback of an error to a file and say where it is."""
    from constellary.fault_file import write_fault

    path = write_fault(error, f"constellary {' '.join(map(repr, arguments))}")
    trace = "".join(traceback.format_exception(error))
    last = trace.strip().splitlines()[-1]
    place = f"The details are in {path}" if path else f"The details could not be written:\n{trace}"
    _say(f"This is a fault of Constellary ({last}).\n{place}\nPlease report it with that text.", FAULT)
    return FAULT
