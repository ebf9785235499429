"""A store that an earlier version wrote is brought up to date when it is opened for writing."""

import sqlite3
import struct
import zlib
from collections.abc import Iterable
from pathlib import Path

import msgspec
import pytest
from answers import answers, differences
from factories import corpus

from graph.backends import sqlite_base
from graph.connect import connect
from graph.store import Batch
from ontology.errors import StoreVersionError

SCHEMA_2 = Path(__file__).parent / "data/schema_2.sql"


def write_version_2(path: Path, batches: Iterable[Batch]) -> None:
    """What version 2 kept of documents, without what follows from them."""
    encode = msgspec.msgpack.encode
    with sqlite3.connect(path) as db:
        db.executescript(SCHEMA_2.read_text(encoding="utf-8"))
        for one in batches:
            pages, text = encode(one.pages), one.text.encode()
            raw = struct.pack("<II", len(pages), len(text)) + zlib.compress(pages + text + encode(one.record), 1)
            source = one.record.source
            row = (one.path, bytes.fromhex(source.sha256), source.file, raw)
            db.execute("INSERT INTO file (path, sha, name, batch) VALUES (?, ?, ?, ?)", row)
        db.execute("UPDATE meta SET writes = 41")
        db.execute("PRAGMA user_version = 2")
    db.close()


def test_a_store_of_version_2_answers_like_one_made_now(tmp_path: Path) -> None:
    write_version_2(tmp_path / "old.db", corpus())
    old, new = connect(f"sqlite:{tmp_path / 'old.db'}"), connect(f"sqlite:{tmp_path / 'new.db'}")
    new.write_many(iter(corpus()))
    assert differences(answers(old), answers(new)) == []
    assert list(old.batches()) == list(new.batches())
    old.close()
    again = connect(f"sqlite:{tmp_path / 'old.db'}", read_only=True)
    assert differences(answers(again), answers(new)) == []


def test_a_migration_that_breaks_off_leaves_the_old_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "old.db"
    write_version_2(path, corpus())

    def broken() -> Iterable[str]:
        yield "CREATE TABLE meta (one)"
        raise OSError("no more")

    with monkeypatch.context() as patched:
        patched.setattr("graph.backends.sqlite.schema", broken)
        with pytest.raises(Exception, match="no more"):
            connect(f"sqlite:{path}")
    with sqlite3.connect(path) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (2,)
        assert db.execute("SELECT count(*) FROM file").fetchone() == (len(list(corpus())),)
    db.close()
    assert connect(f"sqlite:{path}").corpus().documents == len(list(corpus()))


def test_a_reader_of_an_old_store_is_told_what_to_do(tmp_path: Path) -> None:
    write_version_2(tmp_path / "old.db", corpus())
    with pytest.raises(StoreVersionError, match="luocdo load"):
        connect(f"sqlite:{tmp_path / 'old.db'}", read_only=True)


def test_a_store_older_than_any_release_is_refused(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "old.db") as db:
        db.execute("CREATE TABLE meta (one)")
        db.execute(f"PRAGMA user_version = {sqlite_base.OLDEST - 1}")
    db.close()
    with pytest.raises(StoreVersionError):
        connect(f"sqlite:{tmp_path / 'old.db'}")
