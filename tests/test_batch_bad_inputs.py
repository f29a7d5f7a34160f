"""A folder of bad files through the whole program: no traceback, no hang, every one accounted for."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import bad_inputs
import pytest

from pipeline.batch import Where, convert_documents, find_jobs, status_of
from pipeline.cli import main
from pipeline.settings import Settings
from schemas import load_record

SECRET = "outside.pdf"
Minutes = Callable[..., tuple[int, str]]


@pytest.mark.ocr
def test_every_bad_file_is_accounted_for(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    names = bad_inputs.make(tmp_path / "in")
    assert len(names) >= 60
    settings = Settings(dpi=72, upright=False, page_timeout=60, max_memory_mb=1500)
    summary = convert_documents([tmp_path / "in"], tmp_path / "out", settings, where=Where(2))
    assert len(summary.documents) == len(names)
    told = capfd.readouterr()
    assert "Traceback" not in told.err + told.out
    unexplained = [d.file for d in summary.documents if d.failure and d.failure.kind in ("internal", "lost", "timeout")]
    assert unexplained == []
    for document in summary.documents:
        if document.failure:
            assert document.failure.message and "\n" not in document.failure.message
            assert document.failure.hint
    records = [path for path in (tmp_path / "out").rglob("*.json") if not path.name.startswith(".")]
    assert len(records) == len(names) - summary.counts["failed"]
    for path in records:
        load_record(path.read_bytes())
    assert sum(status_of(tmp_path / "out").counts.values()) == len(names)
    failed = [json.loads(line) for line in (tmp_path / "out/failures.jsonl").read_text("utf-8").splitlines()]
    assert len([line for line in failed if line["page"] is None]) == summary.counts["failed"]
    assert json.loads(summary.to_json())["counts"] == dict(summary.counts)
    assert not (tmp_path / "hurt").exists() and not Path("hurt").exists()


def test_links_that_lead_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / SECRET).touch()
    (tmp_path / "in/inside.pdf").touch()
    (tmp_path / "in/leads-out.pdf").symlink_to(tmp_path / SECRET)
    (tmp_path / "in/leads-out").symlink_to(tmp_path)
    (tmp_path / "in/stays.pdf").symlink_to(tmp_path / "in/inside.pdf")
    assert [job.name for job in find_jobs([tmp_path / "in"])] == ["inside", "stays"]
    assert [job.name for job in find_jobs([tmp_path / "in/leads-out.pdf"])] == ["leads-out"], "named by hand"


def test_a_name_as_long_as_can_be_has_outputs(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for last in "กข":
        (tmp_path / "in" / ("ก" * 82 + last + ".pdf")).touch()
    jobs = find_jobs([tmp_path / "in"])
    assert len({job.name for job in jobs}) == 2
    for job in jobs:
        assert len(f"{job.stem}.lines.json".encode()) <= 255


@pytest.fixture
def minutes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Minutes:
    """The command in an empty folder: its exit code and what it wrote to stdout."""
    monkeypatch.chdir(tmp_path)

    def run(*words: str) -> tuple[int, str]:
        monkeypatch.setattr("sys.argv", ["minutes", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        return int(ended.value.code or 0), capsys.readouterr().out

    return run


def test_a_long_run_ends_with_a_short_table(tmp_path: Path, minutes: Minutes) -> None:
    (tmp_path / "in").mkdir()
    for number in range(60):
        (tmp_path / f"in/{number}.pdf").touch()
    code, said = minutes("convert", "in", "-j", "2")
    assert code == 4
    assert "60 documents: 60 failed" in said
    assert said.count(".pdf") == 50


def test_a_dry_run_says_what_and_why_and_writes_nothing(tmp_path: Path, minutes: Minutes) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/empty.pdf").touch()
    code, said = minutes("convert", "in", "--dry-run")
    assert code == 0
    assert "in/empty.pdf: new" in said and "1 of 1 documents would be converted" in said
    assert not (tmp_path / "out").exists()
    assert minutes("convert", "in", "-q")[0] == 4
    code, said = minutes("convert", "in", "--dry-run", "--json")
    assert json.loads(said)["documents"] == [{"file": "in/empty.pdf", "convert": True, "reason": "failed before"}]
    code, said = minutes("status", "out")
    assert code == 0
    assert "1 failed" in said and "input (permanent): 1" in said
    code, said = minutes("status", "in")
    assert code == 2
