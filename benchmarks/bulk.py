"""Bulk conversion measured: `python -m benchmarks.bulk corpus|speed|overhead|kill|standin|rerun …` (docs/scaling.md).

Every command prints what it measured. Run them on a quiet machine; `speed` pairs its runs so that what else
goes on weighs on both alike.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from statistics import median
from threading import Event, Thread
from typing import Any

import cv2
import pikepdf

from benchmarks.counted import LOG, Counted
from benchmarks.standin import StandIn
from pipeline.batch import Where, convert_documents
from pipeline.convert import Converter
from pipeline.errors import InputError
from pipeline.settings import Settings, load_settings

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples"
PAGES = (1, 1, 2, 2, 2, 3, 3, 4, 4, 4)  # of a document, drawn from these
BAD_IN_A_HUNDRED = 3


def main() -> int:
    """Parse the command line and measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    commands = parser.add_subparsers(required=True)
    measures: tuple[tuple[str, Callable[..., None], dict[str, Any]], ...] = (
        ("corpus", corpus, {"folder": Path, "--documents": 1000, "--seed": 1}),
        ("speed", speed, {"folder": Path, "--rounds": 3, "--workers": 2}),
        ("overhead", overhead, {"folder": Path}),
        ("kill", kill, {"folder": Path, "--times": 20, "--seed": 1, "--workers": 2}),
        ("counted", counted, {"folder": Path, "out": Path, "log": Path, "--workers": 2}),
        ("standin", standin, {"--documents": 100_000, "--workers": 2, "--scheduler": str}),
        ("rerun", rerun, {"folder": Path}),
    )
    for name, function, words in measures:
        command = commands.add_parser(name, help=(function.__doc__ or "").splitlines()[0])
        command.set_defaults(function=function)
        for word, given in words.items():
            if isinstance(given, int):
                command.add_argument(word, type=int, default=given)
            else:
                command.add_argument(word, type=given)
    options = vars(parser.parse_args())
    options.pop("function")(**options)
    return 0


def corpus(folder: Path, documents: int, seed: int) -> None:
    """Fill FOLDER with documents: pages of samples/ in new order and number, and some bad files."""
    random_ = random.Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    sources = [pikepdf.open(path) for path in sorted(SAMPLES.glob("*.pdf"))]
    pool = [page for source in sources for page in source.pages]
    pages = 0
    for number in range(documents):
        path = folder / f"{2550 + number % 18}" / f"{number:06d}.pdf"
        path.parent.mkdir(exist_ok=True)
        if random_.randrange(100) < BAD_IN_A_HUNDRED:
            path.write_bytes(b"%PDF-1.7\n" + random_.randbytes(random_.randrange(2000)))
            continue
        chosen = [random_.choice(pool) for _ in range(random_.choice(PAGES))]
        pages += len(chosen)
        with pikepdf.new() as pdf:
            pdf.pages.extend(chosen)
            pdf.docinfo["/Title"] = f"stand-in {number}"
            pdf.save(path, deterministic_id=True)
    print(f"{documents} files, {pages} pages in {folder}")


def speed(folder: Path, rounds: int, workers: int) -> None:
    """One worker against several, in turns: pages a minute, speed-up, peak memory."""
    shares = []
    for number in range(rounds):
        seconds = {}
        for count in (1, workers) if number % 2 else (workers, 1):
            with tempfile.TemporaryDirectory(prefix="minutes-bulk-") as out, _Started(memory=True) as family:
                began = time.perf_counter()
                run = convert_documents([folder], Path(out), load_settings(), where=Where(count))
                seconds[count] = time.perf_counter() - began
            pages = sum(document.pages for document in run.documents)
            print(
                f"-j {count}: {len(run.documents)} documents, {pages} pages, {seconds[count]:.1f} s, "
                f"{60 * pages / seconds[count]:.0f} pages a minute, peak memory {family.peak_mb:.0f} MB, "
                f"{dict(run.counts)}, workers' CPU {family.cpu:.1f} s"
            )
        shares.append(seconds[1] / seconds[workers])
    print(f"speed-up of -j {workers} over -j 1: median {median(shares):.2f} of {[round(share, 2) for share in shares]}")


