"""Files that somebody sends: put down under names that cannot leave their folder."""

from __future__ import annotations

from pathlib import PurePosixPath, PureWindowsPath

LONGEST = 100
NOT_FOR_NAMES = frozenset('<>:"|?*')
"""Signs that some system gives a meaning; they become a hyphen, and so do signs that cannot be seen."""
DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{kind}{number}" for kind in ("com", "lpt") for number in range(10))}
)
"""Names that Windows takes for a device, whatever their ending."""


def kept_name(given: str, taken: frozenset[str] | set[str] = frozenset()) -> str:
    r"""Return the name under which a file that was sent is put down: what people know it by, made harmless.

    Parameters
    ----------
    given
        As the browser sent it; it may be a path, of this system or another.
    taken
        Names that are there already, in any case.

    Examples
    --------
    >>> kept_name("Allianzen 2021.csv"), kept_name("../../etc/passwd"), kept_name("C:\\\\data\\\\a.xlsx")
    ('Allianzen 2021.csv', 'passwd', 'a.xlsx')
    >>> kept_name(".."), kept_name("a.csv", {"a.csv", "A-2.csv"}), kept_name("nul.csv")
    ('file', 'a-3.csv', 'file-nul.csv')
    """
    bare = PureWindowsPath(PurePosixPath(given.replace("\\", "/")).name).name
    plain = "".join(sign if sign.isprintable() and sign not in NOT_FOR_NAMES else "-" for sign in bare)
    plain = plain.strip(" .") or "file"
    if plain.partition(".")[0].rstrip().lower() in DEVICES:
        plain = f"file-{plain}"
    stem, dot, ending = plain.rpartition(".")
    stem, ending = (stem, dot + ending) if dot and stem and len(ending) <= 12 else (plain, "")
    known = {name.casefold() for name in taken}
    name, number = _cut(stem, ending), 2
    while name.casefold() in known:
        name, number = _cut(stem, f"-{number}{ending}"), number + 1
    return name


def _cut(stem: str, ending: str) -> str:
    """Join both, the stem short enough for any file system, which counts bytes."""
    room = LONGEST - len(ending.encode("utf-8", "replace"))
    return stem.encode("utf-8", "replace")[:room].decode("utf-8", "ignore").rstrip(" .") + ending
