"""What goes wrong overnight: workers and runs that are killed, hang or run out of something; nothing is lost."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from fakes import FakeReader, pages_read
from folders import PATIENCE_S, contents, until, written

from pipeline.batch import RunSummary, Where, convert_documents, status_of
from pipeline.batch.ledger import Ledger
from pipeline.errors import ExitCode, OutputError
from pipeline.settings import Settings

QUICK = Settings(retry_pause=0)
ROOT = Path(__file__).parents[1]


def run(folder: Path, settings: Settings = QUICK, workers: int = 2, **options: Any) -> RunSummary:
    where = Where(workers)
    return convert_documents([folder / "in"], folder / "out", settings, where=where, make_reader=FakeReader, **options)


def failures(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (out / "failures.jsonl").read_text("utf-8").splitlines()]


# ---------------------------------------------------------------- one page, one worker


@pytest.mark.parametrize(
    ("what", "kind", "reads"),
    [("die", "lost", 3), ("memory", "memory", 1), ("mistake", "internal", 1), ("stale", "internal", 3)],
)
def test_a_page_that_kills_its_worker_costs_that_page(tmp_path: Path, what: str, kind: str, reads: int) -> None:
    written(tmp_path, f"a.pdf pages=4 page2={what} \n b.pdf pages=2")
    first, second = run(tmp_path).documents
    assert (first.state, second.state) == ("partial", "ok")
    text = (tmp_path / "out/a.txt").read_text("utf-8").split("\f")
    assert [bool(page.split(" ", 1)[1]) for page in text[:-1]] == [False, True, False, False]
    assert Counter(pages_read(tmp_path))["a.pdf 2"] == reads
    (failure,) = failures(tmp_path / "out")
    assert (failure["kind"], failure["page"]) == (kind, 2)
    status = status_of(tmp_path / "out")
    assert [(found.kind, found.documents) for found in status.failures] == [(kind, 1)]
    assert status.worth_a_look[0].name == "a"


@pytest.mark.parametrize("workers", [1, 2])
def test_a_run_goes_on_when_every_worker_makes_room_for_a_fresh_one(tmp_path: Path, workers: int) -> None:
    swelling = "pages=2 page1=swell page2=swell"
    written(tmp_path, f"a.pdf {swelling} \n b.pdf {swelling} \n c.pdf {swelling} \n d.pdf pages=2")
    settings = Settings(retry_pause=0, max_memory_mb=900)
    assert run(tmp_path, settings, workers).counts == {"ok": 4}
    assert len(pages_read(tmp_path)) == 8


@pytest.mark.parametrize("what", ["die", "stale"])
def test_what_passes_is_tried_again_and_leaves_no_trace_in_the_output(tmp_path: Path, what: str) -> None:
    written(tmp_path, f"a.pdf pages=3 page2=once-{what} open=once-{what} \n b.pdf pages=2")
    summary = run(tmp_path)
    assert summary.counts == {"ok": 2}
    disturbed = contents(tmp_path / "out")
    convert_documents([tmp_path / "in"], tmp_path / "calm", QUICK, make_reader=FakeReader)
    assert disturbed == contents(tmp_path / "calm")


def test_a_page_that_hangs_is_stopped_and_the_document_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.batch.run.GRACE_S", 3.0)
    written(tmp_path, "a.pdf pages=3 page2=hang \n b.pdf")
    first, second = run(tmp_path, Settings(page_timeout=0.01)).documents
    assert (first.state, second.state) == ("partial", "ok")
    assert [(found["kind"], found["page"]) for found in failures(tmp_path / "out")] == [("timeout", 2)]


def test_a_document_has_a_time_limit_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.batch.run.GRACE_S", 3.0)
    written(tmp_path, "a.pdf pages=9 page1=hang")
    (document,) = run(tmp_path, Settings(page_timeout=0.01, document_timeout=0.5), workers=1).documents
    assert document.state == "partial"
    assert len(pages_read(tmp_path)) < 9
    assert "the document took longer than 0.5 s" in (tmp_path / "out/a.txt").read_text("utf-8")


@pytest.mark.parametrize("workers", [1, 3])
def test_any_number_of_workers_gives_the_same_bytes(tmp_path: Path, workers: int) -> None:
    written(tmp_path, "a.pdf pages=12 \n b.pdf open=input \n c/d.pdf pages=2 page1=page \n e.pdf")
    summary = run(tmp_path, workers=workers)
    assert [Path(document.file).name for document in summary.documents] == ["a.pdf", "b.pdf", "e.pdf", "d.pdf"]
    made = contents(tmp_path / "out")
    assert made["a.txt"].decode() == "".join(f"{number} \f" for number in range(1, 13))
    assert sorted(made) == ["a.json", "a.txt", "c/d.json", "c/d.txt", "e.json", "e.txt"]


# ---------------------------------------------------------------- the whole run

PROGRAM = """
import sys
sys.path[:0] = {paths!r}
from pathlib import Path
from fakes import FakeReader
from pipeline.batch import Where, convert_documents
from pipeline.settings import Settings
folder = Path({folder!r})
convert_documents([folder / "in"], folder / "out", Settings(), where=Where(2), make_reader=FakeReader)
"""


def started(folder: Path) -> subprocess.Popen[bytes]:
    """A run in a process of its own."""
    code = PROGRAM.format(paths=[str(ROOT), str(ROOT / "tests")], folder=str(folder))
    return subprocess.Popen([sys.executable, "-c", code])


def descendants(pid: int) -> list[int]:
    """Processes started by `pid`, and by those."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if fields[0] != "Z":
            children.setdefault(int(fields[1]), []).append(int(entry.parent.name))
    found, new = [], [pid]
    while new:
        new = [child for parent in new for child in children.get(parent, [])]
        found += new
    return found


def gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except OSError:
        return True


def test_a_run_killed_again_and_again_ends_with_the_same_bytes_and_reads_nothing_twice(tmp_path: Path) -> None:
    documents = "\n".join(f"{name}.pdf pages={10 + 7 * place}" for place, name in enumerate("abcdef"))
    written(tmp_path, documents)
    written(tmp_path / "calm", documents)
    run(tmp_path / "calm")
    random_ = random.Random(5)
    kills = 3
    for _ in range(kills):
        at = len(pages_read(tmp_path)) + random_.randrange(1, 30)
        process = started(tmp_path)
        until(lambda at=at, process=process: len(pages_read(tmp_path)) >= at or process.poll() is not None)  # type: ignore[misc]
        family = descendants(process.pid)
        process.kill()
        process.wait()
        for pid in family:
            until(lambda pid=pid: gone(pid))  # type: ignore[misc]
    assert run(tmp_path).counts == {"ok": 6}
    assert contents(tmp_path / "out") == contents(tmp_path / "calm" / "out")
    read, pages = pages_read(tmp_path), len(pages_read(tmp_path / "calm"))
    assert set(read) == set(pages_read(tmp_path / "calm"))
    assert len(read) - pages <= 2 * kills, "only the pages in flight are read again"
    assert not list((tmp_path / "out/.minutes/parts").iterdir())


def test_workers_killed_from_outside_cost_nothing(tmp_path: Path) -> None:
    written(tmp_path, "a.pdf pages=3 page2=once-wait \n b.pdf pages=40")
    process = started(tmp_path)
    until((tmp_path / "waiting").exists)
    until(lambda: len(pages_read(tmp_path)) > 20)
    workers = [pid for pid in descendants(process.pid) if os.getpgid(pid) == pid and pid != process.pid]
    assert workers
    for pid in workers:
        os.kill(pid, signal.SIGKILL)
    (tmp_path / "gate").touch()
    assert process.wait(PATIENCE_S) == 0
    assert run(tmp_path).counts == {"ok": 2}
    assert all(document.skipped for document in run(tmp_path).documents)


