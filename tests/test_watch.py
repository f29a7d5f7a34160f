"""`minutes watch` and `minutes status` as a user meets them, in a process of their own."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from folders import until

ROOT = Path(__file__).parents[1]
ONE_PAGE = ROOT / "samples/school-board-1-2562.png"


def test_what_arrives_is_converted_bad_files_do_not_end_it_and_a_signal_does(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    (folder / "before.pdf").write_text("no pdf at all", "utf-8")
    command = [sys.executable, "-m", "pipeline.cli", "watch", str(folder), str(out), "-j", "1", "--settle", "0.2"]
    watcher = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)
    try:
        until((out / "failures.jsonl").exists)
        (folder / "empty.pdf").touch()
        partly = folder / "scan.part"  # another ending: not taken until it has its own
        shutil.copy(ONE_PAGE, partly)
        partly.rename(folder / "scan.png")
        until((out / "scan.json").exists)
        until(lambda: (out / "failures.jsonl").read_text("utf-8").count("\n") == 2)
    finally:
        watcher.send_signal(signal.SIGTERM)
        _, told = watcher.communicate(timeout=120)
    assert watcher.returncode == 0
    assert "Traceback" not in told
    assert "stopped; what was converted is kept" in told
    named = sorted(json.loads(line)["file"] for line in (out / "failures.jsonl").read_text("utf-8").splitlines())
    assert [Path(name).name for name in named] == ["before.pdf", "empty.pdf"], "each failed once"
