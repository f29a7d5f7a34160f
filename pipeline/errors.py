"""Everything that can go wrong in a way a person can act on, and the exit codes.

The exit codes are a stable interface: scripts depend on them (README, "Exit codes").
"""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What `minutes` ends with."""

    OK = 0
    SOME_FAILED = 1  # convert: some documents failed, the others are written; compare: differences
    USAGE = 2
    ENVIRONMENT = 3  # a program, a language model or memory is missing
    BAD_INPUT = 4  # no document could be converted: missing, empty, broken, not a picture or PDF
    ENCRYPTED = 5  # no document could be converted: a password is needed
    OUTPUT = 6  # the output folder cannot be written
    INTERNAL = 70  # a mistake of this program
    INTERRUPTED = 130


class MinutesError(Exception):
    """An error a person can meet: what is wrong, where, and what to type next.

    Args:
        what: what is wrong, naming the file and page.
        hint: what to do or type next.
    """

    code: ExitCode = ExitCode.INTERNAL
    kind: str = "internal"

    def __init__(self, what: str, hint: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.what}. {self.hint}" if self.hint else self.what


class UsageError(MinutesError):
    """The command line, the settings or a names list are wrong."""

    code = ExitCode.USAGE
    kind = "usage"


class MissingDependencyError(MinutesError):
    """A program, language data or a font that is needed is not installed. Ends a run at once."""

    code = ExitCode.ENVIRONMENT
    kind = "environment"


class InputError(MinutesError):
    """One document cannot be read; the others can."""

    code = ExitCode.BAD_INPUT
    kind = "input"


class EncryptedError(InputError):
    """The document needs a password, or the one given is wrong."""

    code = ExitCode.ENCRYPTED
    kind = "encrypted"


class LimitError(InputError):
    """The document or a page is larger than the limits in the settings."""

    kind = "limit"


class PageError(MinutesError):
    """One page cannot be read; the other pages of the document can."""

    code = ExitCode.BAD_INPUT
    kind = "page"


class OutputError(MinutesError):
    """A result cannot be written. Ends a run at once."""

    code = ExitCode.OUTPUT
    kind = "output"
