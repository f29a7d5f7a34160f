"""The list of known names that a user hands over (`--names`)."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from pipeline.errors import UsageError
from pipeline.parse.names import title_end
from pipeline.thai.fold import fold, tidy

FORM = "A names list is a CSV with a column `name` (and perhaps `aliases`, separated by |), or a YAML list of the same"


@dataclass(frozen=True, slots=True)
class KnownName:
    """A person's name without its title, as it is spelt, and folded for matching."""

    name: str
    folded: str


@dataclass(frozen=True, slots=True)
class KnownNames:
    """A names list. `source` names it in corrections."""

    source: str
    names: tuple[KnownName, ...]


def load_names(path: Path) -> KnownNames:
    """Read a names list.

    Raises:
        UsageError: the file is missing, unreadable or of another form.
    """
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"names list {path.name}: cannot be read ({error})", FORM) from error
    rows = _yaml_rows(path, text) if path.suffix.lower() in (".yaml", ".yml") else _csv_rows(path, text)
    known: dict[str, KnownName] = {}
    for row in rows:
        for spelling in _spellings(row):
            bare = bare_name(spelling)
            if bare:
                known.setdefault(fold(bare), KnownName(bare, fold(bare)))
    if not known:
        raise UsageError(f"names list {path.name}: has no names", FORM)
    return KnownNames(f"names:{path.name}", tuple(known.values()))


def bare_name(name: str) -> str:
    """A name without its titles: titles are compared apart, or นาย ก would match นาง ก."""
    return tidy(name)[title_end(tidy(name)) :].strip()


def _csv_rows(path: Path, text: str) -> list[dict[str, Any]]:
    rows = list(csv.DictReader(text.splitlines()))
    if not rows or "name" not in rows[0]:
        raise UsageError(f"names list {path.name}: the first line has no column `name`", FORM)
    return [dict(row) for row in rows]


def _yaml_rows(path: Path, text: str) -> list[dict[str, Any]]:
    try:
        loaded = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise UsageError(f"names list {path.name}: is not YAML ({error})", FORM) from error
    people = loaded.get("people") if isinstance(loaded, dict) else loaded
    if not isinstance(people, list):
        raise UsageError(f"names list {path.name}: is not a list", FORM)
    return [person if isinstance(person, dict) else {"name": person} for person in people]


def _spellings(row: dict[str, Any]) -> list[str]:
    aliases = row.get("aliases") or []
    if isinstance(aliases, str):
        aliases = aliases.split("|")
    return [str(spelling) for spelling in [row.get("name") or "", *aliases] if str(spelling).strip()]
