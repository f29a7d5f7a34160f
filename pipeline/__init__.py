"""Reads scanned Thai meeting minutes into validated records.

from pipeline import convert
conversion = convert("minutes.pdf")
conversion.record.header.meeting
conversion.write("out")
"""

from pipeline.batch import DocumentResult, RunSummary, convert_documents
from pipeline.convert import Conversion, Converter, convert
from pipeline.errors import (
    EncryptedError,
    ExitCode,
    InputError,
    LimitError,
    MinutesError,
    MissingDependencyError,
    OutputError,
    PageError,
    UsageError,
)
from pipeline.settings import Settings, load_settings
from pipeline.version import VERSION

__version__ = VERSION

__all__ = [
    "Conversion",
    "Converter",
    "DocumentResult",
    "EncryptedError",
    "ExitCode",
    "InputError",
    "LimitError",
    "MinutesError",
    "MissingDependencyError",
    "OutputError",
    "PageError",
    "RunSummary",
    "Settings",
    "UsageError",
    "convert",
    "convert_documents",
    "load_settings",
]
