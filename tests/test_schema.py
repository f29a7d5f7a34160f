"""The contract as a schema: it is what the models say, and the records that are shown keep to it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from pydantic import ValidationError

from schemas import Record, dump_record, json_schema, load_record
from schemas.document import schema_text
from schemas.pointer import join, leaves, split, under

ROOT = Path(__file__).parent.parent
GOLDEN = sorted((ROOT / "golden").glob("*.json"))

EXAMPLE: dict[str, Any] = {
    "schema_version": "1.0",
    "source": {"file": "reading-3-2564.pdf", "sha256": "0123456789abcdef" * 4, "pages": 2},
    "producer": {"program": "minutes", "version": "0.1", "engine": "by hand", "settings": "0"},
    "document_type": "minutes",
    "status": "review",
    "header": {
        "title": "รายงานการประชุม",
        "body": "คณะกรรมการส่งเสริมการอ่าน",
        "meeting": {"number": 3, "year": 2564, "session": None, "text": "ครั้งที่ ๓/๒๕๖๔"},
        "date": {"iso": "2021-06-09", "weekday": "พุธ", "text": "วันพุธที่ ๙ มิถุนายน ๒๕๖๔"},
        "scheduled": {"start": "09:30", "end": None},
        "venue": "ห้องสมุดประชาชน",
    },
    "attendance": [
        {
            "kind": "absent",
            "heading": "ผู้ไม่มาประชุม",
            "people": [
                {
                    "number": 1,
                    "name": "นายบัญชา ลือไกล",
                    "position": "ปลัดเทศบาล",
                    "represents": None,
                    "role": None,
                    "absence_reason": "ติดราชการ",
                }
            ],
        }
    ],
    "opened_at": "09:30",
    "closed_at": "24:00",
    "preamble": [{"kind": "paragraph", "label": None, "text": "ประธานกล่าวเปิดการประชุม", "rows": None, "children": []}],
    "agenda": [
        {
            "number": "4.2",
            "title": "เรื่องเพื่อพิจารณา",
            "body": [
                {
                    "kind": "list_item",
                    "label": "๔.๒.๑",
                    "text": "หนังสือ",
                    "rows": None,
                    "children": [{"kind": "table", "label": None, "text": "", "rows": [["๑", ""]], "children": []}],
                }
            ],
            "resolutions": [{"text": "เห็นชอบ", "decision": "approved"}],
            "items": [],
        }
    ],
    "signatories": [{"name": "นางพิมพ์ผกา ทองเนื้อใส", "position": None, "role": "ผู้จดรายงานการประชุม"}],
    "corrections": [
        {
            "path": "/attendance/0/people/0/absence_reason",
            "ocr": "ติตราชการ",
            "value": "ติดราชการ",
            "score": 94.1,
            "source": "vocabulary:absence_reason",
        }
    ],
    "issues": [
        {"code": "date.weekday_mismatch", "severity": "warning", "path": "/header/date", "page": 1, "message": "พุธ"},
        {"code": "page.failed", "severity": "error", "path": None, "page": 2, "message": "the page could not be read"},
    ],
    "evidence": {
        "/header/meeting/number": {"page": 1, "box": [0.42, 0.11, 0.58, 0.13], "confidence": 0.98, "ocr": "๓"}
    },
}


def invalid(data: dict[str, Any]) -> bool:
    """Do schema and models agree that `data` is no record?"""
    by_schema = not jsonschema.Draft202012Validator(json_schema()).is_valid(data)
    try:
        Record.model_validate_json(json.dumps(data))
    except ValidationError:
        assert by_schema, "the models refuse what the schema allows"
        return True
    assert not by_schema, "the schema refuses what the models allow"
    return False


def changed(pointer: str, value: Any) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(json.dumps(EXAMPLE))
    *parents, last = split(pointer)
    place: Any = data
    for key in parents:
        place = place[int(key)] if isinstance(place, list) else place[key]
    place[int(last) if isinstance(place, list) else last] = value
    return data


def test_the_schema_file_is_what_the_models_generate() -> None:
    assert (ROOT / "schemas" / "minutes.schema.json").read_text("utf-8") == schema_text()


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema())


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_golden_records_keep_to_the_schema_and_are_written_as_records_are(path: Path) -> None:
    text = path.read_text("utf-8")
    jsonschema.Draft202012Validator(json_schema()).validate(json.loads(text))
    assert dump_record(load_record(text)) == text


def test_there_are_golden_records() -> None:
    assert len(GOLDEN) >= 10


def test_an_example_of_the_contract_is_valid_and_written_in_its_order() -> None:
    assert not invalid(EXAMPLE)
    text = dump_record(load_record(json.dumps(EXAMPLE)))
    assert json.loads(text) == EXAMPLE
    assert list(leaves(json.loads(text))) == list(leaves(EXAMPLE))


def test_a_written_record_is_stable_readable_and_ends_with_a_newline() -> None:
    record = Record.model_validate(EXAMPLE)
    text = dump_record(record)
    assert dump_record(load_record(text)) == text == dump_record(load_record(text.encode()))
    assert text.endswith("}\n") and not text.endswith("\n\n")
    assert '\n  "document_type": "minutes"' in text
    assert "ครั้งที่ ๓/๒๕๖๔" in text
    assert list(json.loads(text)) == list(Record.model_fields)


def test_everything_but_the_source_may_be_missing() -> None:
    bare = load_record(json.dumps({"source": EXAMPLE["source"]}))
    data = json.loads(dump_record(bare))
    assert (bare.document_type, bare.status, bare.agenda) == ("minutes", "ok", [])
    jsonschema.Draft202012Validator(json_schema()).validate(data)


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("/schema_version", "2.0"),
        ("/document_type", "letter"),
        ("/status", "fine"),
        ("/source/sha256", "abc"),
        ("/source/pages", -1),
        ("/header/date/iso", "2564-13-01"),
        ("/header/date/iso", "9 มิถุนายน"),
        ("/header/meeting/number", "๓"),
        ("/header/scheduled/start", "9:30"),
        ("/opened_at", "25:00"),
        ("/attendance/0/kind", "late"),
        ("/agenda/0/number", "๔.๒"),
        ("/agenda/0/resolutions/0/decision", "maybe"),
        ("/agenda/0/body/0/kind", "heading"),
        ("/signatories/0/nickname", "แดง"),
        ("/corrections/0/score", 101),
        ("/corrections/0/path", "attendance"),
        ("/issues/0/code", "Weekday"),
        ("/issues/0/page", 0),
        ("/evidence/~1header~1meeting~1number/confidence", 1.2),
        ("/evidence/~1header~1meeting~1number/box", [0.1, 0.2, 0.3]),
        ("/evidence/~1header~1meeting~1number/page", 0),
    ],
)
def test_what_breaks_the_contract_is_refused_by_models_and_schema_alike(pointer: str, value: Any) -> None:
    assert invalid(changed(pointer, value))


def test_a_missing_source_is_refused() -> None:
    assert invalid({key: value for key, value in EXAMPLE.items() if key != "source"})


def test_pointers_escape_and_reach_every_leaf() -> None:
    data = {"a/b": [{"c~d": 1}], "e": "x", "f": [], "g": None}
    assert list(leaves(data)) == [("/a~1b/0/c~0d", 1), ("/e", "x"), ("/g", None)]
    assert split("/a~1b/0/c~0d") == ["a/b", "0", "c~d"]
    assert join("/a", "b/c") == "/a/b~1c"
    assert split("") == []
    assert under("/agenda/1/title", "/agenda/1") and under("/agenda/1", "/agenda/1")
    assert not under("/agenda/10", "/agenda/1")
