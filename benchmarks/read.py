"""`python -m benchmarks.read ENGINE ORDER ANSWER`: one engine over some documents, in a process of its own.

So its memory is its own, and nothing warms up or slows down another engine. ORDER is a JSON file with a list of
[scan, pictures, dpi]; ANSWER is written as `EngineReading`.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.engines import ENGINES
from benchmarks.pages import Document
from benchmarks.reading import EngineReading
from pipeline.errors import MinutesError, MissingDependencyError

_ONE_THREAD = dict.fromkeys(("OMP_THREAD_LIMIT", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")


def read(engine: str, documents: Sequence[Document]) -> EngineReading:
    """Let `engine` read `documents` in a new process.

    Raises:
        MissingDependencyError: the engine is not installed or failed.
    """
    with tempfile.TemporaryDirectory(prefix="minutes-bench-") as folder:
        order, answer = Path(folder) / "order.json", Path(folder) / "answer.json"
        order.write_text(json.dumps([[str(d.scan), [str(p) for p in d.pictures], d.dpi] for d in documents]))
        run = subprocess.run(
            [sys.executable, "-m", "benchmarks.read", engine, str(order), str(answer)],
            cwd=Path(__file__).parents[1],
            env={**os.environ, **_ONE_THREAD},
            stderr=subprocess.PIPE,
            text=True,
        )
        if run.returncode:
            said = run.stderr.strip().splitlines() or [f"exit code {run.returncode}"]
            raise MissingDependencyError(f"{engine}: {said[-1]}", "The other engines can be measured: --engines ours")
        return EngineReading.model_validate_json(answer.read_text(encoding="utf-8"))


def main(engine: str, order: Path, answer: Path) -> int:
    """The child's part."""
    try:
        reader = ENGINES[engine]()
        done = [
            reader(Path(scan), [Path(picture) for picture in pictures], dpi)
            for scan, pictures, dpi in json.loads(order.read_text(encoding="utf-8"))
        ]
    except MinutesError as error:
        print(str(error).replace("\n", " "), file=sys.stderr)
        return int(error.code)
    told = EngineReading(engine=reader.name, documents=tuple(done), peak_mb=_peak_megabytes())
    answer.write_text(told.model_dump_json(), encoding="utf-8")
    return 0


def _peak_megabytes() -> float:
    """The most resident memory of this process or of one of its children.

    Not getrusage for this process: what Linux tells there may be of the process that started it.
    """
    status = Path("/proc/self/status").read_text(encoding="ascii")
    own = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
    return max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) / 1024  # Linux counts KiB


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])))
