"""Measures the engines on the sets: every engine on the same pages, scored the same way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from benchmarks.lines import LineResult, compare_lines
from benchmarks.pages import Document
from benchmarks.read import read
from benchmarks.reading import DocumentReading
from pipeline.errors import MissingDependencyError
from pipeline.layout import page_text
from training.measure import Counts, Judged, count, judged

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Scored:
    """One document as one engine read it.

    `characters` and `lines` (page by page) only of our own reader, which alone tells confidence and boxes.
    """

    engine: str
    document: Document
    counts: Counts
    seconds: dict[str, float]
    characters: tuple[Judged, ...] = ()
    lines: tuple[LineResult, ...] = ()


@dataclass(slots=True)
class Measured:
    """All that was measured.

    Attributes:
        names: engine as on the command line to its full name.
        peak_mb: (engine, set) to the most memory of one process.
        left_out: why an engine is missing.
    """

    scored: list[Scored] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    peak_mb: dict[tuple[str, str], float] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)

    def of(self, engine: str, kind: str | None = None) -> list[Scored]:
        """The documents of one engine, of all sets or of the one named."""
        return [one for one in self.scored if one.engine == engine and kind in (None, one.document.kind.name)]


def total(scored: Sequence[Scored]) -> Counts:
    return sum((one.counts for one in scored), Counts())


def cpu(scored: Sequence[Scored], stage: str | None = None) -> float:
    """CPU seconds a page, of one stage or of all that belong to reading."""
    pages = max(sum(one.counts.pages for one in scored), 1)
    return sum(one.seconds.get(stage, 0.0) if stage else sum(one.seconds.values()) for one in scored) / pages


def measure(engines: Sequence[str], documents: Sequence[Document], say: Say) -> Measured:
    """Let every engine read every document; one that is not installed is left out of all."""
    measured = Measured()
    kinds = list(dict.fromkeys(document.kind.name for document in documents))
    for engine in engines:
        for kind in kinds:
            held = [document for document in documents if document.kind.name == kind]
            say(f"{engine}: {kind}, {sum(len(document.pictures) for document in held)} pages")
            try:
                answer = read(engine, held)
            except MissingDependencyError as error:
                measured.left_out.append(f"{engine} is left out: {error}")
                say(measured.left_out[-1])
                measured.scored = [one for one in measured.scored if one.engine != engine]
                measured.names.pop(engine, None)
                break
            measured.names[engine] = answer.engine
            measured.peak_mb[engine, kind] = answer.peak_mb
            measured.scored += [_score(engine, *pair) for pair in zip(held, answer.documents, strict=True)]
    return measured


def _score(engine: str, document: Document, reading: DocumentReading) -> Scored:
    pairs = list(zip(document.truth.pages, reading.pages, strict=True))
    counts = sum((count(page_text(truth), page.text) for truth, page in pairs), Counts())
    if not any(page.lines for page in reading.pages):
        return Scored(engine, document, counts, reading.seconds)
    characters = tuple(one for truth, page in pairs for one in judged(truth.lines, page.lines))
    lines = tuple(line for truth, page in pairs for line in compare_lines(truth, page))
    return Scored(engine, document, counts, reading.seconds, characters, lines)
