"""The fixed samples: what is drawn from which data, how it is worn, and what it shows."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from pipeline.ocr.text import DocumentText, PageText
from pipeline.pages.image import Grey
from schemas import Record, dump_record
from training.synth import files
from training.synth.catalogue import SAMPLES, Sample
from training.synth.degrade import Wear, degrade
from training.synth.draw import draw
from training.synth.layouts import lay_out
from training.synth.style import Style

DATA = Path(__file__).with_name("data")
NO_HASH = "0" * 64


@dataclass(slots=True)
class Scan:
    """A finished scan with its truth.

    Attributes:
        data: the bytes of the file.
        pages: worn pages as stored, uint8 of shape (h, w); a sideways page is stored turned.
        truths: what stands on every upright page, boxes where the worn text is.
    """

    data: bytes
    record: Record
    pages: list[Grey] = field(default_factory=list)
    truths: list[PageText] = field(default_factory=list)

    @property
    def text(self) -> str:
        return page_text(self.truths)


def page_text(truths: Sequence[PageText]) -> str:
    """Text in reading order: cells parted by two spaces, a form feed after every page."""
    return "".join("".join(line.text + "\n" for line in truth.lines) + "\f" for truth in truths)


def load(name: str) -> tuple[dict[str, Any], Style]:
    """The record (without its source) and the style of a sample, from its data file."""
    data = yaml.safe_load((DATA / f"{name}.yaml").read_text(encoding="utf-8"))
    return data["record"], Style.model_validate(data["style"])


def scan(
    record: Record,
    style: Style,
    wear_of: Sequence[Wear],
    seed: int,
    dpi: int,
    kind: files.Format,
    sideways: Sequence[int],
) -> Scan:
    """Print, wear and store `record`.

    Args:
        wear_of: for page 1, 2, …; the last one is for all pages after.
        sideways: numbers of the pages that are stored turned by 90 degrees.
    """
    flow = lay_out(record, style)
    rng = np.random.default_rng(seed)
    worn: list[Grey] = []
    truths: list[PageText] = []
    drawn = [draw(page, dpi) for page in flow.pages]
    for index, (pixels, truth) in enumerate(drawn):
        wear = wear_of[min(index, len(wear_of) - 1)]
        behind = drawn[index + 1][0] if index + 1 < len(drawn) else None
        # The file is written as JPEG once, not twice.
        page, moved = degrade(pixels, truth, replace(wear, jpeg=None), dpi, rng, behind)
        worn.append(np.ascontiguousarray(np.rot90(page)) if truth.number in sideways else page)
        truths.append(moved)
    data = files.encode(worn, kind, dpi, quality=wear_of[0].jpeg or 75)
    source = record.source.model_copy(update={"sha256": hashlib.sha256(data).hexdigest(), "pages": len(worn)})
    issues = [
        issue if issue.page or not issue.path else issue.model_copy(update={"page": _page_of(issue.path, flow.where)})
        for issue in record.issues
    ]
    return Scan(data, record.model_copy(update={"source": source, "issues": issues}), worn, truths)


def _page_of(pointer: str, where: dict[str, int]) -> int | None:
    """The page of the nearest printed part at or above `pointer`."""
    while pointer:
        if pointer in where:
            return where[pointer]
        pointer = pointer.rpartition("/")[0]
    return None


def make(sample: Sample) -> Scan:
    """One sample, always the same."""
    data, style = load(sample.name)
    source = {"file": sample.file, "sha256": NO_HASH, "pages": 0}
    record = Record.model_validate({"source": source, **data})
    return scan(record, style, sample.wear, sample.seed, sample.dpi, sample.kind, sample.sideways)


def frozen(built: Scan) -> DocumentText:
    """The pages of a scan as a reader without fault would hand them over: input for tests of the parsers."""
    return DocumentText(
        file=built.record.source.file,
        sha256=built.record.source.sha256,
        pages_in_file=len(built.truths),
        engine="truth",
        pages=tuple(built.truths),
    )


def write_all(samples: Path, golden: Path, lines: Path) -> list[tuple[Sample, Scan]]:
    """Write every sample with its golden record, text and true lines, and the table of samples."""
    made = []
    for sample in SAMPLES:
        built = make(sample)
        (samples / sample.file).write_bytes(built.data)
        (golden / f"{sample.name}.json").write_text(dump_record(built.record), encoding="utf-8")
        (golden / f"{sample.name}.txt").write_text(built.text, encoding="utf-8")
        (lines / f"{sample.name}.lines.json").write_text(frozen(built).model_dump_json() + "\n", encoding="utf-8")
        made.append((sample, built))
    (samples / "README.md").write_text(readme(made), encoding="utf-8")
    return made


def readme(made: Sequence[tuple[Sample, Scan]]) -> str:
    """The table of samples with their provenance."""
    rows = []
    for sample, built in made:
        _, style = load(sample.name)
        stored = "1 bit" if sample.wear[0].bilevel else "grey"
        rows.append(
            f"| `{sample.file}` | {len(built.pages)} | {sample.dpi} dpi, {stored} | {style.family} | "
            f"`{sample.name}.yaml`, {sample.seed} | {sample.worn} | {sample.shows} |"
        )
    head = (DATA / "samples-readme.md").read_text(encoding="utf-8")
    return head + "\n".join(rows) + "\n"