def test_a_second_run_into_one_folder_is_refused(tmp_path: Path) -> None:
    written(tmp_path, "a.pdf")
    with Ledger.opened(tmp_path / "out"), pytest.raises(OutputError) as caught:
        run(tmp_path)
    assert "another run" in caught.value.what and str(os.getpid()) in caught.value.what
    assert "minutes status" in caught.value.hint
    assert pages_read(tmp_path) == []
    assert run(tmp_path).counts == {"ok": 1}


# ---------------------------------------------------------------- the output folder


def test_a_disk_that_fills_ends_the_run_and_the_next_one_completes(tmp_path: Path) -> None:
    written(tmp_path, "a.pdf \n b.pdf pages=2 page2=once-full \n c.pdf")
    with pytest.raises(OutputError) as caught:
        run(tmp_path, workers=1)
    assert caught.value.code is ExitCode.OUTPUT
    assert sorted(contents(tmp_path / "out")) == ["a.json", "a.txt"]
    assert run(tmp_path).counts == {"ok": 3}
    assert Counter(pages_read(tmp_path)) == Counter(["a.pdf 1", "b.pdf 1", "b.pdf 2", "c.pdf 1"])
    assert not list((tmp_path / "out/.minutes/parts").iterdir())


def test_a_folder_of_the_output_that_cannot_be_written_half_way(tmp_path: Path) -> None:
    written(tmp_path, "a.pdf \n b/b.pdf page1=once-wait")

    def spoil() -> None:
        until((tmp_path / "waiting").exists)
        (tmp_path / "out/b").touch()  # a file where the folder has to be
        (tmp_path / "gate").touch()

    helper = Thread(target=spoil)
    helper.start()
    with pytest.raises(OutputError, match="cannot be written"):
        run(tmp_path, workers=1)
    helper.join()
    (tmp_path / "out/b").unlink()
    assert run(tmp_path).counts == {"ok": 2}
    assert Counter(pages_read(tmp_path)) == Counter(["a.pdf 1", "b.pdf 1"])


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A disk of 1 MB at `folder`."""
    folder.mkdir(parents=True)
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip("no right to mount a small disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_real_disk_that_is_full(tmp_path: Path) -> None:
    written(tmp_path, "a.pdf \n b.pdf page1=once-wait \n c.pdf")
    with small_disk(tmp_path / "out") as out:

        def fill() -> None:
            until((tmp_path / "waiting").exists)
            with (out / "filler").open("wb", buffering=0) as stream:
                try:
                    while True:
                        stream.write(bytes(512))
                except OSError:
                    (tmp_path / "gate").touch()

        helper = Thread(target=fill)
        helper.start()
        with pytest.raises(OutputError, match=r"full|space"):
            run(tmp_path, workers=1)
        helper.join()
        (out / "filler").unlink()
        assert run(tmp_path).counts == {"ok": 3}
        assert sorted(contents(out)) == ["a.json", "a.txt", "b.json", "b.txt", "c.json", "c.txt"]


def closed(folder: Path, shut: bool) -> bool:
    """Make a folder refuse new files, or take them again; modes do not stop the superuser."""
    if os.geteuid():
        folder.chmod(0o555 if shut else 0o755)
        return True
    done = subprocess.run(["chattr", "+i" if shut else "-i", str(folder)], capture_output=True, check=False)
    return done.returncode == 0


def test_an_output_folder_made_read_only_half_way(tmp_path: Path) -> None:
    (tmp_path / "probe").mkdir()
    if not closed(tmp_path / "probe", True):
        pytest.skip("no way to close a folder here")
    closed(tmp_path / "probe", False)
    written(tmp_path, "a.pdf \n b.pdf page1=once-wait")

    def close() -> None:
        until((tmp_path / "waiting").exists)
        closed(tmp_path / "out", True)
        (tmp_path / "gate").touch()

    helper = Thread(target=close)
    helper.start()
    try:
        with pytest.raises(OutputError, match="cannot be written"):
            run(tmp_path, workers=1)
    finally:
        helper.join()
        closed(tmp_path / "out", False)
    assert run(tmp_path).counts == {"ok": 2}
    assert Counter(pages_read(tmp_path)) == Counter(["a.pdf 1", "b.pdf 1"])
