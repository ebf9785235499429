"""A store that is opened only to ask: nothing is made, nothing changes, all answers are the same."""

import sqlite3
from pathlib import Path

import pytest
from answers import answers, differences
from factories import batch, corpus

from graph.backends.sqlite import SqliteStore
from graph.connect import connect
from ontology.errors import StoreError, StoreUnavailableError


@pytest.fixture
def path(tmp_path: Path) -> Path:
    place = tmp_path / "store.db"
    store = connect(f"sqlite:{place}")
    store.write_many(iter(corpus()))
    store.close()
    return place


def test_a_write_through_a_read_only_store_is_refused_and_nothing_changes(url: str) -> None:
    writer = connect(url)
    writer.close()
    reader = connect(url, read_only=True)
    one = batch("/x", "Một văn bản.")
    with pytest.raises(StoreError, match="chỉ để đọc"):
        reader.write(one)
    with pytest.raises(StoreError, match="chỉ để đọc"):
        reader.write_many(iter([one]))
    with pytest.raises(StoreError, match="chỉ để đọc"):
        reader.remove("/x")
    assert reader.documents() == []
    reader.close()


def test_a_read_only_store_answers_as_the_writable_one(path: Path) -> None:
    writable, reader = connect(f"sqlite:{path}"), connect(f"sqlite:{path}", read_only=True)
    assert not differences(answers(writable), answers(reader))
    writable.close()
    reader.close()


def test_a_reader_sees_what_another_process_writes_meanwhile(path: Path) -> None:
    reader, writable = connect(f"sqlite:{path}", read_only=True), connect(f"sqlite:{path}")
    before = reader.status().revision
    writable.write(batch("/x", "Một văn bản mới."))
    assert reader.status().revision != before
    assert "/x" in [d.path for d in reader.documents()]
    writable.close()
    reader.close()


def test_sqlite_itself_refuses_to_write_through_a_read_only_store(path: Path) -> None:
    reader = connect(f"sqlite:{path}", read_only=True)
    assert isinstance(reader, SqliteStore)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        reader.connections.get().execute("DELETE FROM file")
    reader.close()


def test_reading_makes_no_store_and_no_folder(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailableError, match="chưa có kho"):
        connect(f"sqlite:{tmp_path / 'sub' / 'none.db'}", read_only=True)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_is_no_store_and_stays_empty(tmp_path: Path) -> None:
    empty = tmp_path / "empty.db"
    empty.touch()
    with pytest.raises(StoreUnavailableError, match="không phải kho"):
        connect(f"sqlite:{empty}", read_only=True)
    assert empty.stat().st_size == 0