def overhead(folder: Path) -> None:
    """CPU seconds a document of a run with one worker, against the bare stages in this process."""
    cv2.setNumThreads(1)  # as workers have it
    converter = Converter(load_settings())
    paths = sorted(folder.rglob("*.pdf"))
    shares = []
    _run_cpu(paths[:1])  # the process that workers are forked from starts once and stays
    for _ in range(3):
        # What a run or a process needs once is in both counts of each pair, and falls out.
        bare = _bare(converter, paths) - _bare(converter, paths[:1])
        start = _run_cpu(paths[:1])
        run = _run_cpu(paths) - start
        shares.append(run / bare - 1)
        print(f"bare {bare:.1f} CPU s, run {run:.1f}: {100 * shares[-1]:+.1f} %; a run of one: {start:.1f}", flush=True)
    print(f"overhead: median {100 * median(shares):+.1f} %")


def _run_cpu(paths: list[Path]) -> float:
    before = _own_cpu()
    with tempfile.TemporaryDirectory(prefix="minutes-bulk-") as out, _Started(memory=False) as started:
        convert_documents(paths, Path(out), load_settings(), where=Where(1))
    return started.cpu + _own_cpu() - before


def _bare(converter: Converter, paths: list[Path]) -> float:
    before = _own_cpu() + _own_cpu(resource.RUSAGE_CHILDREN)  # poppler
    with tempfile.TemporaryDirectory(prefix="minutes-bulk-") as out:
        for path in paths:
            with suppress(InputError):
                converter.convert(path).write(out, path.stem)
    return _own_cpu() + _own_cpu(resource.RUSAGE_CHILDREN) - before


def kill(folder: Path, times: int, seed: int, workers: int) -> None:
    """Kill -9 a run at random instants, resume it each time, compare with an undisturbed run; count re-read pages."""
    random_ = random.Random(seed)
    command = [sys.executable, "-m", "benchmarks.bulk", "counted", str(folder), "--workers", str(workers)]
    with tempfile.TemporaryDirectory(prefix="minutes-bulk-") as scratch:
        calm, out, log = Path(scratch, "calm"), Path(scratch, "out"), Path(scratch, "read.log")
        began = time.perf_counter()
        subprocess.run([*command, str(calm), os.devnull], check=False)
        whole = time.perf_counter() - began
        killed = 0
        for _ in range(times):
            process = subprocess.Popen([*command, str(out), str(log)])
            try:
                process.wait(random_.uniform(0.05, 2 * whole / times + 3))
                continue
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.wait()
                killed += 1
        subprocess.run([*command, str(out), str(log)], check=False)
        same = _contents(calm) == _contents(out)
        read = log.read_text().splitlines()
        print(f"undisturbed {whole:.0f} s; killed {killed} times of {times}; output the same bytes: {same}")
        print(
            f"pages read to their end: {len(read)}, of them again: {len(read) - len(set(read))}; "
            f"in flight at the kills: at most {killed * workers}"
        )


def counted(folder: Path, out: Path, log: Path, workers: int) -> None:
    """One run that appends to LOG what page it read; what `kill` kills."""
    os.environ[LOG] = str(log)
    convert_documents([folder], out, load_settings(), where=Where(workers), make_reader=Counted)


def _contents(out: Path) -> dict[str, str]:
    """Hashes of what a run wrote, its ledger and list of failures left out."""
    return {
        path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in out.rglob("*")
        if path.is_file() and ".minutes" not in path.parts and path.name != "failures.jsonl"
    }


