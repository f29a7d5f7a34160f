"""A run on a Dask cluster of this machine: a scheduler, two workers, one of them killed; the same bytes come out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest
from fakes import FakeReader, pages_read
from folders import contents, until, written

from pipeline.batch import Where, convert_documents
from pipeline.errors import MissingDependencyError
from pipeline.settings import Settings

pytest.importorskip("distributed", reason="dask.distributed is not installed")

ROOT = Path(__file__).parents[1]
QUICK = Settings(retry_pause=0)
DOCUMENTS = "a.pdf pages=20 {} \n b/c.pdf pages=9 \n b/d.pdf open=input \n e.pdf"


@contextmanager
def dask(*words: str) -> Iterator[subprocess.Popen[bytes]]:
    """`dask scheduler` or `dask worker` with these words, ended with the context."""
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"}
    process = subprocess.Popen(
        [sys.executable, "-m", "dask", *words, "--no-dashboard"],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def test_a_cluster_that_loses_a_worker_writes_what_one_machine_writes(tmp_path: Path) -> None:
    written(tmp_path, DOCUMENTS.format("page7=once-wait"))
    known = tmp_path / "scheduler.json"
    worker = ("worker", "--scheduler-file", str(known), "--no-nanny", "--nthreads", "1", "--host", "127.0.0.1")
    scheduler = ("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(known))
    with dask(*scheduler), dask(*worker) as first, dask(*worker, "--name", "second"):
        until(known.exists)
        until(lambda: bool(known.read_text("utf-8").strip()))
        address = json.loads(known.read_text("utf-8"))["address"]

        def kill() -> None:
            until((tmp_path / "waiting").exists)
            first.kill()
            (tmp_path / "gate").touch()

        killer = Thread(target=kill)
        killer.start()
        summary = convert_documents(
            [tmp_path / "in"], tmp_path / "out", QUICK, where=Where(scheduler=address), make_reader=FakeReader
        )
        killer.join()
        assert first.poll() is not None
        assert summary.counts == {"ok": 3, "failed": 1}
        read = len(pages_read(tmp_path))
        again = convert_documents(
            [tmp_path / "in"], tmp_path / "out", QUICK, where=Where(scheduler=address), make_reader=FakeReader
        )
        assert [document.skipped for document in again.documents] == [True, True, True, False]
        assert len(pages_read(tmp_path)) == read
    assert read <= 30 + 4, "only what the lost worker had before it is read again"
    convert_documents([tmp_path / "in"], tmp_path / "calm", QUICK, make_reader=FakeReader)
    assert contents(tmp_path / "out") == contents(tmp_path / "calm")


def test_a_scheduler_that_is_not_there_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.batch.cluster.CONNECT_S", 1)
    written(tmp_path, DOCUMENTS.format(""))
    with pytest.raises(MissingDependencyError) as caught:
        convert_documents(
            [tmp_path / "in"],
            tmp_path / "out",
            QUICK,
            where=Where(scheduler="tcp://127.0.0.1:9"),
            make_reader=FakeReader,
        )
    assert "tcp://127.0.0.1:9" in caught.value.what and "dask scheduler" in caught.value.hint


def test_folders_that_are_urls_hold_the_same_as_folders(tmp_path: Path) -> None:
    written(tmp_path, DOCUMENTS.format("page7=page"))
    where = Where(ledger=tmp_path / "ledger")
    url = f"file://{tmp_path}"
    for _ in range(2):
        summary = convert_documents([f"{url}/in"], f"{url}/out", QUICK, where=where, make_reader=FakeReader)
    assert [Path(document.file).name for document in summary.documents] == ["a.pdf", "c.pdf", "d.pdf", "e.pdf"]
    assert summary.counts == {"ok": 2, "partial": 1, "failed": 1}
    assert [document.skipped for document in summary.documents] == [False, True, False, True]
    convert_documents([tmp_path / "in"], tmp_path / "calm", QUICK, make_reader=FakeReader)
    assert contents(tmp_path / "out") == contents(tmp_path / "calm")
