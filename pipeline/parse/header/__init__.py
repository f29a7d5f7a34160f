"""The header: title, body, meeting number, date, scheduled time and venue, in any order and on any line."""

from pipeline.parse.header.framed import unframed
from pipeline.parse.header.parser import parse_header
from pipeline.parse.header.title import find_title

__all__ = ["find_title", "parse_header", "unframed"]
