"""A proposed names list as a file that a person edits and `--names` loads."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

import yaml

from pipeline.correct.learn import Proposed

_HEAD = """\
# People met in {documents}: proposed by `minutes names learn`, to be edited by a person.
# Right: leave it. Wrong: mend `name`. Another right spelling: move it from `seen` to `aliases`.
# Two people in one entry: make two of it. `from` and `to` limit an entry to meetings between two days.
# What stands under times, documents, first_seen, last_seen and seen is for you, the program does not read it.
"""


def as_yaml(people: Sequence[Proposed], documents: int) -> str:
    """The list as YAML."""
    entries = [{key: value for key, value in _entry(person).items() if value} for person in people]
    body = yaml.safe_dump({"people": entries}, allow_unicode=True, sort_keys=False, width=10_000)
    return _HEAD.format(documents=_documents(documents)) + body


def as_csv(people: Sequence[Proposed]) -> str:
    """The list as CSV; several values of a cell are parted by |."""
    columns = ("name", "aliases", "positions", "bodies", "from", "to")
    remarks = ("times", "documents", "first_seen", "last_seen", "seen")
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow((*columns, *remarks))
    for person in people:
        entry = _entry(person)
        entry["seen"] = [f"{one['spelling']} ({one['times']}: {one['in']})" for one in entry["seen"]]
        writer.writerow([_cell(entry.get(column, "")) for column in (*columns, *remarks)])
    return text.getvalue()


def _cell(value: Any) -> str:
    return " | ".join(value) if isinstance(value, list) else str(value)


def _entry(person: Proposed) -> dict[str, Any]:
    first, last = person.days or ("", "")
    return {
        "name": person.name,
        "positions": person.commonest("positions"),
        "bodies": person.commonest("bodies"),
        "times": person.times,
        "documents": person.documents,
        "first_seen": first,
        "last_seen": last,
        "seen": [
            {"spelling": spelling.name, "times": spelling.times, "in": spelling.where()}
            for spelling in person.spellings
        ],
    }


def _documents(count: int) -> str:
    return "1 document" if count == 1 else f"{count:,} documents"
