"""The doctor names what is missing and what to type; it never fails itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import doctor
from pipeline.doctor import Finding, diagnose
from pipeline.programs import tesseract
from pipeline.settings import Settings


@pytest.fixture(autouse=True)
def look_again() -> None:
    """What was found once is remembered for the length of a run."""
    tesseract.version.cache_clear()
    tesseract.languages.cache_clear()


def by_name(settings: Settings | None = None) -> dict[str, Finding]:
    return {finding.name: finding for finding in diagnose(settings or Settings(language="tha"))}


def test_a_complete_installation_is_well() -> None:
    findings = by_name()
    assert list(findings)[:4] == ["poppler", "tesseract", "language data tha", "language data osd"]
    for name in ("poppler", "tesseract", "language data tha", "language data osd", "Thai font"):
        assert findings[name].ok, findings[name].detail
    assert findings["poppler"].detail.split(".")[0].isdigit()


def test_every_language_of_the_settings_is_looked_for() -> None:
    missing = by_name(Settings(language="tha+script/Klingon"))["language data script/Klingon"]
    assert not missing.ok
    assert missing.needed
    assert "not installed" in missing.detail
    assert missing.remedy == "apt-get install tesseract-ocr-script-klingon"


def test_missing_programs_are_found_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    findings = by_name()
    for name in ("poppler", "tesseract", "language data tha", "language data osd"):
        assert not findings[name].ok
        assert findings[name].needed
        assert findings[name].remedy.startswith("apt-get install ")
    assert not findings["Thai font"].ok
    assert not findings["Thai font"].needed


def test_half_a_poppler_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pdfinfo").write_text("#!/bin/sh\n")
    (tmp_path / "pdfinfo").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    poppler = by_name()["poppler"]
    assert not poppler.ok
    assert "pdfimages" in poppler.detail


@pytest.mark.parametrize(("kilobytes", "ok"), [(500_000, False), (8_000_000, True)])
def test_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kilobytes: int, ok: bool) -> None:
    meminfo = tmp_path / "meminfo"
    meminfo.write_text(f"MemTotal:       16000000 kB\nMemAvailable:   {kilobytes} kB\n")
    monkeypatch.setattr(doctor, "_MEMINFO", meminfo)
    memory = by_name()["memory"]
    assert memory.ok is ok
    assert "MB available" in memory.detail


def test_a_system_that_does_not_tell_its_memory_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "_MEMINFO", tmp_path / "none")
    assert by_name()["memory"].ok


def test_full_temporary_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda _: type("Usage", (), {"free": 1_000_000})())
    folder = by_name()["temporary folder"]
    assert not folder.ok
    assert folder.detail.startswith("1 MB free")
    assert "TMPDIR" in folder.remedy
