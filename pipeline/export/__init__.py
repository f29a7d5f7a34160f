"""The record and the page text as files, each written whole or not at all; `registry` has the exports made of them."""

from pipeline.export.files import Written, whole_file, write_atomically, write_document

__all__ = ["Written", "whole_file", "write_atomically", "write_document"]
