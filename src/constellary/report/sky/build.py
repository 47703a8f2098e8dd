"""The scene of a view: who is shown, where, how large, in what look, under what words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from constellary.constellation.stability import competition_ranks
from constellary.report.cells import number
from constellary.report.prose import plural
from constellary.report.scene import round_down
from constellary.report.sky.levels import levels
from constellary.report.sky.looks import Look, colours, shapes
from constellary.report.sky.measures import FEW, QUICK, Measures
from constellary.report.sky.model import Community, Legend, SkyScene
from constellary.report.sky.ties import drawn_ties, hulls, shown_alliances
from constellary.report.sky.view import COMMUNITY, MEASURES, View
from constellary.report.sky.who import shown

if TYPE_CHECKING:
    from constellary.constellation.arrays import Integers, Reals
    from constellary.report.frame import Frame
    from constellary.report.sky.places import Places
    from constellary.study.frames import Frames

NAMED = 5
LISTED = 30
PAIR = 2


def slow_parts(view: View, firms: int) -> bool:
    """Return whether the scene of a view needs a measure that takes its time."""
    return view.size not in QUICK or (view.colour == COMMUNITY and firms > FEW)


def sky_scene(
    frames: Frames,
    whole: Frames,
    view: View,
    places: Places,
    measures: Measures | None = None,
    *,
    selection: str | None = None,
) -> SkyScene:
    """Return the scene of a view of a selection.

    Parameters
    ----------
    frames, whole
        The selection, and the study that it is of.
    view
        What is shown of it. Measures, distances and components are those of the selection.
    places
        Of the whole study's firms.
    measures
        Of the selection, if they are there already.
    selection
        The selection in words; None: as it says itself.
    """
    measures = measures or Measures(frames)
    projection = measures.projection
    chosen = shown(projection, view)
    names = [projection.firms[index] for index in chosen.tolist()]
    centres = np.array([places.at[name] for name in names], dtype=np.float64).reshape(-1, 2)
    value = measures.get(view.size)
    most = _most(view, value, places)
    radii = places.frame.radii(np.nan_to_num(value[chosen]), most).round(2)
    community = _communities(measures, view)
    named = None if community is None else dict(zip(projection.firms, community.tolist(), strict=True))
    listed = _community_list(measures, community)
    leading = {one.number: one.top for one in listed}
    colour = colours(whole, names, view.colour, named, leading)
    shape = shapes(whole, names, view.shape)
    hues = np.array([colour.index[name] for name in names], dtype=np.int64)
    firms = _firm_table(
        measures,
        chosen,
        centres=centres,
        radii=radii,
        looks=(colour, shape),
        value=value,
        community=community,
    )
    alliances = shown_alliances(projection, chosen, frames.alliances)
    return SkyScene(
        frame=places.frame,
        view=view,
        most=most,
        firms=firms,
        ties=drawn_ties(projection, chosen, centres, hues, places.frame),
        alliances=alliances,
        hulls=hulls(alliances, centres, hues) if view.hulls else (),
        labels=levels(
            names,
            centres,
            radii,
            np.nan_to_num(value[chosen], nan=-1.0),
            places.frame,
            shape=firms["shape"].to_numpy(),
        ),
        legend=Legend(
            colour.legend,
            shape.legend,
            size_steps(view.size, most, places.frame),
            (colour.title, shape.title, MEASURES[view.size]),
        ),
        communities=listed,
        years=places.years,
        words=words(view, firms, alliances, frames.selection if selection is None else selection),
    )


def _most(view: View, value: Reals, places: Places) -> float:
    """Return what has the largest radius: for alliances that of the whole study, so that filters compare."""
    if view.size == "alliances":
        return float(places.most)
    most = float(np.nan_to_num(value).max(initial=0.0))
    return most if most > 0 else 1.0


def _communities(measures: Measures, view: View) -> Integers | None:
    if view.colour == COMMUNITY or measures.projection.size <= FEW:
        return measures.communities
    return None


def _firm_table(
    measures: Measures,
    chosen: Integers,
    *,
    centres: Reals,
    radii: Reals,
    looks: tuple[Look, Look],
    value: Reals,
    community: Integers | None,
) -> pl.DataFrame:
    names = [measures.projection.firms[index] for index in chosen.tolist()]
    colour, shape = looks
    alliances = measures.get("alliances")[chosen].astype(np.int64)
    degree = measures.get("degree")[chosen].astype(np.int64)
    kinds = [
        ", ".join(dict.fromkeys(look.label[name] for look in looks if name in look.label)) for name in names
    ]
    says = [
        f"{plural(signed, 'alliance')}, {plural(partners, 'partner')}" + (f"; {kind}" if kind else "")
        for signed, partners, kind in zip(alliances.tolist(), degree.tolist(), kinds, strict=True)
    ]
    ranks = np.where(np.isnan(value), 0, competition_ranks(np.nan_to_num(value, nan=-np.inf)))[chosen]
    return pl.DataFrame(
        {
            "firm": pl.Series(names, dtype=pl.String),
            "x": centres[:, 0],
            "y": centres[:, 1],
            "radius": radii,
            "colour": pl.Series([colour.index[name] for name in names], dtype=pl.Int64),
            "shape": pl.Series([shape.index[name] for name in names], dtype=pl.Int64),
            "alliances": alliances,
            "degree": degree,
            "value": pl.Series(value[chosen]).fill_nan(None),
            "rank": ranks,
            "community": pl.Series(
                [None] * len(names) if community is None else community[chosen], dtype=pl.Int64
            ),
            "text": pl.Series(says, dtype=pl.String),
        }
    ).with_columns(pl.when(pl.col("value").is_not_null()).then("rank").alias("rank"))


def size_steps(measure: str, most: float, frame: Frame) -> tuple[tuple[str, float], ...]:
    """Return two or three values of a measure with their radii, for the legend."""
    if measure in QUICK or measure == "core":
        steps = sorted({1.0, float(round_down(most / 4)), float(int(most))})
        said = [f"{step:,.0f}" for step in steps]
    else:
        steps = [most / 4, most]
        said = [number(step, 3) for step in steps]
    radii = frame.radii(np.array(steps), most).round(2).tolist()
    return tuple(zip(said, radii, strict=True))


def _community_list(measures: Measures, community: Integers | None) -> tuple[Community, ...]:
    """Return the communities of more than two firms, the largest first."""
    if community is None or not community.size:
        return ()
    alliances = measures.get("alliances")
    order = np.lexsort((np.arange(alliances.size), -alliances, community))
    sizes = np.bincount(community)[1:].tolist()
    starts = np.cumsum([0, *sizes[:-1]])
    firms = measures.projection.firms
    return tuple(
        Community(place + 1, size, tuple(firms[index] for index in order[start : start + NAMED].tolist()))
        for place, (size, start) in enumerate(zip(sizes[:LISTED], starts[:LISTED].tolist(), strict=True))
        if size > PAIR
    )


def words(view: View, firms: pl.DataFrame, alliances: pl.DataFrame, selection: str) -> str:
    """Return what is shown, in a line: whom, how many, when, under which conditions."""
    within = alliances.filter(pl.col("partners").list.len() > 1)
    years = sorted(within["year"].drop_nulls().unique().to_list())
    text = f"{plural(within.height, 'alliance')} of {plural(firms.height, 'firm')}"
    if years:
        first, last = years[0], years[-1]
        text += f", announced in {first}" if first == last else f", announced {first} to {last}"
    parts = [text]
    if view.ego:
        steps = "its partners" if view.distance == 1 else f"up to {view.distance} steps away"
        parts.append(f"{view.ego} and {steps}" if firms.height else f"{view.ego} signs nothing here")
    parts += ["the largest component"] if view.part == "main" else []
    parts += [f"firms with at least {view.least:,} alliances"] if view.least > 1 else []
    parts += [selection] if selection else []
    return "; ".join(parts)
