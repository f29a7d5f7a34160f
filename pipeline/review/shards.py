"""Data for the pages of a report, as scripts: a page that lies on a disk may load nothing else.

A script is `Found.got("rows-0", "…");` with a JSON list, compressed (zlib) and in base64.
"""

from __future__ import annotations

import base64
import json
import zlib
from pathlib import Path

from pydantic import JsonValue

from pipeline.export import write_atomically

_FULL = 200_000  # bytes before base64, which makes a third more of them: a script stays under 300 kB


class Shards:
    """A list in scripts `KIND-0.js`, `KIND-1.js`, … of `folder`, each of about the same size.

    Raises:
        OutputError: a script cannot be written.
    """

    def __init__(self, folder: Path, kind: str) -> None:
        self._folder = folder
        self._kind = kind
        self.count: int = 0
        self._begin()

    def _begin(self) -> None:
        self._packer = zlib.compressobj(9)
        self._kept = self._packer.copy()
        self._parts: list[bytes] = []
        self._size: int = 0
        self._members: int = 0

    def add(self, member: JsonValue) -> None:
        """One member more. A member is never divided: one that is larger than a script has one to itself."""
        text = json.dumps(member, ensure_ascii=False, separators=(",", ":"))
        packed = self._pack(text)
        if self._members and self._size + len(packed) > _FULL:
            self._write()
            packed = self._pack(text)
        self._parts.append(packed)
        self._size += len(packed)
        self._members += 1
        self._kept = self._packer.copy()

    def close(self) -> None:
        """Write what is left, and remove what an earlier, longer list left."""
        if self._members:
            self._write()
        number = self.count
        while (earlier := self._folder / f"{self._kind}-{number}.js").exists():
            earlier.unlink()
            number += 1

    def _pack(self, text: str) -> bytes:
        return self._packer.compress(f"{',' if self._members else '['}{text}".encode()) + self._packer.flush(
            zlib.Z_SYNC_FLUSH
        )

    def _write(self) -> None:
        end = self._kept.compress(b"]") + self._kept.flush()
        name = f"{self._kind}-{self.count}"
        data = base64.b64encode(b"".join([*self._parts, end])).decode("ascii")
        write_atomically(self._folder / f"{name}.js", f'Found.got("{name}", "{data}");\n')
        self.count += 1
        self._begin()
