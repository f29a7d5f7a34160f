"""`python -m training.net train | export`: the recogniser from nothing to the file that is shipped."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import torch

from training.net.export import export
from training.net.train import Plan, train

ROOT = Path(__file__).parents[2]
RUN = ROOT / "training" / ".run"
MODEL = ROOT / "pipeline" / "ocr" / "models" / "thai-lines.onnx"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m training.net", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    learn = commands.add_parser("train", help="train, or go on from the checkpoint")
    learn.add_argument("--corpus", type=Path, help="running text, UTF-8 or .xz, one paragraph a line")
    learn.add_argument("--minutes", type=float, default=240, help="wall time in all, over restarts")
    learn.add_argument("--run", type=Path, default=RUN, help="folder of checkpoint and log")
    learn.add_argument("--faces", choices=["train", "train-without-sarabun"], default="train")
    learn.add_argument("--workers", type=int, default=1, help="processes that make lines")
    learn.add_argument("--seed", type=int, default=1)
    ship = commands.add_parser("export", help="write the ONNX file and its card")
    ship.add_argument("--run", type=Path, default=RUN)
    ship.add_argument("--model", type=Path, default=MODEL)
    args = parser.parse_args()
    torch.set_num_threads(1)  # the other cores make lines
    if args.command == "train":
        train(Plan(args.run, args.minutes, args.corpus, args.faces, args.workers, args.seed))
    else:
        export(args.run / "checkpoint.pt", args.model, {})
    return 0


if __name__ == "__main__":
    sys.exit(main())
