"""Databases of earlier versions are brought forward: what was read and judged is kept, all or nothing."""

import sqlite3
import struct
import zlib
from pathlib import Path
from typing import Any

import msgspec
import pytest
from answers import answers, differences
from factories import corpus
from judged import ten_and_forty, verdict

from graph.backends import sqlite, sqlite_base, sqlite_migrations
from graph.connect import connect
from graph.store import Batch
from ontology.errors import StoreVersionError

SCHEMA_2 = Path(__file__).parent / "schemas" / "sqlite-2.sql"
SINCE_2 = {"relation_confidence", "bearers_confidence", "signals"}  # what records got later


def _as_then(value: Any) -> Any:
    """A record as version 2 wrote it."""
    if isinstance(value, dict):
        return {k: _as_then(v) for k, v in value.items() if k not in SINCE_2}
    return [_as_then(v) for v in value] if isinstance(value, list) else value


def version_2(path: Path, batches: list[Batch]) -> None:
    """Write a database as version 2 did: the documents by heart, and rows of derived tables that nobody may read."""
    db = sqlite3.connect(path)
    db.execute("PRAGMA page_size = 16384")
    db.execute("PRAGMA journal_mode = WAL")
    db.executescript(SCHEMA_2.read_text("utf-8"))
    for n, batch in enumerate(batches, 1):
        pages, text = msgspec.msgpack.encode(batch.pages), batch.text.encode()
        record = msgspec.msgpack.encode(_as_then(msgspec.to_builtins(batch.record)))
        raw = struct.pack("<II", len(pages), len(text)) + zlib.compress(pages + text + record, 1)
        sha = bytes.fromhex(batch.record.source.sha256)
        db.execute("INSERT INTO file VALUES (?, ?, ?, ?, ?)", (n, batch.path, sha, batch.record.source.file, raw))
        db.execute("INSERT INTO document VALUES (?, ?, ?, 1, NULL, 0, 9, 0, 0, 0, 0, x'00')", (n, sha, n))
        db.execute("INSERT INTO duty_day VALUES ('2021-01-01', ?)", (n,))
        db.execute("INSERT INTO folded (rowid, words) VALUES (?, 'xyzxyz')", (n,))
    db.execute("UPDATE meta SET writes = 7, revision = 99, counted = 7, counts = '{}'")
    db.execute("PRAGMA user_version = 2")
    db.commit()
    db.close()


def fresh(batches: list[Batch]) -> dict[str, Any]:
    store = connect("memory:")
    store.write_many(iter(batches))
    return answers(store)


def test_a_database_of_version_2_answers_as_if_loaded_today(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "x.db"
    batches = [*corpus(), *ten_and_forty()]
    version_2(path, batches)
    store = connect(f"sqlite:{path}")
    assert "phiên bản 2" in caplog.text
    assert differences(fresh(batches), answers(store)) == []
    assert store.search("xyzxyz") == []
    assert store.write_many(iter(batches)) == 0
    store.remove(batches[0].path)
    assert differences(fresh(batches[1:]), answers(store)) == []
    store.close()
    db = sqlite3.connect(path)
    assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    new = sqlite3.connect(":memory:")
    new.executescript(sqlite_base.query("schema"))
    schema = "SELECT type, name, sql FROM sqlite_schema WHERE sql NOT NULL ORDER BY name"
    assert db.execute(schema).fetchall() == new.execute(schema).fetchall()
    new.close()
    db.close()


def test_a_reader_of_an_earlier_version_says_what_to_do_and_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    version_2(path, corpus())
    before = path.read_bytes()
    with pytest.raises(StoreVersionError, match=r"phiên bản 2.*luocdo load"):
        connect(f"sqlite:{path}", read_only=True)
    assert path.read_bytes() == before


def test_a_failure_in_the_middle_leaves_the_earlier_version_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.db"
    version_2(path, corpus())
    dump = _dump(path)
    seen: list[Batch] = []

    def failing(batch: Batch) -> Any:
        seen.append(batch)
        if len(seen) == 3:
            raise RuntimeError("giữa chừng")
        return real(batch)

    real = sqlite.facts_of
    monkeypatch.setattr(sqlite, "facts_of", failing)
    with pytest.raises(RuntimeError):
        connect(f"sqlite:{path}")
    assert _dump(path) == dump
    monkeypatch.undo()
    store = connect(f"sqlite:{path}")
    assert differences(fresh(corpus()), answers(store)) == []
    store.close()


def _dump(path: Path) -> list[Any]:
    db = sqlite3.connect(path)
    rows = db.execute("SELECT type, name, sql FROM sqlite_schema").fetchall()
    rows += db.execute("PRAGMA user_version").fetchall()
    rows += db.execute("SELECT * FROM file").fetchall() + db.execute("SELECT * FROM document").fetchall()
    db.close()
    return rows


def test_judgements_go_along_into_the_next_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:{tmp_path / 'x.db'}"
    store = connect(url)
    store.write_many(iter(ten_and_forty()))
    store.judge(verdict(store.conflicts()[0], "different"))
    wanted = answers(store)
    store.close()
    for module in (sqlite, sqlite_base, sqlite_migrations):
        monkeypatch.setattr(module, "VERSION", sqlite_base.VERSION + 1)
    again = connect(url)
    assert differences(wanted, answers(again)) == []
    again.close()
    monkeypatch.undo()
    with pytest.raises(StoreVersionError, match="bản mới hơn"):
        connect(url)
