"""Write a codebook as TOML text: what `codebook_file` reads back as an equal codebook."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from constellary.study.codebook import Codebook, Design, Group, Grouping, Variable


def write_codebook(codebook: Codebook) -> str:
    """Return the codebook as TOML; `parse_codebook` of it gives an equal codebook.

    Examples
    --------
    >>> from constellary.study.codebook import Codebook, Variable
    >>> print(write_codebook(Codebook("airlines", "Airline alliances", ())))
    name = "airlines"
    title = "Airline alliances"
    <BLANKLINE>
    [partners]
    least = 2
    <BLANKLINE>
    """
    head = {"name": codebook.name, "title": codebook.title, "limits": list(codebook.limits) or None}
    lines = [*_fields(head), ""]
    period = _fields({"from": codebook.period[0], "until": codebook.period[1]})
    if period:
        lines += ["[period]", *period, ""]
    lines += ["[partners]", *_fields({"least": codebook.partners[0], "most": codebook.partners[1]}), ""]
    for variable in codebook.variables:
        lines += ["[[variable]]", *_variable(variable), ""]
    for grouping in codebook.groupings:
        lines += ["[[grouping]]", *_grouping(grouping), ""]
    design = _design(codebook.design)
    if design:
        lines += ["[design]", *design, ""]
    return "\n".join(lines)


def _variable(variable: Variable) -> list[str]:
    lines = _fields(
        {
            "name": variable.name,
            "level": variable.level,
            "kind": variable.kind,
            "label": variable.label,
            "question": variable.question or None,
        }
    )
    entries: list[dict[str, object]] = [
        {"value": category.value, "label": category.label, "rule": category.rule or None}
        for category in variable.categories
    ]
    return lines + _tables("category", entries)


def _grouping(grouping: Grouping) -> list[str]:
    lines = _fields(
        {
            "name": grouping.name,
            "level": grouping.level,
            "label": grouping.label,
            "of": grouping.of,
            "method": grouping.method,
            "question": grouping.question or None,
            "classes": grouping.classes or None,
        }
    )
    return lines + _tables("group", [_group(group) for group in grouping.groups])


def _group(group: Group) -> dict[str, object]:
    return {
        "value": group.value,
        "label": group.label,
        "rule": group.rule or None,
        "members": group.members or None,
        "exactly": sorted(group.exactly) or None,
        "without": sorted(group.without) or None,
        "least": group.least,
        "most": group.most,
    }


def _design(design: Design) -> list[str]:
    compared, rivals = design.comparison, design.rivals
    return _fields(
        {
            "firm_type": design.firm_type,
            "firm_generation": design.firm_generation,
            "form": design.form,
            "motivation": design.motivation,
            "focus": design.focus,
            "place": design.place,
            "industries": design.industries,
            "crosstabs": [list(pair) for pair in design.crosstabs] or None,
            "comparison": compared
            and {"variable": compared.variable, "first": compared.first, "second": compared.second},
            "rivals": rivals and {"variable": rivals.variable, "values": rivals.values},
        }
    )


def _tables(key: str, entries: list[dict[str, object]]) -> list[str]:
    return [f"{key} = [", *(f"  {_value(entry)}," for entry in entries), "]"] if entries else []


def _fields(content: Mapping[str, object]) -> list[str]:
    return [f"{key} = {_value(value)}" for key, value in content.items() if value is not None]


def _value(value: object) -> str:
    if isinstance(value, str):
        # A JSON string is a TOML basic string, but for DEL, which TOML wants escaped.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, Mapping):
        fields = ", ".join(f"{_key(key)} = {_value(item)}" for key, item in value.items() if item is not None)
        return "{ " + fields + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_value(item) for item in value) + "]"
    return str(value)


def _key(key: object) -> str:
    text = str(key)
    return text if text.isascii() and text.replace("_", "a").isalnum() else _value(text)
