"""The ten samples from their true lines: what layout and parsers make of a page that was read without a mistake.

Differences from the golden records that are known are listed, each with its reason, and nothing else may
differ: a list that is too long or too short is an improvement or a step back, and both must be noticed.
"""

from __future__ import annotations

import importlib
from functools import cache
from pathlib import Path

import pytest

from pipeline.check.codes import CODES
from pipeline.compare import compare_records
from pipeline.convert import Conversion, Converter
from pipeline.ocr import Box, DocumentText
from pipeline.settings import Settings
from schemas import Record, dump_record, load_record
from schemas.pointer import leaves, split

HERE = Path(__file__).parent
NAMES = sorted(path.name.removesuffix(".lines.json") for path in (HERE / "frozen").glob("*.lines.json"))

# (kind, pointer into the golden record, or into the output for what is extra) by sample.
KNOWN: dict[str, dict[tuple[str, str], str]] = {
    "hospital-5-2564": {
        ("changed", "/agenda/2/items/0/resolutions/0/text"): "a line that ends early for its next long word",
        ("extra", "/agenda/2/items/0/body/3"): "the rest of that resolution",
    },
}


class NoEngine:
    """Stands in for the engine: the pages are read already."""

    name = "none"
    unwritable = ""


def converter(correct: bool = True) -> Converter:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(importlib.import_module("pipeline.convert"), "make_engine", lambda _: NoEngine())
        return Converter(Settings(correct=correct))


@cache
def lines_of(name: str) -> DocumentText:
    return DocumentText.model_validate_json((HERE / "frozen" / f"{name}.lines.json").read_bytes())


@cache
def golden(name: str) -> Record:
    return load_record((HERE.parent / "golden" / f"{name}.json").read_bytes())


@cache
def converted(name: str) -> Conversion:
    return converter().understand(lines_of(name))


def test_every_golden_record_has_its_lines() -> None:
    assert {path.stem for path in (HERE.parent / "golden").glob("*.json")} == set(NAMES)
    assert len(NAMES) >= 10
    assert set(KNOWN) <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_record_is_the_golden_one_but_for_what_is_known(name: str) -> None:
    settings = Settings()
    found = compare_records(golden(name), converted(name).record, settings.tolerances)
    differences = {(difference.kind, difference.path): difference for difference in found.differences}
    known = KNOWN.get(name, {})
    fresh = [difference for place, difference in differences.items() if place not in known]
    assert fresh == [], "a step back"
    assert [place for place in known if place not in differences] == [], "better than before: take these off the list"


@pytest.mark.parametrize("name", NAMES)
def test_figures_and_names_are_exact(name: str) -> None:
    """No tolerance is at work where one digit or one letter matters."""
    wanted, got = golden(name), converted(name).record
    assert got.document_type == wanted.document_type
    assert (got.opened_at, got.closed_at) == (wanted.opened_at, wanted.closed_at)
    for one, other in ((wanted.header.meeting, got.header.meeting), (wanted.header.date, got.header.date)):
        assert (one is None) == (other is None)
    if wanted.header.meeting and got.header.meeting:
        assert (got.header.meeting.number, got.header.meeting.year) == (
            wanted.header.meeting.number,
            wanted.header.meeting.year,
        )
    if wanted.header.date and got.header.date:
        assert got.header.date.iso == wanted.header.date.iso
    people = [[(person.number, person.name) for person in roll.people] for roll in wanted.attendance]
    assert [[(person.number, person.name) for person in roll.people] for roll in got.attendance] == people
    assert [person.name for person in got.signatories] == [person.name for person in wanted.signatories]


READ = ("header", "attendance", "opened_at", "closed_at", "preamble", "agenda", "signatories")
CONCLUDED = {"decision", "kind"}  # not read but concluded from what was


