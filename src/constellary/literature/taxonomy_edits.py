"""Changes of a taxonomy by one code or one group; each gives a new taxonomy and leaves the old as it is."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

from constellary.errors import InputError, UnknownName

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from constellary.literature.taxonomy import Code, Group, Taxonomy

LONGEST_NAME = 48


def name_for(label: str, taken: Iterable[str]) -> str:
    """Return a short stable name for a label, other than those that are taken.

    Examples
    --------
    >>> name_for("Supply chain & risk", []), name_for("Élan", ["elan"]), name_for("能", [])
    ('supply-chain-risk', 'elan-2', 'code')
    """
    folded = unicodedata.normalize("NFKD", label.lower()).encode("ascii", "ignore").decode()
    stem = "-".join(re.findall(r"[a-z0-9]+", folded))[:LONGEST_NAME].strip("-") or "code"
    used, name, count = set(taken), stem, 1
    while name in used:
        count += 1
        name = f"{stem}-{count}"
    return name


def put_code(taxonomy: Taxonomy, code: Code, places: Mapping[str, str]) -> Taxonomy:
    """Return a taxonomy with a code: new, at the end, or in the place of the one of its name.

    Parameters
    ----------
    places
        Dimension -> the group of it that the code stands in, empty for none; a dimension that is not there
        is left as it is.

    Raises
    ------
    UnknownName
        If there is no such group of a dimension.
    """
    present = any(one.name == code.name for one in taxonomy.codes)
    codes = tuple(code if one.name == code.name else one for one in taxonomy.codes)
    groups = taxonomy.groups
    for dimension, wanted in places.items():
        names = [group.name for group in groups if group.dimension == dimension]
        if wanted and wanted not in names:
            raise UnknownName(f"group of the dimension '{dimension}'", wanted, names)
        groups = tuple(
            _placed(group, code.name, wanted) if group.dimension == dimension else group for group in groups
        )
    return replace(taxonomy, codes=codes if present else (*codes, code), groups=groups)


def drop_code(taxonomy: Taxonomy, name: str, *, borne: int = 0) -> Taxonomy:
    """Return a taxonomy without a code.

    Raises
    ------
    InputError
        If passages bear it (`borne` tells how many).
    UnknownName
        If there is none.
    """
    _known(name, "code", [code.name for code in taxonomy.codes])
    if borne:
        raise InputError(
            f"{borne:,} passage{'s bear' if borne != 1 else ' bears'} the code '{name}'. Give them another code, or "
            "remove them, first."
        )
    groups = tuple(_placed(group, name, "") for group in taxonomy.groups)
    return replace(taxonomy, codes=tuple(code for code in taxonomy.codes if code.name != name), groups=groups)


def put_group(taxonomy: Taxonomy, group: Group) -> Taxonomy:
    """Return a taxonomy with a group: new, at the end, or in the place of the one of its name, codes kept.

    Raises
    ------
    UnknownName
        If there is no such dimension.
    InputError
        If it would go to a dimension where one of its codes stands already.
    """
    _known(group.dimension, "dimension", [name for name, _ in taxonomy.labels])
    former = next((one for one in taxonomy.groups if one.name == group.name), None)
    if former is None:
        return replace(taxonomy, groups=(*taxonomy.groups, group))
    kept = replace(group, codes=former.codes)
    for other in taxonomy.groups:
        both = set(other.codes) & set(kept.codes)
        if other.name != kept.name and other.dimension == kept.dimension and both:
            raise InputError(f"'{min(both)}' stands in the group '{other.name}' of that dimension already.")
    return replace(taxonomy, groups=tuple(kept if one.name == kept.name else one for one in taxonomy.groups))


def drop_group(taxonomy: Taxonomy, name: str) -> Taxonomy:
    """Return a taxonomy without a group; its codes stay, in no group of its dimension.

    Raises
    ------
    UnknownName
        If there is none.
    """
    _known(name, "group", [group.name for group in taxonomy.groups])
    return replace(taxonomy, groups=tuple(group for group in taxonomy.groups if group.name != name))


def _placed(group: Group, code: str, wanted: str) -> Group:
    """Return a group with the code if it is the wanted one, without it otherwise; the order of others stays."""
    if group.name == wanted:
        return group if code in group.codes else replace(group, codes=(*group.codes, code))
    return replace(group, codes=tuple(one for one in group.codes if one != code))


def _known(name: str, what: str, names: list[str]) -> None:
    if name not in names:
        raise UnknownName(what, name, names)
