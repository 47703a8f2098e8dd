"""`make bench`: what the promises of speed and memory come to here, beside the plain way, as ratios in one run.

Nothing is judged and no test hangs on it: machines differ. Each figure is a whole process, the workbench with a
real server and a real browser.
"""

from __future__ import annotations

import argparse
import filecmp
import json
import shutil
import sys
import tempfile
from functools import partial
from pathlib import Path

from bibliography import reading
from dedup import dedup
from measure import median, run
from ranking import ranking
from synthetic import csv_files, synthetic
from workbench import PARTS as WORKBENCH

from constellary.data import automotive_codebook
from constellary.study.codebook_file import read_codebook

HERE = Path(__file__).parent
PYTHON = sys.executable
COMMAND = str(Path(PYTHON).parent / "constellary")
LARGE, MIDDLE, ROWS = 300_000, 3_000, 1_000_000
PARTNERS_EACH = 2.58


def say(what: str, value: str, asked: str = "") -> None:
    """Print one line of the table."""
    print(f"{what:<66}{value:>16}{asked:>16}", flush=True)


def starting(folder: Path) -> None:
    """Cold start of the command and what it imports."""
    once = median([COMMAND, "--help"], times=5)
    say("constellary --help", f"{once.seconds:.2f} s", "<= 0.25 s")
    loaded = run([PYTHON, "-X", "importtime", "-c", "from constellary.cli.main import main"]).output
    heavy = [name for name in ("polars", "scipy", "numpy", "altair", "sqlalchemy") if f"| {name}" in loaded]
    say("  heavy libraries that it imports", ", ".join(heavy) or "none", "none")
    del folder


def demo_report(folder: Path) -> None:
    """The report of the open data in all formats, and the page alone; twice the same bytes."""
    study = folder / "automotive.study"
    run([COMMAND, "demo", str(folder / "demo")])
    shutil.copy(folder / "demo" / "automotive.study", study)
    whole = median([COMMAND, "report", str(study), "-o", str(folder / "a")], times=3)
    say("report of the open data, all formats", f"{whole.seconds:.1f} s", "<= 12 s")
    page = median([COMMAND, "report", str(study), "-o", str(folder / "page"), "--formats", "html"], times=3)
    say("  the page alone", f"{page.seconds:.1f} s", "<= 5 s")
    run([COMMAND, "report", str(study), "-o", str(folder / "b")], environment={"PYTHONHASHSEED": "12345"})
    first = {p.relative_to(folder / "a") for p in (folder / "a").rglob("*") if p.is_file()}
    second = {p.relative_to(folder / "b") for p in (folder / "b").rglob("*") if p.is_file()}
    differing = [
        str(p)
        for p in sorted(first & second)
        if not filecmp.cmp(folder / "a" / p, folder / "b" / p, shallow=False)
    ]
    differing += [str(p) for p in sorted(first ^ second)]
    say(f"  files that differ in a second run ({len(first)} files)", ", ".join(differing) or "none", "none")


def middle(folder: Path) -> None:
    """3,000 alliances: all statistics and exact centralities, beside the plain way."""
    files = folder / "middle"
    csv_files(files, synthetic(MIDDLE, codebook=read_codebook(automotive_codebook())))
    ours, theirs = folder / "middle.study", folder / "middle.db"
    run([PYTHON, str(HERE / "ours.py"), "import", str(files), str(ours)])
    run([PYTHON, str(HERE / "plain.py"), "import", str(files), str(theirs)])
    mine = run([PYTHON, str(HERE / "ours.py"), "analyse", str(ours), str(folder / "middle.json")])
    plain = run([PYTHON, str(HERE / "plain.py"), "analyse", str(theirs)])
    say(f"{MIDDLE:,} alliances: all statistics with exact centralities", f"{mine.seconds:.1f} s")
    say("  the plain way (fewer statistics, no interval)", f"{plain.seconds:.1f} s")
    say("  ours / plain", f"{mine.seconds / plain.seconds:.2f}")


def large(folder: Path) -> None:
    """300,000 alliances: import, all statistics, sampled centralities, communities."""
    files = folder / "large"
    csv_files(files, synthetic(LARGE, codebook=read_codebook(automotive_codebook())))
    study = folder / "large.study"
    taken = run([PYTHON, str(HERE / "ours.py"), "import", str(files), str(study)])
    analysed = run([PYTHON, str(HERE / "ours.py"), "analyse", str(study), str(folder / "large.json")])
    say(
        f"{LARGE:,} alliances: import + statistics + centralities + communities",
        f"{taken.seconds + analysed.seconds:.0f} s",
        "<= 90 s",
    )
    say("  import", f"{taken.seconds:.1f} s")
    found = json.loads((folder / "large.json").read_text())
    for (step, begin), (_, end) in zip(found["parts"], found["parts"][1:], strict=False):
        say(f"  {step}", f"{end - begin:.1f} s")
    peak = max(taken.mebibytes, analysed.mebibytes) / 1024
    say("  memory at the peak", f"{peak:.2f} GiB", "<= 4 GiB")
    how = found["estimation"]
    say("  firms, and sources sampled for betweenness", f"{found['network']['firms']:,}, {how['samples']:,}")
    say(
        f"  error bound of betweenness (all firms, probability {1 - how['delta']:g})",
        f"{how['betweenness_bound']:.4f}",
    )


def rows(folder: Path) -> None:
    """Import of a million rows of partners, beside the plain way."""
    files = folder / "rows"
    frames = synthetic(round(ROWS / PARTNERS_EACH), codebook=read_codebook(automotive_codebook()))
    csv_files(files, frames)
    mine = run([PYTHON, str(HERE / "ours.py"), "import", str(files), str(folder / "rows.study")])
    plain = run([PYTHON, str(HERE / "plain.py"), "import", str(files), str(folder / "rows.db")])
    say(
        f"import of {frames['partners'].height:,} rows of partners from CSV",
        f"{mine.seconds:.1f} s",
        "<= 30 s",
    )
    say("  the plain way (three checks, no history)", f"{plain.seconds:.1f} s")
    say("  ours / plain", f"{mine.seconds / plain.seconds:.2f}")


PARTS = {
    "start": starting,
    "report": demo_report,
    **{name: partial(part, say=say) for name, part in WORKBENCH.items()},
    "middle": middle,
    "rows": rows,
    "reading": lambda _folder: reading(say),
    "dedup": partial(dedup, say=say),
    "ranking": partial(ranking, say=say),
    "large": large,
}


def main() -> None:
    """Run the parts named, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="only these parts")
    chosen = parser.parse_args().parts or list(PARTS)
    say("what", "measured", "promised")
    with tempfile.TemporaryDirectory() as name:
        for part in chosen:
            folder = Path(name) / part
            folder.mkdir()
            PARTS[part](folder)


if __name__ == "__main__":
    main()
