"""Names lists as files: CSV and YAML, one file or a folder of them. docs/names.md describes the form."""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from pipeline.correct.known import KnownNames, KnownPerson, KnownPhrase
from pipeline.correct.titles import bare_name
from pipeline.errors import UsageError
from pipeline.thai.dates import BE_OFFSET, find_dates
from pipeline.thai.fold import tidy
from pipeline.thai.numbers import buddhist_year, parse_int

SUFFIXES = (".csv", ".yaml", ".yml")
FORM = (
    "A names list is a CSV with a column `name` (and perhaps aliases, positions, bodies, from, to, kind; "
    "several values parted by |), or a YAML list of the same"
)
KINDS = ("person", "organisation", "position")
_GROUPS = {"people": "person", "organisations": "organisation", "positions": "position"}
_MANY = ("aliases", "positions", "bodies")
_ONE = ("name", "from", "to", "kind")
# What `minutes names learn` writes for the person who edits the list.
REMARKS = ("times", "documents", "first_seen", "last_seen", "seen", "remark")


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry of a list: its file and line, and its fields, each with its line."""

    path: Path
    line: int
    fields: dict[str, list[tuple[str, int]]]

    def many(self, key: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(tidy(text) for text, _ in self.fields.get(key, []) if text.strip()))

    def one(self, key: str) -> tuple[str, int]:
        return next(((tidy(text), line) for text, line in self.fields.get(key, []) if text.strip()), ("", self.line))


def load_names(path: Path) -> KnownNames:
    """Read a names list, or every list of a folder.

    Raises:
        UsageError: a file is missing, unreadable or of another form; the message names file and line.
    """
    files = list_files(path) if path.is_dir() else [path]
    if not files:
        raise UsageError(f"names folder {path}: has no .csv or .yaml file", FORM)
    people: list[KnownPerson] = []
    phrases: dict[str, list[KnownPhrase]] = {"organisation": [], "position": []}
    for file in files:
        for entry in _entries(file):
            kind = entry.one("kind")[0] or "person"
            if kind == "person":
                people.append(_person(entry))
            elif kind in phrases:
                spellings = (_name(entry), *entry.many("aliases"))
                phrases[kind].append(KnownPhrase(spellings, f"{kind}s:{file.name}"))
            else:
                raise _wrong(file, entry.one("kind")[1], f"kind '{kind}' is unknown", f"Write {', '.join(KINDS)}")
    known = KnownNames(tuple(people), tuple(phrases["organisation"]), tuple(phrases["position"]))
    if not (known.people or known.organisations or known.positions):
        raise UsageError(f"names list {path.name}: has no names", FORM)
    return known


def list_files(folder: Path) -> list[Path]:
    """The lists of a folder, by name; hidden files and folders below are left out."""
    return sorted(
        path
        for path in folder.iterdir()
        if path.suffix.lower() in SUFFIXES and path.is_file() and not path.name.startswith(".")
    )


def _wrong(path: Path, line: int, what: str, hint: str) -> UsageError:
    return UsageError(f"names list {path.name}, line {line}: {what}", hint)


def _name(entry: _Entry) -> str:
    name, line = entry.one("name")
    if not name:
        raise _wrong(entry.path, line, "an entry has no name", "Write a name under `name`, or delete the entry")
    return name


def _person(entry: _Entry) -> KnownPerson:
    spellings = tuple(dict.fromkeys(bare_name(name) for name in (_name(entry), *entry.many("aliases"))))
    if not all(spellings):
        line = entry.one("name")[1]
        raise _wrong(entry.path, line, f"'{entry.one('name')[0]}' is a title without a name", "Write the whole name")
    since, until = _day(entry, "from"), _day(entry, "to")
    if since and until and until < since:
        line = entry.one("to")[1]
        raise _wrong(entry.path, line, f"`to` ({until}) is before `from` ({since})", "Exchange the two dates")
    return KnownPerson(
        spellings, entry.many("positions"), entry.many("bodies"), since, until, f"names:{entry.path.name}"
    )


def _day(entry: _Entry, key: str) -> datetime.date | None:
    """A day as 2019-10-01, as Thai papers print it, or a year alone."""
    text, line = entry.one(key)
    if not text:
        return None
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        try:
            day = datetime.date.fromisoformat(text)
            return day.replace(year=day.year - BE_OFFSET) if day.year >= 2400 else day
        except ValueError:
            pass
    year = parse_int(text)
    common = (buddhist_year(year) or 0) - BE_OFFSET if year and year > 999 else 0
    if common > 0:
        return datetime.date(common, 1, 1) if key == "from" else datetime.date(common, 12, 31)
    found = [date.date for date in find_dates(text) if date.date]
    if len(found) != 1:
        raise _wrong(entry.path, line, f"`{key}` '{text}' is no date", "Write 2019-10-01, 1 ต.ค. 2562 or a year")
    return found[0]


def _entries(path: Path) -> Iterator[_Entry]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise UsageError(f"names list {path.name}: cannot be read ({error.strerror or error})", FORM) from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise UsageError(
            f"names list {path.name}, line {line}: cannot be read, it is not UTF-8", f"Save it as UTF-8. {FORM}"
        ) from error
    if path.suffix.lower() == ".csv":
        yield from _csv_entries(path, text)
    else:
        yield from _yaml_entries(path, text)


def _csv_entries(path: Path, text: str) -> Iterator[_Entry]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        columns = [column.strip().lower() for column in next(reader, [])]
        if "name" not in columns:
            raise UsageError(f"names list {path.name}, line 1: the first line has no column `name`", FORM)
        start = reader.line_num + 1
        for row in reader:
            line, start = start, reader.line_num + 1
            if not any(value.strip() for value in row):
                continue
            if len(row) > len(columns):
                what = f"has {len(row)} values for {len(columns)} columns"
                raise _wrong(path, line, what, 'Put a value that holds a comma into quotes: "…"')
            fields = {
                column: [(part, line) for part in (value.split("|") if column in _MANY else [value])]
                for column, value in zip(columns, row, strict=False)
            }
            yield _Entry(path, line, fields)
    except csv.Error as error:
        raise _wrong(path, reader.line_num, f"is not CSV ({error})", FORM) from error


def _yaml_entries(path: Path, text: str) -> Iterator[_Entry]:
    try:
        root = yaml.compose(text, yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None) or str(error)
        raise UsageError(f"names list {path.name}{where}: is not YAML ({problem})", FORM) from error
    if isinstance(root, yaml.MappingNode):
        for key, node in root.value:
            if key.value not in _GROUPS:
                raise _wrong(
                    path, key.start_mark.line + 1, f"'{key.value}' is unknown", f"Write one of {', '.join(_GROUPS)}"
                )
            yield from _yaml_group(path, node, _GROUPS[key.value])
    elif root is not None:
        yield from _yaml_group(path, root, "person")


def _yaml_group(path: Path, node: yaml.Node, kind: str) -> Iterator[_Entry]:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode) and not node.value:
        return
    if not isinstance(node, yaml.SequenceNode):
        raise _wrong(path, line, "is not a list", FORM)
    for item in node.value:
        line = item.start_mark.line + 1
        if isinstance(item, yaml.ScalarNode):
            yield _Entry(path, line, {"name": [(item.value, line)], "kind": [(kind, line)]})
            continue
        if not isinstance(item, yaml.MappingNode):
            raise _wrong(path, line, "an entry is a list", "Write `- name: …`, or the name alone")
        fields = {"kind": [(kind, line)]}
        for key, value in item.value:
            at = key.start_mark.line + 1
            if key.value in REMARKS:
                continue
            if key.value not in (*_MANY, *_ONE):
                raise _wrong(path, at, f"'{key.value}' is unknown", f"Write one of {', '.join((*_ONE, *_MANY))}")
            fields[key.value] = list(_yaml_values(path, key.value, value))
        yield _Entry(path, line, fields)


def _yaml_values(path: Path, key: str, node: yaml.Node) -> Iterator[tuple[str, int]]:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode):
        value = "" if node.tag == "tag:yaml.org,2002:null" else str(node.value)
        yield from ((part, line) for part in (value.split("|") if key in _MANY else [value]))
    elif isinstance(node, yaml.SequenceNode) and key in _MANY:
        for item in node.value:
            if not isinstance(item, yaml.ScalarNode):
                raise _wrong(
                    path, item.start_mark.line + 1, f"`{key}` holds no plain texts", f"Write `{key}: [one, two]`"
                )
            yield str(item.value), item.start_mark.line + 1
    else:
        raise _wrong(path, line, f"`{key}` is no plain text", f"Write `{key}: …` on one line")
