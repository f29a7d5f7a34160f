"""The folder `names/` beside what is converted: lists that need no flag."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline.correct.lists import list_files
from pipeline.errors import UsageError
from pipeline.settings import Settings

FOLDER = "names"


def with_names_beside(settings: Settings, inputs: Sequence[Path]) -> Settings:
    """The settings with the `names/` folder in or beside the inputs as their names list, when they have none.

    Raises:
        UsageError: there are two such folders.
    """
    if settings.names or not settings.correct:
        return settings
    found = {folder.resolve(): folder for given in inputs for folder in _folders(given)}
    if len(found) > 1:
        one, other, *_ = found.values()
        raise UsageError(f"two folders of names lists: {one} and {other}", f"Say which one counts: --names {one}")
    return settings.model_copy(update={"names": next(iter(found.values()))}) if found else settings


def _folders(given: Path) -> list[Path]:
    """`names/` inside a folder of documents, else beside it."""
    places = [given / FOLDER, given.parent / FOLDER] if given.is_dir() else [given.parent / FOLDER]
    return [folder for folder in places if folder.is_dir() and list_files(folder)][:1]
