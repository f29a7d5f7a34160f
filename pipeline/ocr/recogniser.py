"""The project's own line recogniser, run by onnxruntime: pictures of lines to characters with confidence."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from importlib import resources
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime

from pipeline.errors import MissingDependencyError
from pipeline.ocr.doubt import Doubt, ReadLine

Grey = npt.NDArray[np.uint8]
Probabilities = npt.NDArray[np.float32]

MODEL = "thai-lines.onnx"
BATCH_COLUMNS = 2_400  # pixels of width read together, padding counted; what fits the processor's cache is fastest
BLANK = 0
LEAST_LIKELY = 0.02  # of another reading that is kept


class Recogniser:
    """Reads pictures of single lines.

    Args:
        model: an ONNX file that carries its `charset`, `height` and `stride`; by default the shipped one.

    Raises:
        MissingDependencyError: the file is missing or is no such model.
    """

    def __init__(self, model: Path | None = None) -> None:
        path = model or shipped_model()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        try:
            data = path.read_bytes()
            self._session = onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
            card = self._session.get_modelmeta().custom_metadata_map
            self.height, self._stride, self._charset = int(card["height"]), int(card["stride"]), card["charset"]
        except Exception as error:  # onnxruntime's own errors share no base class
            raise MissingDependencyError(
                f"the recogniser's model {path.name} cannot be loaded ({type(error).__name__})",
                "Install the program again, or read with --engine tesseract",
            ) from error
        self.name = hashlib.sha256(data).hexdigest()[:12]

    def read(self, lines: Sequence[Grey]) -> list[ReadLine]:
        """Read lines: grey pixels, 0 ink and 255 paper, each of shape (height, width).

        Lines of like width are read together; the result is in the order of `lines`.
        """
        read: list[ReadLine | None] = [None] * len(lines)
        for group in self._groups(lines):
            width = max(lines[index].shape[1] for index in group)
            width += -width % self._stride
            ink = np.zeros((len(group), 1, self.height, width), np.float32)
            for row, index in enumerate(group):
                ink[row, 0, :, : lines[index].shape[1]] = 1.0 - lines[index].astype(np.float32) / 255.0
            (probabilities,) = self._session.run(None, {"ink": ink})
            for row, index in enumerate(group):
                steps = -(-lines[index].shape[1] // self._stride)
                read[index] = self._decode(probabilities[row, :steps])
        return [line for line in read if line is not None]

    def _groups(self, lines: Sequence[Grey]) -> list[list[int]]:
        groups: list[list[int]] = [[]]
        for index in sorted(range(len(lines)), key=lambda index: lines[index].shape[1]):
            if groups[-1] and lines[index].shape[1] * (len(groups[-1]) + 1) > BATCH_COLUMNS:
                groups.append([])
            groups[-1].append(index)
        return [group for group in groups if group]

    def _decode(self, probabilities: Probabilities) -> ReadLine:
        """Greedy CTC: the likeliest class of each step, repeats and blanks dropped."""
        best = probabilities.argmax(axis=1)
        sure = probabilities.max(axis=1)
        doubtful = sure < 1 - LEAST_LIKELY
        edges = np.flatnonzero(np.diff(best, prepend=-1, append=-1))
        text, confidence, starts, doubts = "", [], [], []
        for start, end in pairwise(edges):
            read = best[start]
            peak = start + int(sure[start:end].argmax() if read != BLANK else sure[start:end].argmin())
            if doubtful[peak]:
                # What the steps beside it are is the same letter still, not one that is missing.
                beside = {int(read), *(int(best[step]) for step in (start - 1, end) if 0 <= step < len(best))}
                others = self._others(probabilities[peak], beside if read == BLANK else {int(read)})
                if others:
                    likely = round(float(sure[peak]), 3)
                    doubts.append(Doubt(at=len(text), length=int(read != BLANK), likely=likely, others=others))
            if read == BLANK:
                continue
            text += self._charset[read - 1]
            confidence.append(float(sure[start:end].max()))
            starts.append(float(start) / len(best))
        return ReadLine(text, tuple(confidence), tuple(starts), tuple(doubts))

    def _others(self, likelihood: Probabilities, barred: set[int]) -> tuple[tuple[str, float], ...]:
        """The other readings of a step that are likely enough to be kept, likeliest first."""
        found = [index for index in np.flatnonzero(likelihood >= LEAST_LIKELY).tolist() if index not in barred]
        found.sort(key=lambda index: -likelihood[index])
        return tuple(
            ("" if index == BLANK else self._charset[index - 1], round(float(likelihood[index]), 3)) for index in found
        )


@cache
def shipped_model() -> Path:
    """The model file that comes with the program."""
    return Path(str(resources.files("pipeline.ocr").joinpath("models", MODEL)))
