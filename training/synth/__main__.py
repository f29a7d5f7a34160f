"""`python -m training.synth`: write the samples, or generated records for measuring."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from pipeline.errors import MinutesError
from schemas import dump_record
from training.synth import records, samples

ROOT = Path(__file__).parents[2]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m training.synth", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("samples", help="write samples/, golden/ and tests/frozen/ anew")
    invent = commands.add_parser("records", help="write generated scans with their truth (.json, .txt)")
    invent.add_argument("--count", type=int, default=10)
    invent.add_argument("--seed", type=int, default=0)
    invent.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    try:
        if args.command == "samples":
            for sample, built in samples.write_all(ROOT / "samples", ROOT / "golden", ROOT / "tests" / "frozen"):
                print(f"{sample.file}: {len(built.pages)} pages, {len(built.data) / 1024:.0f} KB")
            return 0
        args.out.mkdir(parents=True, exist_ok=True)
        for number in range(args.count):
            built = records.generate(args.seed, number)
            name = built.record.source.file
            (args.out / name).write_bytes(built.data)
            (args.out / name).with_suffix(".json").write_text(dump_record(built.record), encoding="utf-8")
            (args.out / name).with_suffix(".txt").write_text(built.text, encoding="utf-8")
            print(f"{name}: {len(built.pages)} pages")
    except MinutesError as error:
        print(error, file=sys.stderr)
        return int(error.code)
    return 0


if __name__ == "__main__":
    sys.exit(main())
