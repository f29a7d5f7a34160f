"""A record as text: the one way it is written, read, and described."""

from __future__ import annotations

import json
from typing import Any

from schemas.record import Record


def dump_record(record: Record) -> str:
    """`record` as JSON: keys in model order, two-space indent, UTF-8 as it is, a final newline."""
    return json.dumps(record.model_dump(mode="json"), ensure_ascii=False, indent=2) + "\n"


def load_record(text: str | bytes) -> Record:
    """The record in `text`.

    Raises:
        pydantic.ValidationError: `text` is not JSON, or not a record of this schema version.
    """
    return Record.model_validate_json(text)


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a written record: every field is present."""
    schema = Record.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def schema_text() -> str:
    """The text of `minutes.schema.json`."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"
