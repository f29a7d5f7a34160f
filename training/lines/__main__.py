"""A contact sheet of training lines: `python -m training.lines --sheet OUT.png --count 40 --seed 1`."""

from __future__ import annotations

import argparse
from itertools import islice
from pathlib import Path

from PIL import Image, ImageDraw

from training.lines import faces
from training.lines.stream import line_stream

_WIDTH = 1500  # pixels of a sheet
_ROW = 66


def sheet(lines: list[tuple[Image.Image, str]], target: Path) -> None:
    """Draw the pictures, each over its text."""
    face = next(face for face in faces.all_faces() if face.weight == 400)
    type_ = faces.font(face.file, 18)
    image = Image.new("L", (_WIDTH, _ROW * len(lines)), 200)
    brush = ImageDraw.Draw(image)
    for index, (drawn, text) in enumerate(lines):
        image.paste(drawn, (4, _ROW * index))
        brush.text((4, _ROW * index + 57), text, font=type_, fill=0, anchor="ls")
    image.save(target)


def main() -> None:
    """Read the command line and do it."""
    parser = argparse.ArgumentParser(prog="python -m training.lines", description=__doc__)
    parser.add_argument("--sheet", type=Path, help="write a contact sheet to this PNG")
    parser.add_argument("--count", type=int, default=40, help="lines on it")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--corpus", type=Path, help="running text, UTF-8 or .xz, one paragraph a line")
    parser.add_argument("--held-out", action="store_true", help="draw in the faces of evaluation")
    parser.add_argument("--without", action="append", default=[], metavar="FAMILY", help="leave out a family")
    parser.add_argument("--faces", action="store_true", help="list the faces that are installed")
    args = parser.parse_args()
    if args.faces:
        for face in faces.all_faces():
            part = "held out" if face.family in faces.HELD_OUT else f"{face.share:.2f}"
            print(f"{face.family}\t{face.weight}{' italic' if face.italic else ''}\t{part}\t{face.file.name}")
    if args.sheet:
        chosen = faces.held_out_faces() if args.held_out else faces.train_faces(args.without)
        stream = line_stream(args.seed, args.corpus, chosen)
        sheet([(Image.fromarray(pixels), text) for pixels, text in islice(stream, args.count)], args.sheet)


if __name__ == "__main__":
    main()
