"""A read line before it has a place on the page, and what else its doubtful characters may be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field


class Doubt(BaseModel):
    """A character that may be another, or one that may be missing.

    `at` is its place in the text; `length` is 1, or 0 where nothing was read and something may stand before `at`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    at: int = Field(ge=0)
    length: int = Field(ge=0, le=1)
    likely: float = Field(ge=0, le=1, description="how likely the reading is")
    others: tuple[tuple[str, float], ...] = Field(description="other readings, '' for none, with their likelihood")


@dataclass(frozen=True, slots=True)
class ReadLine:
    """One line as read.

    Attributes:
        text: its characters.
        confidence: of each character, 0-1.
        starts: where each character begins, in shares of the picture's width.
        doubts: the characters that may be others, from the left.
    """

    text: str
    confidence: tuple[float, ...]
    starts: tuple[float, ...]
    doubts: tuple[Doubt, ...] = ()


def moved(doubts: Sequence[Doubt], start: int, end: int) -> tuple[Doubt, ...]:
    """The doubts of `text[start:end]`, by their place in it; with a letter that may be missing at its end."""
    return tuple(
        doubt.model_copy(update={"at": doubt.at - start})
        for doubt in doubts
        if start <= doubt.at < end + (doubt.length == 0)
    )


def of_letters(text: str, doubts: Sequence[Doubt]) -> tuple[Doubt, ...]:
    """The doubts of `text` by their place among its letters, white space left out.

    A letter that may be a space may be none; a space that may be a letter is a gap where one may be missing.
    """
    found = []
    for doubt in doubts:
        others = tuple((other.strip(), share) for other, share in doubt.others)
        if doubt.length and text[doubt.at].isspace():
            others = tuple((other, share) for other, share in others if other)
            doubt = doubt.model_copy(update={"length": 0})
        if others:
            spaces = sum(character.isspace() for character in text[: doubt.at])
            found.append(doubt.model_copy(update={"at": doubt.at - spaces, "others": others}))
    return tuple(found)