@pytest.mark.parametrize("name", NAMES)
def test_every_value_that_was_read_has_evidence_on_its_page(name: str) -> None:
    record, pages = converted(name).record, {page.number: page for page in lines_of(name).pages}
    data = record.model_dump(mode="json")
    values = list(leaves({key: data[key] for key in READ}))
    pointers = {pointer for pointer, value in values if value not in (None, "") and split(pointer)[-1] not in CONCLUDED}
    figures = {
        pointer.removesuffix("/kind") for pointer, value in leaves(data["agenda"], "/agenda") if value == "figure"
    }
    assert pointers | figures == set(record.evidence)
    for pointer, evidence in record.evidence.items():
        page = pages[evidence.page]
        places = list(page.figures) if pointer in figures else [line.box for line in page.lines]
        assert any(_touch(place, evidence.box) for place in places), pointer
        assert 0 <= evidence.box[0] < evidence.box[2] <= 1, pointer
        assert 0 <= evidence.box[1] < evidence.box[3] <= 1, pointer


@pytest.mark.parametrize("name", NAMES)
def test_a_names_evidence_is_the_line_with_the_name(name: str) -> None:
    record, pages = converted(name).record, {page.number: page for page in lines_of(name).pages}
    for n, roll in enumerate(record.attendance):
        for k, person in enumerate(roll.people):
            if not person.name:
                continue
            evidence = record.evidence[f"/attendance/{n}/people/{k}/name"]
            words = person.name.split()[0]
            here = [line for line in pages[evidence.page].lines if _touch(line.box, evidence.box)]
            assert any(words in " ".join(line.text.split()) for line in here), person.name


def _touch(one: Box, box: Box) -> bool:
    x0, y0, x1, y1 = one
    return y0 < box[3] + 1e-6 and box[1] < y1 + 1e-6 and x0 < box[2] + 1e-6 and box[0] < x1 + 1e-6


@pytest.mark.parametrize("name", NAMES)
def test_page_text_is_all_there_was(name: str) -> None:
    text = converted(name).text
    pages = text.split("\f")
    assert pages.pop() == ""
    assert len(pages) == len(lines_of(name).pages)
    for written, page in zip(pages, lines_of(name).pages, strict=True):
        assert written.split("\n")[:-1] == [line.text for line in page.lines]


def test_understanding_twice_gives_the_same_bytes() -> None:
    name = "seed-bma-8-2560"
    again = converter().understand(DocumentText.model_validate_json(lines_of(name).model_dump_json()))
    assert dump_record(again.record).encode() == dump_record(converted(name).record).encode()
    assert again.text == converted(name).text


def test_without_correction_the_record_is_as_read() -> None:
    name = "seed-bma-8-2560"
    plain = converter(correct=False).understand(lines_of(name)).record
    corrected = converted(name).record
    assert plain.corrections == []
    assert corrected.corrections
    for correction in corrected.corrections:
        assert corrected.evidence[correction.path].ocr == correction.ocr == _at(plain, correction.path)
        assert _at(corrected, correction.path) == correction.value != correction.ocr


def _at(record: Record, pointer: str) -> object:
    value: object = record.model_dump(mode="json")
    for key in split(pointer):
        value = value[int(key)] if isinstance(value, list) else value[key]  # type: ignore[index]
    return value


@pytest.mark.parametrize("name", NAMES)
def test_issues_and_captures_name_places_of_the_record(name: str) -> None:
    record = converted(name).record
    places = {""}
    for pointer, _ in leaves(record.model_dump(mode="json")):
        keys = pointer.split("/")
        places |= {"/".join(keys[:length]) for length in range(1, len(keys) + 1)}
    empty = {"/attendance", "/agenda", "/opened_at", "/closed_at"}
    for issue in record.issues:
        assert issue.code in CODES
        assert issue.path is None or issue.path in places | empty, issue
    assert {capture.path for capture in converted(name).captures} == set(record.evidence)


def test_the_record_in_the_seed_shows_its_doubts() -> None:
    """Its printed weekday is wrong, and one name is spelt in two ways."""
    issues = {(issue.code, issue.path) for issue in converted("seed-bma-8-2560").record.issues}
    assert ("date.weekday_mismatch", "/header/date") in issues
    assert ("name.variant", "/signatories/0/name") in issues
    assert converted("seed-bma-8-2560").record.status == "review"


def test_the_circular_is_no_minutes_and_says_why() -> None:
    record = converted("circular-2565").record
    assert record.document_type == "other"
    assert [issue.code for issue in record.issues] == ["document.not_minutes"]
    assert record.agenda == [] and record.attendance == []
    assert "ขอเชิญประชุมชี้แจง" in converted("circular-2565").text
