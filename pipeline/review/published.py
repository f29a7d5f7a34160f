"""The record that is given away: the reading with the decisions applied."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.errors import InputError, OutputError, UsageError
from pipeline.export import write_atomically
from pipeline.review.document import Archive, Document
from pipeline.review.doubts import doubts_of
from pipeline.review.edited import now_at
from schemas import Record, dump_record
from schemas.pointer import leaves


def published(document: Document) -> Record:
    """The record as people decided. Doubts that somebody settled are left out; evidence stays what was read.

    `status` is `ok` once no doubt is left; `partial` stays while a page is missing.
    """
    machine, edited = document.machine, document.edited
    places = edited.places()
    filled = {pointer for pointer, value in leaves(edited.data) if value is not None}
    # A figure has no text: its place is that of the whole block.
    filled |= {pointer.removesuffix("/kind") for pointer, value in leaves(edited.data) if value == "figure"}
    data = dict(machine) | edited.data
    evidence = {now_at(places, origin): value for origin, value in machine["evidence"].items()}
    data["evidence"] = {pointer: value for pointer, value in evidence.items() if pointer in filled}
    set_by_hand = {at for at, decision in document.settled.decisions.items() if decision.action == "set"}
    data["corrections"] = [
        one | {"path": now_at(places, one["path"])}
        for one in machine["corrections"]
        if one["path"] not in set_by_hand and now_at(places, one["path"]) is not None
    ]
    open_doubts = [
        doubt for doubt in doubts_of(machine, document.settled, edited) if not doubt.settled and doubt.issues
    ]
    left = [issue for doubt in open_doubts for issue in doubt.issues]
    data["issues"] = [
        issue | {"path": issue["path"] and now_at(places, issue["path"])}
        for issue in machine["issues"]
        if issue in left
    ]
    if data["status"] == "review" and not any(issue["severity"] != "info" for issue in data["issues"]):
        data["status"] = "ok"
    return Record.model_validate(data)


@dataclass(slots=True)
class Published:
    """What was written and what was not: names of documents."""

    written: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    flagged: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)


def publish(archive: Archive, to: Path, require_reviewed: bool) -> Published:
    """Write every document's published record and its text below `to`.

    Args:
        require_reviewed: leave out what nobody has marked as reviewed, or what was read anew since.

    Raises:
        UsageError: `to` is the archive itself.
        OutputError: `to` cannot be written.
    """
    if to.resolve().is_relative_to(archive.out) or archive.out.is_relative_to(to.resolve()):
        raise UsageError(
            f"{to}: is the archive itself, or in it", "Name a folder of its own: minutes publish out public"
        )
    done = Published()
    for name in archive.names():
        try:
            document = archive.load(name)
        except InputError:
            done.broken.append(name)
            continue
        if document.state == "changed":
            done.flagged.append(name)
        if require_reviewed and document.state != "reviewed":
            done.left_out.append(name)
            continue
        text = archive.path(name, ".txt")
        try:
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            if text.is_file():
                shutil.copyfile(text, to / f"{name}.txt")
        except OSError as error:
            raise OutputError(
                f"{to}: cannot be written ({error.strerror or error})", "Choose another folder"
            ) from error
        write_atomically(to / f"{name}.json", dump_record(published(document)))
        done.written.append(name)
    return done
