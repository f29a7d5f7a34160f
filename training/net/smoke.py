"""The whole road from nothing to a model file on a tiny set: `python -m training.net smoke`.

It shows that training starts, goes on from its checkpoint and learns, and that the exported file is one the program
reads. It says nothing of how well.
"""

from __future__ import annotations

import json
import tempfile
from itertools import islice
from pathlib import Path

from pipeline.ocr.recogniser import Recogniser
from training.lines.faces import held_out_faces, train_faces
from training.lines.stream import line_stream
from training.net.export import export
from training.net.train import Plan, train

MINUTES = 0.5
LINES = 20


def smoke() -> dict[str, object]:
    """Train twice for seconds, export, read; returns what was seen.

    Raises:
        RuntimeError: a step of the road did not do its part.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for minutes in (MINUTES / 2, MINUTES):
            train(Plan(folder, minutes, corpus=None, workers=0))
        first, last = (json.loads(row) for row in (folder / "log.jsonl").read_text("utf-8").splitlines())
        if last["lines"] <= first["lines"] or last["loss"] >= first["loss"]:
            raise RuntimeError(f"training did not go on from its checkpoint: {first}, then {last}")
        model = folder / "model.onnx"
        export(folder / "checkpoint.pt", model)
        lines = list(islice(line_stream(1, None, held_out_faces() or train_faces()), LINES))
        read = Recogniser(model).read([pixels for pixels, _ in lines])
        if len(read) != len(lines) or not model.with_suffix(".json").exists():
            raise RuntimeError("the exported model does not read lines, or has no card")
        return {"first": first, "last": last, "model_bytes": model.stat().st_size, "lines_read": len(read)}
