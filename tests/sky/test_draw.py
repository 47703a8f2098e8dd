"""The command line and a notebook draw the same file as the workbench gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import constellary as cy
from constellary.cli.main import run
from constellary.study.study import open_study
from tests.workbench.conftest import client_of, guard_on

if TYPE_CHECKING:
    from pathlib import Path

    from constellary.study.frames import Frames


@pytest.mark.parametrize("kind", ["svg", "gexf"])
def test_command_notebook_and_workbench_draw_the_same(demo_study: Path, tmp_path: Path, kind: str) -> None:
    said = [
        "draw",
        str(demo_study),
        "-o",
        str(tmp_path / f"a.{kind}"),
        "--since",
        "2021",
        "--size",
        "betweenness",
    ]
    assert run([*said, "--ego", "toyota", "--hulls", "--z", "2", "--theme", "dark"]) == 0
    with open_study(demo_study, read_only=True) as study:
        options: dict[str, str | float | bool] = {
            "size": "betweenness",
            "ego": "Toyota",
            "hulls": True,
            "z": 2,
            "theme": "dark",
        }
        cy.draw(study, tmp_path / f"b.{kind}", since="2021", options=options)
    address = f"/constellation.{kind}?since=2021&size=betweenness&ego=Toyota&hulls=1&z=2&theme=dark"
    with guard_on(demo_study) as guard, client_of(guard) as client:
        given = client.get(address).content
    assert (tmp_path / f"a.{kind}").read_bytes() == (tmp_path / f"b.{kind}").read_bytes() == given


@pytest.mark.parametrize(
    ("name", "options", "words"),
    [
        ("a.svg", {"size": "nix"}, "There is no measure 'nix'"),
        ("a.svg", {"colours": "type"}, "There is no option 'colours'. Did you mean colour"),
        ("a.gif", {}, "There is no kind of picture 'gif'"),
        ("a", {}, "There is no kind of picture ''"),
        ("a.svg", {"z": float("nan")}, "z = nan"),
    ],
)
def test_what_cannot_be_drawn_is_said_and_nothing_is_written(
    automotive: Frames, tmp_path: Path, name: str, options: dict[str, str | float | bool], words: str
) -> None:
    with pytest.raises(cy.UsageError) as refused:
        cy.draw(automotive, tmp_path / name, options=options)
    assert words in str(refused.value)
    assert not list(tmp_path.iterdir())


def test_a_wrong_option_of_the_command_is_wrong_usage(
    demo_study: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        run(["draw", str(demo_study), "-o", str(tmp_path / "a.svg"), "--distance", "9", "--ego", "Ford"]) == 2
    )
    assert "distance = 9: it is a whole number from 1 to 3." in capsys.readouterr().err
