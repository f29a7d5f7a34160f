"""One flow of rows and tables → the record: header, attendance, agenda, closing."""

from pipeline.parse.document import Parsed, parse
from pipeline.parse.draft import Capture

__all__ = ["Capture", "Parsed", "parse"]
