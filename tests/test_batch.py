"""Many documents: where each record goes, what a failure does to the others, and what is done again."""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.batch import DocumentResult, Failure, Job, RunSummary, State, convert_documents, find_jobs
from pipeline.convert import Conversion
from pipeline.errors import (
    EncryptedError,
    ExitCode,
    InputError,
    MinutesError,
    MissingDependencyError,
    OutputError,
    UsageError,
)
from pipeline.ocr import DocumentText
from pipeline.settings import Settings
from schemas import Producer, Record, Source, load_record

BATCH = importlib.import_module("pipeline.batch")


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


class FakeConverter:
    """Makes records without reading; what it does to a file is told by the file's name."""

    errors: dict[str, Exception] = {}  # noqa: RUF012
    partial: set[str] = set()  # noqa: RUF012
    seen: list[str] = []  # noqa: RUF012

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def producer(self) -> Producer:
        return Producer(program="fake", version="1", engine="none", settings=self.settings.fingerprint)

    def convert(self, path: Path, page_done: Callable[[int, int], None] | None = None) -> Conversion:
        self.seen.append(path.name)
        if path.name in self.errors:
            raise self.errors[path.name]
        if page_done:
            page_done(1, 1)
        sha256 = BATCH._sha256(path)
        record = Record(
            source=Source(file=path.name, sha256=sha256, pages=1),
            producer=self.producer(),
            status="partial" if path.name in self.partial else "ok",
        )
        lines = DocumentText(file=path.name, sha256=sha256, pages_in_file=1, engine="none", pages=())
        return Conversion(record, "text\f", lines, ())


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> type[FakeConverter]:
    monkeypatch.setattr(BATCH, "Converter", FakeConverter)
    for name in ("errors", "partial", "seen"):
        monkeypatch.setattr(FakeConverter, name, type(getattr(FakeConverter, name))())
    return FakeConverter


def run(tmp_path: Path, settings: Settings | None = None, *, force: bool = False, lines: bool = False) -> RunSummary:
    return convert_documents([tmp_path / "in"], tmp_path / "out", settings or Settings(), force=force, lines=lines)


def test_records_and_text_are_written_in_the_shape_of_the_input(tmp_path: Path, fake: type[FakeConverter]) -> None:
    files(tmp_path, "in/2560/a.pdf", "in/b.pdf")
    summary = run(tmp_path)
    out = tmp_path / "out"
    written = sorted(path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file())
    assert written == ["2560/a.json", "2560/a.txt", "b.json", "b.txt"]
    assert {document.output for document in summary.documents} == {"2560/a.json", "b.json"}
    assert load_record((tmp_path / "out/2560/a.json").read_bytes()).source.file == "a.pdf"
    assert (tmp_path / "out/b.txt").read_text() == "text\f"
    assert summary.exit_code is ExitCode.OK


def test_lines_are_written_on_demand(tmp_path: Path, fake: type[FakeConverter]) -> None:
    files(tmp_path, "in/a.pdf")
    run(tmp_path, lines=True)
    assert DocumentText.model_validate_json((tmp_path / "out/a.lines.json").read_bytes()).file == "a.pdf"


@pytest.mark.parametrize(
    ("error", "kind", "code"),
    [
        (InputError("a.pdf is empty", "Scan it again"), "input", ExitCode.BAD_INPUT),
        (EncryptedError("a.pdf needs a password", "Give it"), "encrypted", ExitCode.ENCRYPTED),
        (ZeroDivisionError("oh"), "internal", ExitCode.INTERNAL),
    ],
)
def test_a_document_that_fails_does_not_stop_the_others(
    tmp_path: Path, fake: type[FakeConverter], error: Exception, kind: str, code: ExitCode
) -> None:
    files(tmp_path, "in/a.pdf", "in/b.pdf")
    fake.errors["a.pdf"] = error
    summary = run(tmp_path)
    first, second = summary.documents
    assert (first.state, first.output, second.state) == ("failed", None, "ok")
    assert first.failure is not None
    assert (first.failure.kind, first.failure.code) == (kind, code)
    assert "a.pdf" in first.failure.message and first.failure.hint
    assert summary.exit_code is ExitCode.SOME_FAILED
    assert not (tmp_path / "out/a.json").exists()


