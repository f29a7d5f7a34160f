"""`python -m schemas` writes minutes.schema.json anew from the models."""

from pathlib import Path

from schemas.document import schema_text

target = Path(__file__).with_name("minutes.schema.json")
target.write_text(schema_text(), encoding="utf-8")
print(target)
