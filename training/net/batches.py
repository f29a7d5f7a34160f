"""Lines into batches: made by worker processes, sorted by width, padded with paper."""

from __future__ import annotations

import multiprocessing
import queue
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from training.lines.faces import Face, held_out_faces, train_faces
from training.lines.stream import line_stream
from training.net.model import HEIGHT, STRIDE
from training.text.charset import CHARSET

CLASS = {character: index + 1 for index, character in enumerate(CHARSET)}
COLUMNS = 6_400  # pixels of width in a batch, padding counted: many small steps learn faster than few large ones
POOL = 640  # lines sorted by width together
SHORT = 320  # pixels: the first lines of a training are no wider
QUEUE = 400
PATIENCE = 5.0  # seconds between looks whether the training is still there


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded lines.

    Attributes:
        ink: (lines, 1, 40, width) float32, 1 is ink.
        steps: (lines,) steps of each line that are not padding.
        labels: all labels one after another.
        lengths: (lines,) labels of each line.
        texts: what the lines say.
    """

    ink: Tensor
    steps: Tensor
    labels: Tensor
    lengths: Tensor
    texts: list[str]


Line = tuple[np.ndarray, str]


def make_batch(lines: list[Line]) -> Batch:
    """Pad lines of grey pixels, 0 ink and 255 paper, shape (40, w), to one batch."""
    width = max(pixels.shape[1] for pixels, _ in lines)
    width += -width % STRIDE
    ink = np.zeros((len(lines), 1, HEIGHT, width), np.float32)
    for row, (pixels, _) in enumerate(lines):
        ink[row, 0, :, : pixels.shape[1]] = 1.0 - pixels.astype(np.float32) / 255.0
    labels = [CLASS[character] for _, text in lines for character in text]
    return Batch(
        ink=torch.from_numpy(ink),
        steps=torch.tensor([-(-pixels.shape[1] // STRIDE) for pixels, _ in lines]),
        labels=torch.tensor(labels, dtype=torch.long),
        lengths=torch.tensor([len(text) for _, text in lines]),
        texts=[text for _, text in lines],
    )


def batches(lines: Iterator[Line], rng: np.random.Generator, short_first: int = 0) -> Iterator[Batch]:
    """Batches of about `COLUMNS` pixels, without end; the first `short_first` lines are short ones."""
    taken = 0
    while True:
        pool: list[Line] = []
        while len(pool) < POOL:
            line = next(lines)
            if taken < short_first and line[0].shape[1] > SHORT:
                continue
            taken += 1
            pool.append(line)
        pool.sort(key=lambda line: line[0].shape[1])
        groups: list[list[Line]] = [[]]
        for line in pool:
            if groups[-1] and line[0].shape[1] * (len(groups[-1]) + 1) > COLUMNS:
                groups.append([])
            groups[-1].append(line)
        for index in rng.permutation(len(groups)):
            yield make_batch(groups[index])


def stream_lines(seed: int, corpus: Path | None, faces: str, workers: int) -> Iterator[Line]:
    """Lines made by worker processes, without end."""
    if workers == 0:
        yield from line_stream(seed, corpus, _faces(faces))
        return
    context = multiprocessing.get_context("spawn")
    lines: multiprocessing.Queue[Line] = context.Queue(QUEUE)
    for worker in range(workers):
        context.Process(target=_work, args=(seed + 7919 * worker, corpus, faces, lines), daemon=True).start()
    while True:
        try:
            yield lines.get(timeout=120)
        except queue.Empty as error:
            raise RuntimeError("the processes that make lines have stopped") from error


def _work(seed: int, corpus: Path | None, faces: str, lines: multiprocessing.Queue[Line]) -> None:
    parent = multiprocessing.parent_process()
    lines.cancel_join_thread()
    for line in line_stream(seed, corpus, _faces(faces)):
        waiting = True
        while waiting:
            if parent is not None and not parent.is_alive():  # a training that was killed cannot end its workers
                return
            try:
                lines.put(line, timeout=PATIENCE)
                waiting = False
            except queue.Full:
                continue


def _faces(name: str) -> tuple[Face, ...]:
    if name == "held-out":
        return held_out_faces()
    # Laksaman is the same design as Sarabun: for the figure of an unseen face both must be unseen.
    return train_faces(without={"Sarabun", "Laksaman"} if name == "train-without-sarabun" else ())
