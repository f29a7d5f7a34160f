"""The recogniser from nothing to the shipped file: `python -m training.net train | export | evaluate | smoke`."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import torch

from training.net.evaluate import evaluate
from training.net.export import card_text, export
from training.net.smoke import smoke
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
    judge = commands.add_parser("evaluate", help="measure the shipped model on generated scans, into its card")
    judge.add_argument("--model", type=Path, default=MODEL)
    judge.add_argument("--seed", type=int, default=5000, help="no sample and no test uses it")
    judge.add_argument("--count", type=int, default=30)
    commands.add_parser("smoke", help="the whole road on a tiny set, in a minute")
    args = parser.parse_args()
    torch.set_num_threads(1)  # the other cores make lines
    if args.command == "train":
        train(Plan(args.run, args.minutes, args.corpus, args.faces, args.workers, args.seed))
    elif args.command == "export":
        export(args.run / "checkpoint.pt", args.model)
    elif args.command == "smoke":
        print(json.dumps(smoke()))
    else:
        card = args.model.with_suffix(".json")
        figures = {"seed": args.seed, "records": args.count, **evaluate(args.seed, args.count)}
        card.write_text(card_text({**json.loads(card.read_text("utf-8")), "generated_scans": figures}), "utf-8")
        print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