@pytest.mark.parametrize(
    "error", [MissingDependencyError("no tesseract", "Install it"), OutputError("disk full", "Free some")]
)
def test_what_no_document_can_do_without_ends_the_run(
    tmp_path: Path, fake: type[FakeConverter], error: MinutesError
) -> None:
    files(tmp_path, "in/a.pdf", "in/b.pdf")
    fake.errors["a.pdf"] = error
    with pytest.raises(type(error)):
        run(tmp_path)
    assert fake.seen == ["a.pdf"]


def test_a_second_run_skips_what_is_done_and_does_what_is_new(tmp_path: Path, fake: type[FakeConverter]) -> None:
    files(tmp_path, "in/a.pdf")
    run(tmp_path)
    before = (tmp_path / "out/a.json").read_bytes()
    files(tmp_path, "in/b.pdf")
    summary = run(tmp_path)
    assert fake.seen == ["a.pdf", "b.pdf"]
    assert [(document.file[-5:], document.skipped, document.state) for document in summary.documents] == [
        ("a.pdf", True, "ok"),
        ("b.pdf", False, "ok"),
    ]
    assert (tmp_path / "out/a.json").read_bytes() == before


@pytest.mark.parametrize(
    "reason", ["force", "changed input", "changed settings", "partial", "damaged record", "failed before"]
)
def test_a_document_is_done_again_for_a_reason(tmp_path: Path, fake: type[FakeConverter], reason: str) -> None:
    files(tmp_path, "in/a.pdf")
    if reason == "partial":
        fake.partial.add("a.pdf")
    if reason == "failed before":
        fake.errors["a.pdf"] = InputError("a.pdf is empty", "Scan it again")
    run(tmp_path)
    fake.errors.clear()
    if reason == "changed input":
        (tmp_path / "in/a.pdf").write_bytes(b"another scan")
    if reason == "damaged record":
        (tmp_path / "out/a.json").write_text("{")
    summary = run(tmp_path, Settings(dpi=400) if reason == "changed settings" else None, force=reason == "force")
    assert fake.seen == ["a.pdf", "a.pdf"]
    assert not summary.documents[0].skipped
    assert load_record((tmp_path / "out/a.json").read_bytes()).source.file == "a.pdf"


def test_an_output_folder_that_cannot_be_made_is_told_before_work_begins(
    tmp_path: Path, fake: type[FakeConverter]
) -> None:
    files(tmp_path, "in/a.pdf", "out")  # a file stands where the folder should be
    with pytest.raises(OutputError) as caught:
        run(tmp_path)
    assert caught.value.code is ExitCode.OUTPUT
    assert caught.value.hint
    assert fake.seen == []


def test_a_watcher_is_told_of_every_document(tmp_path: Path, fake: type[FakeConverter]) -> None:
    files(tmp_path, "in/a.pdf", "in/b.pdf")
    fake.errors["a.pdf"] = InputError("a.pdf is empty", "Scan it again")
    told: list[tuple[str, str]] = []

    class Watcher:
        def start(self, documents: int) -> None:
            told.append(("start", str(documents)))

        def begin(self, job: Job) -> None:
            told.append(("begin", job.name))

        def pages(self, done: int, total: int) -> None:
            told.append(("pages", f"{done}/{total}"))

        def end(self, job: Job, result: DocumentResult, conversion: Conversion | None) -> None:
            told.append(("end", f"{job.name} {result.state} {conversion is not None}"))

    convert_documents([tmp_path / "in"], tmp_path / "out", Settings(), watcher=Watcher())
    assert told == [
        ("start", "2"),
        ("begin", "a"),
        ("end", "a failed False"),
        ("begin", "b"),
        ("pages", "1/1"),
        ("end", "b ok True"),
    ]
