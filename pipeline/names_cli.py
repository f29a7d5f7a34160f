"""`minutes names`: lists of known names, proposed from records and checked."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from pipeline import show
from pipeline.correct import load_names
from pipeline.correct.known import KnownNames
from pipeline.correct.learn import near_spellings, propose
from pipeline.correct.people import same_person
from pipeline.correct.proposal import as_csv, as_yaml
from pipeline.errors import InputError, UsageError
from pipeline.export import write_atomically
from schemas import Record, load_record

app = typer.Typer(help="Lists of known names: propose one from records, check one.", no_args_is_help=True)

NEAR_SHOWN = 20  # pairs of near names that are listed


@app.command()
def learn(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="A folder of records, or one record.")],
    to: Annotated[Path, typer.Option("--out", "-o", metavar="FILE", help="The list: .yaml or .csv; - for stdout.")] = (
        Path("names.yaml")
    ),
    least: Annotated[int, typer.Option("--least", min=1, help="Leave out who was met fewer times.")] = 1,
    force: Annotated[bool, typer.Option("--force", help="Write over a list that is already there.")] = False,
) -> None:
    """Propose a names list from records, for a person to edit. It then loads with --names."""
    if to.suffix.lower() not in (".yaml", ".yml", ".csv") and str(to) != "-":
        raise UsageError(f"{to}: a names list ends in .yaml or .csv", "Type: minutes names learn OUT -o names.yaml")
    if to.exists() and not force:
        raise UsageError(f"{to}: is already there, and may have been edited", "Choose another with -o, or add --force")
    documents = 0

    def counted() -> Iterator[tuple[str, Record]]:
        nonlocal documents
        for named in _records(out):
            documents += 1
            yield named

    people = [person for person in propose(counted()) if person.times >= least]
    if not people:
        raise InputError(f"{out}: no record in it names anybody", "Name the folder that minutes convert wrote")
    text = as_csv(people) if to.suffix.lower() == ".csv" else as_yaml(people, documents)
    if str(to) == "-":
        sys.stdout.write(text)
        return
    write_atomically(to, text)
    several = sum(len(person.spellings) > 1 for person in people)
    show.out.print(f"{to}: {len(people)} people of {documents} records, {several} of them spelt in several ways")
    show.out.print(f"Edit it, then: minutes convert … --names {to}")


@app.command()
def check(
    lists: Annotated[Path, typer.Argument(metavar="LIST", help="A names list, or a folder of them.")],
) -> None:
    """Say what a names list holds, and which of its people cannot be told apart when they are misread."""
    known = load_names(lists)
    counts = (len(known.people), len(known.organisations), len(known.positions))
    show.out.print("{}: {} people, {} organisations, {} positions".format(lists, *counts))
    pairs = list(_near_pairs(known))
    for one, other in pairs[:NEAR_SHOWN]:
        show.out.print(f"nearly the same: {one} | {other}")
    if pairs:
        rest = f" ({len(pairs)} pairs in all)" if len(pairs) > NEAR_SHOWN else ""
        show.out.print(f"If two are one person, make one an alias of the other; else add their bodies or years{rest}")


def _near_pairs(known: KnownNames) -> Iterator[tuple[str, str]]:
    names = sorted({person.spellings[0] for person in known.people})
    from_name = near_spellings(names)
    for name in names:
        yield from ((name, other) for other in from_name[name] if name < other and same_person(name, other))


def _records(folder: Path) -> Iterator[tuple[str, Record]]:
    """Every record below a folder, with its name there; other JSON files are passed over."""
    files = sorted(folder.rglob("*.json")) if folder.is_dir() else [folder]
    for file in files:
        try:
            record = load_record(file.read_bytes())
        except OSError as error:
            raise InputError(
                f"{file}: cannot be read ({error.strerror or error})", "Name a folder of records"
            ) from error
        except ValidationError:
            continue
        name = file.relative_to(folder) if folder.is_dir() else Path(file.name)
        yield name.with_suffix("").as_posix(), record
