"""Lines of a style filled in with the fields of a record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from string import Formatter

from schemas import Header, Person, Signatory


def fill(templates: Iterable[str], fields: Mapping[str, str | None]) -> list[str]:
    """The templates with their fields filled in; those that name a missing field are left out."""
    lines = []
    for template in templates:
        named = [name for _, name, _, _ in Formatter().parse(template) if name]
        if all(fields[name] for name in named):
            lines.append(template.format(**fields))
    return lines


def of_header(header: Header) -> dict[str, str | None]:
    """The fields of a header's templates."""
    return {
        "title": header.title,
        "body": header.body,
        "meeting": header.meeting.text if header.meeting else None,
        "session": header.meeting.session if header.meeting else None,
        "date": header.date.text if header.date else None,
        "venue": header.venue,
    }


def of_person(person: Person, label: str) -> dict[str, str | None]:
    """The fields of a person's templates; `given` keeps the title, `family` is the last word of the name."""
    given, _, family = (person.name or "").rpartition(" ")
    return {
        "label": label or None,
        "name": person.name,
        "given": given or family or None,
        "family": family if given else None,
        "position": person.position,
        "represents": person.represents,
        "role": person.role,
        "absence_reason": person.absence_reason,
    }


def of_signatory(signatory: Signatory) -> dict[str, str | None]:
    """The fields of a signature's templates."""
    return {"name": signatory.name, "position": signatory.position, "role": signatory.role}
