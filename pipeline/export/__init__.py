"""The record and the page text as files, each written whole or not at all."""

from pipeline.export.files import Written, write_atomically, write_document

__all__ = ["Written", "write_atomically", "write_document"]
