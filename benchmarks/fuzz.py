"""Damaged files for the intake, garbled pages for the parsers: `python -m benchmarks.fuzz --minutes 10`.

Hypothesis draws what is damaged and shrinks what it finds. Files must open or end in one of our own errors;
pages of read text, however garbled, must become a record that can be written and read again. Prints counts,
and for a finding the example; the exit code is 1 then.
"""

from __future__ import annotations

import argparse
import faulthandler
import io
import sys
import tempfile
import time
import traceback
from pathlib import Path

import pikepdf
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from pipeline.convert import Converter
from pipeline.errors import MinutesError
from pipeline.ocr import DocumentText
from pipeline.settings import Settings
from schemas import dump_record, load_record

ROOT = Path(__file__).parents[1]
ROUND = 100  # examples of each kind between looks at the clock

Damage = list[tuple[int, int, bytes]]  # (place in thousandths, bytes taken out, bytes put in)
DAMAGE = st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 40), st.binary(max_size=40)), min_size=1, max_size=6)
LETTERS = st.text("ก๑ ๒3.():-/มติที่ประชุมระเบียบวาระครั้งผู้มาน.\u200b\x00\ud7ff", max_size=30)
Garbling = list[tuple[int, int, str]]  # (line, what is done, text)
GARBLING = st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 4), LETTERS), min_size=1, max_size=12)

counts = {"files": 0, "refused": 0, "pages": 0, "documents": 0}


def main() -> int:
    """Fuzz until the time is up or something is found."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    faulthandler.enable()
    ends, number = time.monotonic() + 60 * options.minutes, options.seed
    quiet = settings(
        max_examples=ROUND,
        deadline=None,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    found = 0
    while time.monotonic() < ends and not found:
        for target, drawn in TARGETS:
            try:
                seed(number)(quiet(given(*drawn)(target)))()
            except Exception:
                traceback.print_exc()
                found += 1
        number += 1
    print(f"seeds {options.seed} to {number - 1}: {counts}, findings: {found}")
    return 1 if found else 0


def _seeds() -> list[tuple[str, bytes]]:
    image = Image.new("L", (170, 120), 255)
    ImageDraw.Draw(image).text((10, 10), "minutes 1/2560", fill=0)
    made = []
    for kind, options in (("png", {}), ("jpeg", {}), ("tiff", {}), ("tiff", {"compression": "tiff_lzw"})):
        stream = io.BytesIO()
        image.save(stream, kind.upper(), **options)
        made.append((kind, stream.getvalue()))
    plain = io.BytesIO()
    image.save(plain, "PDF", resolution=150)
    for streams in (pikepdf.ObjectStreamMode.disable, pikepdf.ObjectStreamMode.generate):
        stream = io.BytesIO()
        with pikepdf.open(plain) as pdf:
            pdf.save(stream, object_stream_mode=streams, compress_streams=False)
        made.append(("pdf", stream.getvalue()))
    return made


SEEDS = _seeds()
READ = [DocumentText.model_validate_json(path.read_bytes()) for path in sorted((ROOT / "tests/frozen").glob("*.json"))]
CONVERTER = Converter(Settings(dpi=72, upright=False, max_megapixels=4, page_timeout=20))


def _file(original: tuple[str, bytes], damage: Damage, kept: int) -> None:
    """A damaged file opens, or is refused in words of ours."""
    ending, data = original
    for place, out, put in damage:
        at = len(data) * place // 1000
        data = data[:at] + put + data[at + out :]
    if kept < 200:
        data = data[: len(data) * kept // 200]
    counts["files"] += 1
    with tempfile.TemporaryDirectory(prefix="minutes-fuzz-") as folder:
        path = Path(folder, f"file.{ending}")
        path.write_bytes(data)
        try:
            source = CONVERTER.open(path)
            for number in range(1, min(source.page_count, 3) + 1):
                source.page(number)
                counts["pages"] += 1
        except MinutesError as error:
            assert error.what
            counts["refused"] += 1


def _pages(read: DocumentText, garbling: Garbling) -> None:
    """Garbled pages become a record all the same."""
    pages = [list(page.lines) for page in read.pages]
    for place, what, text in garbling:
        page = pages[place % len(pages)]
        if not page:
            continue
        at = place % len(page)
        cell = page[at].cells[0]
        if what == 0:
            del page[at]
        elif what == 1:
            page.insert(place % (len(page) + 1), page[at])
        elif what == 2:
            page.reverse()
        else:
            words = text if what == 3 else cell.text[: len(cell.text) // 2] + text
            put = cell.model_copy(update={"text": words or "-", "chars": (), "lefts": ()})
            page[at] = page[at].model_copy(update={"cells": (put, *page[at].cells[1:])})
    garbled = [page.model_copy(update={"lines": tuple(lines)}) for page, lines in zip(read.pages, pages, strict=True)]
    counts["documents"] += 1
    conversion = CONVERTER.understand(read.model_copy(update={"pages": tuple(garbled)}))
    assert load_record(dump_record(conversion.record)) == conversion.record


TARGETS = (
    (_file, (st.sampled_from(SEEDS), DAMAGE, st.integers(0, 1000))),
    (_pages, (st.sampled_from(READ), GARBLING)),
)

if __name__ == "__main__":
    sys.exit(main())
