"""Lines with dotted leaders are read once more from a wider picture, and the surer reading is taken."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from pipeline.ocr.doubt import ReadLine
from pipeline.ocr.leaders import Grey, steps_needed, with_leaders

LOST = "เวลา.......๕.๔๕.......น."
WHOLE = "เวลา......๑๕.๔๕......น."


def line(text: str, sure: float) -> ReadLine:
    return ReadLine(text, (sure,) * len(text), tuple(place / len(text) for place in range(len(text))))


def picture(text: str, room: float) -> Grey:
    """A picture with `room` times the columns that `text` needs at least."""
    return np.full((40, round(4 * room * steps_needed(text))), 255, np.uint8)


class Second:
    """A reader of drawn out pictures that says what it is told to, and remembers how wide they were."""

    def __init__(self, says: ReadLine) -> None:
        self._says = says
        self.widths: list[int] = []

    def read(self, lines: Sequence[Grey]) -> list[ReadLine]:
        self.widths += [one.shape[1] for one in lines]
        return [self._says for _ in lines]


@pytest.mark.parametrize(("sure", "taken"), [(0.9, WHOLE), (0.4, LOST)])
def test_the_surer_reading_of_a_narrow_leader_is_taken(sure: float, taken: str) -> None:
    again = Second(line(WHOLE, sure))
    narrow = picture(LOST, 1.0)
    (read,) = with_leaders(again, [narrow], [line(LOST, 0.5)])
    assert read.text == taken
    assert again.widths[0] > 1.2 * narrow.shape[1]


@pytest.mark.parametrize(("text", "room"), [(LOST, 1.6), ("เวลา ๑๕.๔๕ น.", 1.0), ("", 1.0)])
def test_lines_with_room_enough_and_lines_without_leaders_are_read_once(text: str, room: float) -> None:
    again = Second(line(WHOLE, 0.99))
    (read,) = with_leaders(again, [picture(text or "ก", room)], [line(text, 0.5)])
    assert read.text == text and not again.widths
