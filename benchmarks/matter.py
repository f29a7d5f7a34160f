"""The text of evaluation pages: records of the generator's grammar, filled with running text nobody trained on.

The names, lists and headings come from `training.synth.records` with seeds that nothing else uses; training knows
their words and patterns. The running text is `data/paragraphs.yaml` and the public record of the samples, which no
training line was cut from, and of a file that the user names.
"""

from __future__ import annotations

import datetime
import lzma
from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from benchmarks.sets import TYPEWRITER, EvaluationSet
from schemas import AgendaItem, Block, Record, Source
from training.synth import faces, records, samples
from training.synth.people import pick
from training.synth.style import Digits, Style
from training.text.charset import foreign, normal

SEED = 770_000  # of no sample, test or training
PARAGRAPHS = 5  # of running text in a document
_DATA = Path(__file__).with_name("data") / "paragraphs.yaml"
_PUBLIC = "seed-bma-8-2560"
_LETTER = (6.9, 8.3)  # points from the baseline to the top of ก; TH Sarabun at 16 points has 7.5
_LONGEST = 420  # characters of a paragraph out of a corpus

Titled = tuple[str, str]  # a heading and its paragraph


def document(kind: EvaluationSet, index: int, corpus: Path | None = None) -> samples.Scan:
    """Document `index` of a set, always the same.

    Args:
        corpus: running text to use beside the benchmark's own.

    Raises:
        MissingDependencyError: a face is not installed.
        OSError: the corpus cannot be read.
    """
    rng = np.random.default_rng([SEED, kind.place, index])
    script: Digits = "thai" if index % 3 else "arabic"
    record, opening, closing = records.invent(rng, script)
    texts = running(corpus)
    start = (kind.place * 5 + index) * PARAGRAPHS
    chosen = list(islice(cycle(texts), start % len(texts), start % len(texts) + PARAGRAPHS))
    name = f"{kind.name}-{index:02d}.pdf"
    record = record.model_copy(
        update={
            "source": Source(file=name, sha256=samples.NO_HASH, pages=0),
            "agenda": _with(record.agenda, chosen, script, rng),
        }
    )
    style = _style(rng, record, script, opening, closing, kind.families[index % len(kind.families)])
    dpi = kind.dpi[index % len(kind.dpi)]
    return samples.scan(record, style, (kind.wear(rng),), int(rng.integers(2**31)), dpi, "pdf", ())


def running(corpus: Path | None) -> Sequence[Titled]:
    """All running text there is, in a fixed order, mixed."""
    pools = [_own(), _public(), *([_corpus(corpus)] if corpus else [])]
    mixed: list[Titled] = []
    for group in range(max(map(len, pools))):
        mixed.extend(pool[group] for pool in pools if group < len(pool))
    return mixed


@lru_cache(maxsize=1)
def _own() -> list[Titled]:
    return [(str(title), str(text)) for title, text in yaml.safe_load(_DATA.read_text(encoding="utf-8"))]


@lru_cache(maxsize=1)
def _public() -> list[Titled]:
    """The paragraphs of the public record, each under the title of its item."""

    def walk(items: Sequence[dict[str, Any]]) -> Iterator[Titled]:
        for item in items:
            blocks = [*item.get("body", ()), *(child for block in item.get("body", ()) for child in block["children"])]
            yield from ((item["title"], block["text"]) for block in blocks if len(block.get("text") or "") > 60)
            yield from walk(item.get("items", ()))

    data, _ = samples.load(_PUBLIC)
    full = Record.model_validate({"source": {"file": "x", "sha256": samples.NO_HASH, "pages": 0}, **data})
    return [(title, text.replace("\n", " ")) for title, text in walk(full.model_dump(mode="json")["agenda"])]


@lru_cache(maxsize=1)
def _corpus(path: Path) -> list[Titled]:
    """The first paragraphs of a corpus that can be set, one a line of the file (UTF-8, or packed by xz)."""
    raw = lzma.decompress(path.read_bytes()) if path.suffix == ".xz" else path.read_bytes()
    found: list[Titled] = []
    for line in raw.decode("utf-8").splitlines():
        text = normal(line)[:_LONGEST].rpartition(" ")[0]
        if len(text) > 80 and not foreign(text):
            found.append(("ข้อมูลประกอบการพิจารณา", text))
        if len(found) == 200:
            break
    return found


def _with(
    agenda: Sequence[AgendaItem], texts: Sequence[Titled], script: Digits, rng: np.random.Generator
) -> list[AgendaItem]:
    """The agenda with its third item (matters arising) full of running text and a table of figures."""
    day = datetime.date(2012, 1, 1) + datetime.timedelta(days=int(rng.integers(0, 4000)))
    fill = partial(records.filled, rng=rng, script=script, day=day)
    items = [
        AgendaItem(number=f"3.{number}", title=fill(title), body=[Block(kind="paragraph", text=fill(text))])
        for number, (title, text) in enumerate(texts, start=1)
    ]
    table = Block(
        kind="table",
        rows=[
            ["ลำดับ", "รายการ", "จำนวน", "วงเงิน (บาท)"],
            *([fill("{n}"), title[:30].split(" ")[0], fill("{n}"), fill("{money}")] for title, _ in texts[:4]),
        ],
    )
    items[-1] = items[-1].model_copy(update={"body": [*items[-1].body, table]})
    return [item.model_copy(update={"body": [], "items": items}) if item.number == "3" else item for item in agenda]


def _style(rng: np.random.Generator, record: Record, script: Digits, opening: str, closing: str, family: str) -> Style:
    """A way to print `record` in `family`, its letters about as high as in official papers."""
    dressed = records.dress(rng, record, script, opening, closing)
    typed = family == TYPEWRITER
    size = float(rng.uniform(11.0, 12.5)) if typed else float(rng.uniform(*_LETTER)) / _height(family)
    # The tabs of the dress are measured for another size.
    tabs = tuple(tab * size / dressed.size for tab in dressed.title_tabs)
    return dressed.model_copy(
        update={
            "family": family,
            "size": round(size, 1),
            "title_tabs": tabs,
            "align": "left" if typed else pick(rng, ("left", "spaces", "letters")),
        }
    )


@lru_cache(maxsize=16)
def _height(family: str) -> float:
    """How high ก stands, in em."""
    return -float(faces.font(faces.cut(family), 200.0).getbbox("ก", anchor="ls")[1]) / 200
