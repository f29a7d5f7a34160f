"""The end of the paper: the people who sign."""

from pipeline.parse.signatures.places import signs
from pipeline.parse.signatures.signatories import parse_signatories

__all__ = ["parse_signatories", "signs"]
