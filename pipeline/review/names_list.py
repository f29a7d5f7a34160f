"""Names that a person confirmed, written into the names list that the next conversion uses."""

from __future__ import annotations

import csv
import io
import threading
from dataclasses import dataclass
from pathlib import Path

import yaml

from pipeline.correct import KnownNames, load_names
from pipeline.correct.beside import FOLDER, with_names_beside
from pipeline.correct.known import without_spaces
from pipeline.correct.lists import list_files
from pipeline.correct.titles import bare_name
from pipeline.errors import UsageError
from pipeline.export import write_atomically
from pipeline.settings import Settings

CONFIRMED = "confirmed.csv"

_one_at_a_time = threading.Lock()


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What became of a name: the file it is in, and whether it was there before."""

    file: Path
    known: bool


def place_of_list(settings: Settings, scans: Path | None) -> Path | None:
    """The names list of the settings, else `names/` in or beside the folder of the scans; None without either."""
    if settings.names:
        return settings.names
    if scans is None:
        return None
    return with_names_beside(settings.model_copy(update={"correct": True}), [scans]).names or scans / FOLDER


def known_names(place: Path | None) -> KnownNames:
    """What the list holds by now; nothing where there is none yet.

    Raises:
        UsageError: the list is damaged.
    """
    if place is None or not place.exists() or (place.is_dir() and not list_files(place)):
        return KnownNames()
    return load_names(place)


def confirm(place: Path, name: str) -> Confirmed:
    """Add a name, with its titles as printed, to the list at `place`: a file, or a folder of lists.

    Raises:
        UsageError: the list is damaged, or it is a YAML file of a form that cannot be added to.
        OutputError: it cannot be written.
    """
    folder = place.is_dir() or not place.suffix
    file = place / CONFIRMED if folder else place
    with _one_at_a_time:
        wanted = without_spaces(bare_name(name))
        if any(without_spaces(spelling) == wanted for spelling, _ in known_names(place).spellings):
            return Confirmed(file, known=True)
        text = file.read_text("utf-8-sig") if file.exists() else ""
        write_atomically(file, _with_row(text, name) if file.suffix.lower() == ".csv" else _with_item(file, text, name))
    return Confirmed(file, known=False)


def _with_row(text: str, name: str) -> str:
    """A CSV with one row more, in its own columns."""
    columns = [column.strip().lower() for column in next(csv.reader(io.StringIO(text)), [])] or ["name"]
    rows = io.StringIO()
    writer = csv.writer(rows, lineterminator="\n")
    if not text:
        writer.writerow(columns)
    writer.writerow([name if column == "name" else "" for column in columns])
    return text + ("\n" if text and not text.endswith("\n") else "") + rows.getvalue()


def _with_item(file: Path, text: str, name: str) -> str:
    """A YAML list with one item more behind its last person; comments and order stay."""
    root = yaml.compose(text, yaml.SafeLoader)
    people = root
    if isinstance(root, yaml.MappingNode):
        people = next((node for key, node in root.value if key.value == "people"), None)
    if root is None:
        return f"{text}- {_quoted(name)}\n"
    if not isinstance(people, yaml.SequenceNode) or people.flow_style or not people.value:
        raise UsageError(f"names list {file.name}: has no list of people to add to", "Begin one: people: and - name")
    last = people.value[-1].end_mark
    lines = text.splitlines(keepends=True)
    # The end of a mapping is where the next thing begins: step back over what stands between.
    line = last.line if last.column else last.line - 1
    while line > 0 and (
        not lines[min(line, len(lines) - 1)].strip() or lines[min(line, len(lines) - 1)].lstrip()[0] == "#"
    ):
        line -= 1
    line = min(line, len(lines) - 1)
    if not lines[line].endswith("\n"):
        lines[line] += "\n"
    lines.insert(line + 1, " " * people.start_mark.column + f"- {_quoted(name)}\n")
    return "".join(lines)


def _quoted(name: str) -> str:
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
