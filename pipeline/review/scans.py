"""Where the scans of an archive lie: in a folder that is named, or where the ledger says they were."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from pipeline.batch.ledger import Ledger
from pipeline.export.archive import Scans


def find_source(out: Path, folder: Path | None) -> Scans:
    """Tells the scan of a record: looked up in `folder`, without one in the ledger of `out`."""
    return Scans(folder, _in_ledger(out))


def _in_ledger(out: Path) -> Callable[[str], Path | None]:
    def known(name: str) -> Path | None:
        with Ledger.read_only(out) as ledger:
            rows = ledger.query("SELECT file FROM documents WHERE name = ?", os.fsencode(name)) if ledger else []
        return Path(str(rows[0][0])) if rows else None

    return known


def folder_of_scans(out: Path) -> Path | None:
    """The folder that holds all scans the ledger names; None without a ledger."""
    with Ledger.read_only(out) as ledger:
        rows = ledger.query("SELECT file FROM documents") if ledger else []
    files = [Path(str(file)).absolute() for (file,) in rows]
    here = [file.parent for file in files if file.is_file()]
    return Path(os.path.commonpath(here)) if here else None
