"""Known names and closed vocabulary. Every change is recorded; below the threshold nothing changes."""

from pipeline.correct.known import KnownNames, load_names
from pipeline.correct.values import Nearest, correct

__all__ = ["KnownNames", "Nearest", "correct", "load_names"]
