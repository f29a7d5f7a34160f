"""Folders of documents for the fake reader, what a run wrote into one, and waiting for what will come."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

PATIENCE_S = 120.0


def until(true: Callable[[], bool]) -> None:
    """Wait for what will come, however slow the machine is."""
    ends = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < ends, "waited in vain"
        time.sleep(0.005)


def written(folder: Path, text: str) -> None:
    """Write documents into `folder/in`: lines of `NAME WORDS`."""
    for line in text.strip().splitlines():
        name, *words = line.split()
        path = folder / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{name} {' '.join(words)}", "utf-8")


def contents(out: Path) -> dict[str, bytes]:
    """Every record and text; what belongs to the ledger is left out."""
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and not path.relative_to(out).parts[0].startswith(".") and path.name != "failures.jsonl"
    }
