"""Evaluation pages on disk: drawn once, kept in an ignored folder, drawn again when what draws them changes."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2

from benchmarks import matter
from benchmarks.sets import EvaluationSet
from pipeline.errors import MissingDependencyError
from pipeline.ocr import DocumentText
from pipeline.pages import open_source
from pipeline.settings import load_settings
from training.synth import faces, samples

_HERE = Path(__file__).parent
_DRAWN_BY = (_HERE / "data", _HERE / "matter.py", _HERE / "sets.py", _HERE.parent / "training" / "synth")


@dataclass(frozen=True, slots=True)
class Document:
    """One evaluation document.

    Attributes:
        dpi: of its pages.
        scan: the PDF, one picture a page.
        pictures: the same pixels page by page as PNG, for engines that take no PDF.
        truth: what stands on the pages.
    """

    kind: EvaluationSet
    family: str
    dpi: int
    scan: Path
    pictures: tuple[Path, ...]
    truth: DocumentText

    @property
    def name(self) -> str:
        return self.scan.stem


def prepare(sets: Sequence[EvaluationSet], folder: Path, most: int | None, corpus: Path | None) -> list[Document]:
    """The documents of `sets`; those drawn before are taken as they are.

    Args:
        folder: to keep them in, and nothing else; pages of other texts or another generator go.
        most: documents of each set; None for all.

    Returns:
        In the order of the sets; documents in families that are not installed are left out.

    Raises:
        OSError: the folder cannot be written, or the corpus cannot be read.
    """
    kept = folder / _stamp(corpus)
    kept.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        if old != kept:
            shutil.rmtree(old)
    return [
        _document(kind, index, kept, corpus)
        for kind in sets
        for index in range(kind.documents if most is None else min(most, kind.documents))
        if installed(kind.families[index % len(kind.families)])
    ]


def installed(family: str) -> bool:
    """Whether `family` can be drawn here."""
    try:
        faces.cut(family)
    except MissingDependencyError:
        return False
    return True


def _document(kind: EvaluationSet, index: int, folder: Path, corpus: Path | None) -> Document:
    scan = folder / f"{kind.name}-{index:02d}.pdf"
    told = scan.with_suffix(".json")
    if not told.exists():
        made = matter.document(kind, index, corpus)
        scan.write_bytes(made.data)
        source = open_source(scan, load_settings())
        for number in range(1, source.page_count + 1):
            cv2.imwrite(str(_picture(scan, number)), source.page(number).pixels)
        told.write_text(samples.frozen(made).model_dump_json(), encoding="utf-8")  # last: tells that all is there
    truth = DocumentText.model_validate_json(told.read_text(encoding="utf-8"))
    pictures = tuple(_picture(scan, page.number) for page in truth.pages)
    family, dpi = kind.families[index % len(kind.families)], kind.dpi[index % len(kind.dpi)]
    return Document(kind, family, dpi, scan, pictures, truth)


def _picture(scan: Path, number: int) -> Path:
    return scan.with_name(f"{scan.stem}-{number:02d}.png")


def _stamp(corpus: Path | None) -> str:
    """A name for everything the pages come from."""
    digest = hashlib.sha256()
    for file in [*_sources(), *([corpus] if corpus else [])]:
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def _sources() -> Iterator[Path]:
    for place in _DRAWN_BY:
        files = [place] if place.is_file() else sorted(place.rglob("*"))
        yield from (file for file in files if file.suffix in {".py", ".yaml"})
