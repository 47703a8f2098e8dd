"""A snapshot of the report's numbers on the open data: whoever changes one has to say so here.

`snapshot.json` holds the main numbers to ten significant digits, so that another processor's last bits do not
matter. `python tests/report/test_snapshot.py` writes it anew; read the difference before you commit it.
"""

from __future__ import annotations

import json
from pathlib import Path

from constellary.report.findings import find
from constellary.study.frames import Frames

SNAPSHOT = Path(__file__).with_name("snapshot.json")
LEFT_OUT = {"lorenz", "distribution", "largest_publishers", "verdict", "communities", "models"}
FIRMS = ("Toyota", "Ford", "Volkswagen", "Nvidia", "Alluto")
VARIABLES = ("form", "motivation", "focus", "place", "type", "generation", "formality", "industries")


def rounded(value: object) -> object:
    if isinstance(value, float):
        return float(f"{value:.10g}")
    if isinstance(value, dict):
        return {key: rounded(item) for key, item in value.items() if key not in LEFT_OUT}
    return [rounded(item) for item in value] if isinstance(value, list) else value


def main_numbers(frames: Frames) -> object:
    numbers = find(frames).numbers()
    frequencies, sky = numbers["frequency"], numbers["constellation"]
    assert isinstance(frequencies, dict)
    assert isinstance(sky, dict)
    numbers["frequency"] = {name: frequencies[name] for name in VARIABLES}
    sky["firms"] = {name: sky["firms"][name] for name in FIRMS if name in sky["firms"]}
    return json.loads(json.dumps(rounded(numbers)))


def test_the_numbers_are_those_of_the_snapshot(automotive: Frames) -> None:
    assert main_numbers(automotive) == json.loads(SNAPSHOT.read_text(encoding="utf-8"))


if __name__ == "__main__":
    import constellary as cy
    from constellary.data import automotive_files

    text = json.dumps(main_numbers(cy.read(*automotive_files())), indent=1, ensure_ascii=False)
    SNAPSHOT.write_text(f"{text}\n", encoding="utf-8")
