"""Many documents: where each record goes, what a failure does to the others, and what is done again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from fakes import FakeReader, pages_read
from folders import written

from pipeline.batch import DocumentResult, Failure, Job, RunSummary, State, convert_documents, find_jobs
from pipeline.convert import Conversion
from pipeline.errors import ExitCode, MissingDependencyError, OutputError, UsageError
from pipeline.ocr import DocumentText
from pipeline.settings import Settings
from schemas import load_record


def files(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode())
    return folder


def names(*inputs: Path) -> list[str]:
    return [job.name for job in find_jobs(inputs)]


# ---------------------------------------------------------------- where records go


def test_a_file_alone_keeps_its_name_wherever_it_lies(tmp_path: Path) -> None:
    root = files(tmp_path, "a/b/council-3.pdf", "c/board 4.2560.TIF")
    assert names(root / "a/b/council-3.pdf", root / "c/board 4.2560.TIF") == ["council-3", "board 4.2560"]


def test_a_folder_keeps_its_shape_and_only_scans_are_taken(tmp_path: Path) -> None:
    root = files(
        tmp_path,
        *("in/2561/1.pdf", "in/2560/2.tiff", "in/2560/1.PDF", "in/z.jpeg", "in/notes.txt", "in/.hidden.pdf"),
        *("in/.cache/3.pdf", "in/list.csv", "in/page.png"),
    )
    assert sorted(names(root / "in")) == ["2560/1", "2560/2", "2561/1", "page", "z"]
    assert names(root / "in") == names(root / "in")


def test_two_documents_of_one_name_do_not_share_a_record(tmp_path: Path) -> None:
    root = files(tmp_path, "north/1.pdf", "south/1.pdf", "south/2.pdf")
    assert names(root / "north", root / "south") == ["north/1", "south/1", "2"]
    assert names(root / "north/1.pdf", root / "south/1.pdf") == ["north/1", "south/1"]


def test_two_that_differ_in_their_ending_keep_it(tmp_path: Path) -> None:
    root = files(tmp_path, "a.tif", "a.pdf", "b.pdf")
    assert sorted(names(root)) == ["a.pdf", "a.tif", "b"]


@pytest.mark.parametrize(
    "given",
    [
        ("in", "in"),
        ("in/a.pdf", "in"),
        ("in", "in/../in/b.pdf"),
    ],
    ids=" ".join,
)
def test_a_file_named_twice_is_converted_once_and_keeps_its_name(tmp_path: Path, given: tuple[str, ...]) -> None:
    root = files(tmp_path, "in/a.pdf", "in/b.pdf")
    assert names(*(root / name for name in given)) == ["a", "b"]


@pytest.mark.parametrize(
    ("made", "given"),
    [
        (("a.tif", "a.pdf", "b/a.pdf", "b/a.png"), (".",)),
        (("x/1.pdf", "y/1.pdf", "y/1.tif", "1.pdf"), ("x", "y", "1.pdf")),
        (("x/a/1.pdf", "y/a/1.pdf", "z/1.pdf"), ("x", "y/a/1.pdf", "z")),
        (("a.tif", "a.pdf", "a.tif.pdf"), (".",)),
        (("x/a/1.pdf", "y/1.pdf", "in/x/a/1.pdf"), ("x/a/1.pdf", "y/1.pdf", "in")),
    ],
)
def test_every_document_has_a_record_of_its_own(tmp_path: Path, made: tuple[str, ...], given: tuple[str, ...]) -> None:
    root = files(tmp_path, *made)
    jobs = find_jobs([root / name for name in given])
    assert len(jobs) == len(made)
    assert len({job.name for job in jobs}) == len(made)


def test_records_stay_below_the_output_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = files(tmp_path, "here/in/1.pdf", "there/in/1.pdf")
    monkeypatch.chdir(root / "here")
    for job in find_jobs([Path("in"), Path("../there/in")]):
        assert not job.folder.is_absolute()
        assert ".." not in job.folder.parts


def test_an_empty_folder_is_a_mistake_but_a_missing_file_is_a_document(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError) as caught:
        find_jobs([tmp_path / "empty"])
    assert ".pdf" in caught.value.what
    assert names(tmp_path / "missing.pdf") == ["missing"]
    assert find_jobs([]) == []


# ---------------------------------------------------------------- exit codes


def result(code: ExitCode | None = None, state: State = "ok") -> DocumentResult:
    if code is None:
        return DocumentResult(file="a.pdf", output="a.json", state=state)
    return DocumentResult(file="b.pdf", state="failed", failure=Failure(kind="input", message="broken", code=int(code)))


@pytest.mark.parametrize(
    ("documents", "code"),
    [
        ([], ExitCode.OK),
        ([result(), result(state="review"), result(state="partial")], ExitCode.OK),
        ([result(), result(ExitCode.ENCRYPTED)], ExitCode.SOME_FAILED),
        ([result(ExitCode.ENCRYPTED)], ExitCode.ENCRYPTED),
        ([result(ExitCode.BAD_INPUT), result(ExitCode.BAD_INPUT)], ExitCode.BAD_INPUT),
        ([result(ExitCode.BAD_INPUT), result(ExitCode.ENCRYPTED)], ExitCode.BAD_INPUT),
        ([result(ExitCode.INTERNAL)], ExitCode.INTERNAL),
    ],
)
def test_exit_code(documents: list[DocumentResult], code: ExitCode) -> None:
    assert RunSummary(documents=documents).exit_code is code


def test_summary_counts_states_and_is_json() -> None:
    summary = RunSummary(documents=[result(), result(), result(state="review"), result(ExitCode.BAD_INPUT)])
    assert summary.counts == {"ok": 2, "review": 1, "failed": 1}
    data = json.loads(summary.to_json())
    assert data["counts"] == {"ok": 2, "review": 1, "failed": 1}
    assert [document["file"] for document in data["documents"]] == ["a.pdf", "a.pdf", "a.pdf", "b.pdf"]
    assert summary.to_json().endswith("}\n")


# ---------------------------------------------------------------- runs


QUICK = Settings(retry_pause=0)


def run(folder: Path, settings: Settings = QUICK, **options: Any) -> RunSummary:
    return convert_documents([folder / "in"], folder / "out", settings, make_reader=FakeReader, **options)


def visible(out: Path) -> list[str]:
    """The files of an output folder, those of the ledger left out."""
    paths = [path.relative_to(out) for path in out.rglob("*") if path.is_file()]
    return sorted(path.as_posix() for path in paths if not path.parts[0].startswith("."))


def test_records_and_text_are_written_in_the_shape_of_the_input(tmp_path: Path) -> None:
    written(tmp_path, "2560/a.pdf \n b.pdf")
    summary = run(tmp_path)
    assert visible(tmp_path / "out") == ["2560/a.json", "2560/a.txt", "b.json", "b.txt"]
    assert {document.output for document in summary.documents} == {"2560/a.json", "b.json"}
    assert load_record((tmp_path / "out/2560/a.json").read_bytes()).source.file == "a.pdf"
    assert (tmp_path / "out/b.txt").read_text() == "1 \f"
    assert summary.exit_code is ExitCode.OK


def test_lines_are_written_on_demand(tmp_path: Path) -> None:
    written(tmp_path, "a.pdf")
    run(tmp_path)
    assert not (tmp_path / "out/a.lines.json").exists()
    assert not run(tmp_path, lines=True).documents[0].skipped
    assert DocumentText.model_validate_json((tmp_path / "out/a.lines.json").read_bytes()).file == "a.pdf"


@pytest.mark.parametrize(
    ("words", "kind", "code"),
    [
        ("open=input", "input", ExitCode.BAD_INPUT),
        ("open=encrypted", "encrypted", ExitCode.ENCRYPTED),
        ("open=mistake", "internal", ExitCode.INTERNAL),
        ("open=memory", "memory", ExitCode.BAD_INPUT),
        ("open=die", "lost", ExitCode.BAD_INPUT),
    ],
)
def test_a_document_that_fails_does_not_stop_the_others(tmp_path: Path, words: str, kind: str, code: ExitCode) -> None:
    written(tmp_path, f"a.pdf {words} \n b.pdf")
    summary = run(tmp_path)
    first, second = summary.documents
    assert (first.state, first.output, second.state) == ("failed", None, "ok")
    assert first.failure is not None
    assert (first.failure.kind, first.failure.code) == (kind, code)
    assert "a.pdf" in first.failure.message and first.failure.hint
    assert summary.exit_code is ExitCode.SOME_FAILED
    assert visible(tmp_path / "out") == ["b.json", "b.txt", "failures.jsonl"]
    (line,) = (tmp_path / "out/failures.jsonl").read_text("utf-8").splitlines()
    told = json.loads(line)
    assert (told["kind"], told["page"], told["file"]) == (kind, None, first.file)


@pytest.mark.parametrize(("words", "error"), [("missing", MissingDependencyError), ("output", OutputError)])
def test_what_no_document_can_do_without_ends_the_run(tmp_path: Path, words: str, error: type[Exception]) -> None:
    written(tmp_path, f"a.pdf page1={words} \n b.pdf")
    with pytest.raises(error):
        run(tmp_path)
    assert pages_read(tmp_path) == ["a.pdf 1"]


def test_a_second_run_skips_what_is_done_and_does_what_is_new(tmp_path: Path) -> None:
    written(tmp_path, "a.pdf")
    run(tmp_path)
    before = (tmp_path / "out/a.json").read_bytes()
    written(tmp_path, "b.pdf")
    summary = run(tmp_path)
    assert pages_read(tmp_path) == ["a.pdf 1", "b.pdf 1"]
    assert [(document.file[-5:], document.skipped, document.state) for document in summary.documents] == [
        ("a.pdf", True, "ok"),
        ("b.pdf", False, "ok"),
    ]
    assert (tmp_path / "out/a.json").read_bytes() == before


@pytest.mark.parametrize(
    "reason",
    ["force", "changed input", "changed settings", "damaged record", "text missing", "damaged ledger and record"],
)
def test_a_document_is_done_again_for_a_reason(tmp_path: Path, reason: str) -> None:
    written(tmp_path, "a.pdf")
    run(tmp_path)
    out = tmp_path / "out"
    if reason == "changed input":
        (tmp_path / "in/a.pdf").write_bytes(b"another scan")
    if "damaged record" in reason or "and record" in reason:
        (out / "a.json").write_text("{")
    if reason == "text missing":
        (out / "a.txt").unlink()
    if "ledger" in reason:
        (out / ".minutes/ledger.sqlite").write_text("no ledger, and long enough to be taken for one" * 100)
    settings = QUICK.model_copy(update={"dpi": 400}) if reason == "changed settings" else QUICK
    summary = run(tmp_path, settings, force=reason == "force")
    assert pages_read(tmp_path) == ["a.pdf 1", "a.pdf 1"]
    assert not summary.documents[0].skipped
    assert load_record((out / "a.json").read_bytes()).source.file == "a.pdf"
    assert run(tmp_path, settings).documents[0].skipped


@pytest.mark.parametrize("change", ["touched", "corrected by hand", "no ledger"])
def test_what_is_still_true_is_not_done_again(tmp_path: Path, change: str) -> None:
    written(tmp_path, "a.pdf")
    run(tmp_path)
    out = tmp_path / "out"
    if change == "touched":
        (tmp_path / "in/a.pdf").touch()
    if change == "corrected by hand":
        (out / "a.json").write_text((out / "a.json").read_text("utf-8").replace('"title": null', '"title": "ก"'))
    if change == "no ledger":
        for path in (out / ".minutes").glob("ledger*"):
            path.unlink()
    corrected = (out / "a.json").read_bytes()
    assert run(tmp_path).documents[0].skipped
    assert run(tmp_path).documents[0].skipped
    assert pages_read(tmp_path) == ["a.pdf 1"]
    assert (out / "a.json").read_bytes() == corrected


def test_failed_documents_and_unread_pages_are_tried_again_and_nothing_else(tmp_path: Path) -> None:
    written(tmp_path, "a.pdf open=once-input \n b.pdf pages=3 page2=once-page \n c.pdf")
    states = [document.state for document in run(tmp_path).documents]
    assert states == ["failed", "partial", "ok"]
    written(tmp_path, "d.pdf")
    again = run(tmp_path, retry_failed=True)
    assert [(document.file[-5:], document.state) for document in again.documents] == [("a.pdf", "ok"), ("b.pdf", "ok")]
    assert sorted(pages_read(tmp_path)) == ["a.pdf 1", "b.pdf 1", "b.pdf 2", "b.pdf 2", "b.pdf 3", "c.pdf 1"]
    assert run(tmp_path, retry_failed=True).documents == []


def test_an_output_folder_that_cannot_be_made_is_told_before_work_begins(tmp_path: Path) -> None:
    written(tmp_path, "a.pdf")
    (tmp_path / "out").touch()  # a file stands where the folder should be
    with pytest.raises(OutputError) as caught:
        run(tmp_path)
    assert caught.value.code is ExitCode.OUTPUT
    assert caught.value.hint
    assert pages_read(tmp_path) == []


def test_a_watcher_is_told_of_every_document(tmp_path: Path) -> None:
    written(tmp_path, "a.pdf open=input \n b.pdf pages=2")
    told: list[tuple[str, str]] = []

    class Watcher:
        def start(self, documents: int) -> None:
            told.append(("start", str(documents)))

        def begin(self, job: Job) -> None:
            told.append(("begin", job.name))

        def pages(self, job: Job, done: int, total: int) -> None:
            told.append(("pages", f"{job.name} {done}/{total}"))

        def end(self, job: Job, result: DocumentResult, conversion: Conversion | None) -> None:
            told.append(("end", f"{job.name} {result.state} {conversion is not None}"))

    run(tmp_path, watcher=Watcher(), keep=True)
    assert told == [
        ("start", "2"),
        ("begin", "a"),
        ("end", "a failed False"),
        ("begin", "b"),
        ("pages", "b 0/2"),
        ("pages", "b 1/2"),
        ("pages", "b 2/2"),
        ("end", "b ok True"),
    ]
