"""An endless stream of lines to train on."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from training.lines import faces
from training.lines.faces import Face, FacePool
from training.lines.picture import picture
from training.text.source import TextSource

Line = tuple[npt.NDArray[np.uint8], str]

_KEPT = 24  # texts kept to fill neighbouring lines with
_NOTHING = 0.035  # share of pictures that say nothing


def line_stream(seed: int, corpus: Path | None = None, chosen: Sequence[Face] | None = None) -> Iterator[Line]:
    """Pictures of lines and what they say, without end; the same arguments give the same lines.

    Args:
        seed: of everything random.
        corpus: running official text, one paragraph a line (UTF-8, or packed by xz), or None for none.
        chosen: the faces to draw in; None stands for `faces.train_faces()`.

    Yields:
        Grey pixels of shape (40, w), 0 ink and 255 paper, and the text: up to 110 characters of
        `training.text.charset.CHARSET`, none for a scribble, with w / 4 at least 1.4 x (characters + repeats).
    """
    rng = np.random.default_rng(seed)
    pool = FacePool(chosen if chosen is not None else faces.train_faces())
    source = TextSource(rng, corpus)
    kept: deque[str] = deque((source.line() for _ in range(_KEPT)), maxlen=_KEPT)
    while True:
        text = source.line()
        face, kin = pool.draw(rng)
        nothing = rng.random() < _NOTHING
        drawn = picture(rng, text, face, kin, kept, nothing)
        kept.append(text)
        if drawn is not None:
            yield drawn, "" if nothing else text
