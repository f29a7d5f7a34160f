"""Known names and closed vocabulary. Every change is recorded; below the threshold nothing changes."""

from pipeline.correct.known import KnownNames
from pipeline.correct.lists import load_names
from pipeline.correct.people import Nearest
from pipeline.correct.reading import Reading
from pipeline.correct.values import Findings, correct

__all__ = ["Findings", "KnownNames", "Nearest", "Reading", "correct", "load_names"]
