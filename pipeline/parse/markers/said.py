"""The opening and the closing where a sentence speaks of them: ประธานกล่าวขอบคุณและปิดประชุมเวลา ๑๒.๐๐ น."""

from __future__ import annotations

import re

from pipeline.layout import Traced
from pipeline.parse.markers.marker import Kind, Marker
from pipeline.thai.fold import fold
from pipeline.thai.loose import loose
from pipeline.thai.numbers import find_times, without_dots
from pipeline.vocabulary import vocabulary

SHORT_SENTENCE = 20  # letters; what is shorter is no sentence
SAID_GAP = 12  # characters between the words and the time: `ปิดประชุม เมื่อเวลา ๑๒.๐๐ น.`

_SAID = {
    "opening": re.compile(loose(vocabulary().opening)),
    "closing": re.compile(loose(vocabulary().closing)),
}


def said(kind: Kind, text: Traced) -> Marker | None:
    """The announcement inside a sentence: ประธานกล่าวขอบคุณและปิดประชุมเวลา ๑๒.๐๐ น."""
    times = find_times(without_dots(text.text))
    for words in _SAID[kind].finditer(text.text):
        if any(words.end() <= time.start <= words.end() + SAID_GAP for time in times):
            return Marker(kind, text.cut(*words.span()), text.cut(words.end()))
    return None


def says(kind: Kind, text: Traced) -> bool:
    """Does a sentence speak of the announcement, with or without a time?"""
    return len(fold(text.text)) > SHORT_SENTENCE and _SAID[kind].search(text.text) is not None
