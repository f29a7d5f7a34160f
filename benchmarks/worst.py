"""The worst lines as pictures, with what is printed and what was read: one HTML file that needs nothing else."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
from jinja2 import Environment, PackageLoader
from rapidfuzz.distance import Levenshtein

from benchmarks.lines import LineResult
from benchmarks.report import sets_of
from benchmarks.run import Measured, Scored

_WIDTH = 900  # pixels of a picture on the page
_AROUND = 0.006  # of the page's height, left around a line


@dataclass(frozen=True, slots=True)
class Shown:
    """A line as it is shown; `want` and `got` are cut into (text, is it the same in both)."""

    where: str
    picture: str
    want: list[tuple[str, bool]]
    got: list[tuple[str, bool]]
    edits: int
    cause: str


def worst(scored: Sequence[Scored], most: int) -> list[tuple[Scored, LineResult]]:
    """The lines with most edits."""
    wrong = [(one, line) for one in scored for line in one.lines if line.cause]
    return sorted(wrong, key=lambda pair: -pair[1].edits)[:most]


def write(measured: Measured, file: Path, most: int) -> None:
    """Write the worst `most` lines of every set.

    Raises:
        OSError: the file cannot be written.
    """
    groups = []
    for kind in sets_of(measured):
        groups.append((kind, [_shown(*pair) for pair in worst(measured.of("ours", kind.name), most)]))
    page = Environment(loader=PackageLoader("benchmarks", "."), autoescape=True).get_template("worst.html")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(page.render(groups=groups), encoding="utf-8")


def _shown(scored: Scored, line: LineResult) -> Shown:
    document = scored.document
    steps = Levenshtein.opcodes(line.want, line.got)
    want = [(line.want[step.src_start : step.src_end], step.tag == "equal") for step in steps]
    got = [(line.got[step.dest_start : step.dest_end], step.tag == "equal") for step in steps]
    where = f"{document.name}, page {line.number}, {document.family}, {document.dpi} dpi"
    picture = _picture(document.pictures[line.number - 1], line)
    return Shown(where, picture, want, got, line.edits, line.cause or "")


def _picture(file: Path, line: LineResult) -> str:
    """The line cut out of its page, as a data URL."""
    page = cv2.imread(str(file), cv2.IMREAD_GRAYSCALE)
    if page is None:
        raise FileNotFoundError(file)
    height, width = page.shape
    around = _AROUND * height
    x0, x1 = max(round(line.box[0] * width - around), 0), min(round(line.box[2] * width + around), width)
    y0, y1 = max(round(line.box[1] * height - around), 0), min(round(line.box[3] * height + around), height)
    part = page[y0:y1, x0:x1]
    if part.shape[1] > _WIDTH:
        part = cv2.resize(part, (_WIDTH, max(part.shape[0] * _WIDTH // part.shape[1], 1)), interpolation=cv2.INTER_AREA)
    _, data = cv2.imencode(".jpg", part, [cv2.IMWRITE_JPEG_QUALITY, 80])
    return "data:image/jpeg;base64," + base64.b64encode(data.tobytes()).decode("ascii")
