"""The short form of tests/soak.py: ``luocdo load`` killed, stopped, beside another, on a full disk."""

import sqlite3
from pathlib import Path

import pytest
import soak
from typer.testing import CliRunner

from api.cli import app
from graph.connect import connect

DOCUMENTS = 24


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> soak.Corpus:
    return soak.Corpus(tmp_path_factory.mktemp("texts") / "documents", DOCUMENTS)


@pytest.mark.parametrize(
    ("after", "pause", "pool"),
    [(0, 0.02, False), (5, 0.0, False), (9, 0.01, True), (14, 0.03, False), (21, 0.0, False)],
)
def test_a_load_that_is_killed_leaves_whole_documents_no_process_and_is_completed_by_the_next(
    texts: soak.Corpus, tmp_path: Path, after: int, pause: float, pool: bool
) -> None:
    soak.kill_round(texts, tmp_path / "x.db", after, pause, pool=pool)


@pytest.mark.parametrize(("after", "pool"), [(11, False), (7, True)])
def test_a_load_that_is_stopped_by_the_keyboard_ends_with_130_and_whole_documents(
    texts: soak.Corpus, tmp_path: Path, after: int, pool: bool
) -> None:
    kept = soak.stop_round(texts, tmp_path / "x.db", after, pool=pool)
    assert kept >= after - 4  # what was told before is safe but for the last few


def test_two_loads_at_once_wait_for_each_other(texts: soak.Corpus, tmp_path: Path) -> None:
    soak.two_at_once(texts, tmp_path / "x.db")


def test_a_full_disk_is_told_in_one_line_and_the_load_is_completed_when_there_is_room(
    texts: soak.Corpus, tmp_path: Path
) -> None:
    try:
        with soak.small_disk(tmp_path / "disk", "2000k") as grow:
            soak.fill_disk(texts, tmp_path / "disk", grow)
    except soak.NoDiskError as error:
        pytest.skip(f"{error}: RLIMIT_FSIZE in test_store_faults.py does instead")


def test_a_newer_database_is_refused_in_one_line_and_stays_as_it_is(texts: soak.Corpus, tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    connect(f"sqlite:{path}").close()
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version = 99")
    db.close()
    before = path.read_bytes()
    told = CliRunner().invoke(app, ["load", str(texts.folder), "--store", f"sqlite:{path}"])
    assert told.exit_code == 1
    assert told.stderr.startswith("luocdo: store_version: ")
    assert "cập nhật luocdo" in told.stderr
    assert len(told.stderr.splitlines()) == 1
    assert path.read_bytes() == before
