"""Is everything installed that a conversion needs? Looks only; printing is the command line's."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import MinutesError
from pipeline.ocr.recogniser import Recogniser
from pipeline.programs import poppler, tesseract
from pipeline.settings import Settings

LEAST_MEMORY_MB = 1000
"""Tesseract was measured to take 65 MB for A4 at 300 dpi and 280 MB for A3 at 600; this program takes some
200 MB and a few times the page beside it."""

LEAST_TEMPORARY_MB = 500
"""Pages are written uncompressed while they are read, 9 MB each at 300 dpi and 70 MB at most by default."""

_MEMINFO = Path("/proc/meminfo")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        name: what was looked at.
        ok: whether it is as it should be.
        detail: what was found.
        meaning: what it is used for.
        remedy: what to type when it is not ok.
        needed: false when conversions work without it: a warning, no error.
    """

    name: str
    ok: bool
    detail: str
    meaning: str
    remedy: str
    needed: bool = True


def diagnose(settings: Settings) -> list[Finding]:
    """Look at the programs, their data, memory and disk; raises nothing."""
    findings = [_poppler(), _tesseract()]
    findings += [_language(name) for name in (*settings.language.split("+"), "osd")]
    return [*findings, _recogniser(), _thai_font(), _memory(), _temporary_folder()]


def _poppler() -> Finding:
    ok, detail = _attempt(poppler.version)
    return Finding("poppler", ok, detail, "opens PDF files", "apt-get install poppler-utils")


def _tesseract() -> Finding:
    ok, detail = _attempt(tesseract.version)
    return Finding("tesseract", ok, detail, "tells how a page lies; the second engine", "apt-get install tesseract-ocr")


def _language(name: str) -> Finding:
    def find() -> str:
        if name not in tesseract.languages():
            raise MinutesError(f"not installed (installed: {', '.join(tesseract.languages()) or 'none'})")
        return "installed"

    ok, detail = _attempt(find)
    meaning = "tells how a page lies" if name == "osd" else "what the second engine knows of the language"
    package = name.lower().replace("_", "-").replace("/", "-")
    return Finding(f"language data {name}", ok, detail, meaning, f"apt-get install tesseract-ocr-{package}")


def _recogniser() -> Finding:
    ok, detail = _attempt(lambda: f"model {Recogniser().name}")
    return Finding("recogniser", ok, detail, "our own reader of lines", "Install the program again")


def _thai_font() -> Finding:
    meaning = "draws sample pages; conversions need none"
    remedy = "apt-get install fonts-thai-tlwg fontconfig"
    try:
        command = ["fc-list", ":lang=th", "family"]
        done = subprocess.run(command, capture_output=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return Finding("Thai font", False, "fc-list is not installed", meaning, remedy, needed=False)
    families = sorted(set(done.stdout.decode("utf-8", "replace").splitlines()))
    detail = f"{len(families)} families" if families else "none found"
    return Finding("Thai font", bool(families), detail, meaning, remedy, needed=False)


def _memory() -> Finding:
    meaning = "each page that is read at the same time takes some 300 MB"
    remedy = "Close other programs, or convert fewer documents at the same time"
    available = _available_mb()
    if available is None:
        return Finding("memory", True, "cannot be told on this system", meaning, remedy, needed=False)
    return Finding("memory", available >= LEAST_MEMORY_MB, f"{available:,} MB available", meaning, remedy)


def _temporary_folder() -> Finding:
    meaning = "pages are written there while they are read"
    remedy = "Make room there, or set TMPDIR to a folder with more"
    try:
        folder = tempfile.gettempdir()
        free = shutil.disk_usage(folder).free // 1_000_000
        ok = free >= LEAST_TEMPORARY_MB and os.access(folder, os.W_OK)
        detail = f"{free:,} MB free in {folder}"
    except OSError as error:
        ok, detail = False, str(error)
    return Finding("temporary folder", ok, detail, meaning, remedy)


def _available_mb() -> int | None:
    """Memory that new programs can take, in MB; None where the system does not tell."""
    try:
        for line in _MEMINFO.read_text(encoding="ascii").splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024 // 1_000_000
    except (OSError, ValueError):
        return None
    return None


def _attempt(find: Callable[[], str]) -> tuple[bool, str]:
    try:
        return True, find()
    except MinutesError as error:
        return False, error.what