def standin(documents: int, workers: int, scheduler: str | None = None) -> None:
    """Stand-in documents, whose page work is nothing, through ledger and scheduler: their cost a document."""
    where = Where(workers, scheduler)
    with tempfile.TemporaryDirectory(prefix="minutes-bulk-") as scratch:
        folder, out = Path(scratch, "in"), Path(scratch, "out")
        for number in range(documents):
            path = folder / f"{number // 1000:04d}" / f"{number:07d}.pdf"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"%d" % number)
        for what in ("all new", "all done before"):
            before = _own_cpu()
            with _Started(memory=False) as started:
                began = time.perf_counter()
                run = convert_documents([folder], out, Settings(), where=where, make_reader=StandIn)
                seconds = time.perf_counter() - began
            own, peak = _own_cpu() - before, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(
                f"{what}: {len(run.documents)} documents, {seconds:.1f} s; CPU a document: scheduler "
                f"{1000 * own / documents:.3f} ms, workers {1000 * started.cpu / documents:.3f} ms; "
                f"peak memory of the scheduler {peak:.0f} MB",
                flush=True,
            )
        ledger = out / ".minutes/ledger.sqlite"
        with sqlite3.connect(ledger) as connection:
            (rows,) = connection.execute("SELECT COUNT(*) FROM documents").fetchone()
        size = sum(path.stat().st_size for path in ledger.parent.glob("ledger.sqlite*"))
        print(f"ledger: {rows} rows, {size / 1e6:.1f} MB, {size / rows:.0f} bytes a document")


def rerun(folder: Path) -> None:
    """Time the command over documents that are all done: FOLDER is converted first."""
    with tempfile.TemporaryDirectory(prefix="minutes-bulk-") as out:
        command = [sys.executable, "-m", "pipeline.cli", "convert", str(folder), "-q", "-o", out]
        subprocess.run(command, check=False, stderr=subprocess.DEVNULL)
        for _ in range(3):
            began = time.perf_counter()
            subprocess.run(command, check=False, stderr=subprocess.DEVNULL)
            print(f"re-run: {time.perf_counter() - began:.2f} s")


def _own_cpu(whose: int = resource.RUSAGE_SELF) -> float:
    used = resource.getrusage(whose)
    return used.ru_utime + used.ru_stime


class _Started:
    """The processes this one started, watched while it lasts.

    Args:
        memory: look at their memory twice a second; that takes some CPU time of this process.

    Attributes:
        peak_mb: the most resident memory they and this process had at one instant.
        cpu: seconds they used.
    """

    def __init__(self, *, memory: bool) -> None:
        self.peak_mb = 0.0
        self.cpu = 0.0
        self._before = 0.0
        self._stop = Event()
        self._thread = Thread(target=self._watch, daemon=True) if memory else None

    def __enter__(self) -> _Started:
        self._before = self._cpu()
        if self._thread:
            self._thread.start()
        return self

    def __exit__(self, *_: Any) -> None:
        self._stop.set()
        if self._thread:
            self._thread.join()
        self.cpu = self._cpu() - self._before  # the workers are gone: their starter counts them among its children

    def _cpu(self) -> float:
        return sum(cpu for pid, (_, cpu) in _family().items() if pid != os.getpid())

    def _watch(self) -> None:
        while not self._stop.wait(0.5):
            self.peak_mb = max(self.peak_mb, sum(megabytes for megabytes, _ in _family().values()))


def _family() -> dict[int, tuple[float, float]]:
    """This process and all it started: (resident MB, CPU seconds with ended children's) by process id."""
    told: dict[int, tuple[int, float, float]] = {}
    tick, page = os.sysconf("SC_CLK_TCK"), resource.getpagesize()
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        cpu = sum(map(int, fields[11:15])) / tick
        told[int(entry.parent.name)] = (int(fields[1]), int(fields[21]) * page / 1e6, cpu)
    family = {os.getpid()}
    while new := {pid for pid, (parent, _, _) in told.items() if parent in family} - family:
        family |= new
    return {pid: told[pid][1:] for pid in family if pid in told}


if __name__ == "__main__":
    sys.exit(main())
