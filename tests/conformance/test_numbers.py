"""Of the thousands that bear a number the SQLite store reads few: the list is the one that reading all would give."""

import random
import sqlite3
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from answers import answers, differences
from factories import batch, bearer, cite, deadline, duty

from graph.backends import sqlite_base
from graph.backends.sqlite import SqliteStore
from graph.finding import rank_instruments, read_typed
from graph.judgements import judgement
from graph.store import Batch, Store

_PLACES = ("quang-ngai", "ha-giang", "tay-ninh", "son-la")
_KINDS = (("ke_hoach", "KH-SCT"), ("ke_hoach", "KH-UBND"), ("quyet_dinh", "QĐ-UBND"), ("nghi_quyet", "NQ-HĐND"))
_TYPED = (
    "kế hoạch 7",
    "KH 7",
    "7",
    "7/KH-SCT",
    "7/KH-SCT ngày 05/3/2021",
    "7/KH-SCY",
    "kế hoạch 7 năm 2022",
    "kế hoạch 7 sở công thương hà giang",
    "quyết định 7/QĐ-UBND",
    "nghị quyết 7/2021/NQ-HĐND",
    "nghị quyết 7/NQ-HĐND năm 2021",
    "7a/KH-SCT",
    "công văn 7",
)


_TERMS = (
    None,
    deadline("recurring", "P3M", last_day="2023-12-31"),
    deadline("continuous", last_day="2023-06-30"),
    deadline("before", last_day="2023-07-15"),
)


def _documents(chance: random.Random) -> list[Batch]:
    """Many documents of two numbers, with years in numbers, open mentions, and dates that disagree."""
    found = []
    for n in range(420):
        type_, symbol = chance.choice(_KINDS)
        number = chance.choice(("7", "7", "7", "8", "7a", "07"))
        year = chance.randint(2018, 2024)
        told = f"{number}/{chance.choice((year, year, year - 1))}" if type_ == "nghi_quyet" and n % 2 else number
        date = chance.choice((None, f"{year}", f"{year}-{chance.randint(1, 12):02}-05"))
        mention = f"Kế hoạch số 7/{chance.choice(('KH-SCT', 'KH-UBND'))}"
        found.append(
            batch(
                f"/d/{n}.txt",
                f"Văn bản thứ {n}\nThực hiện {mention} của cấp trên",
                citations=[cite(mention, type="ke_hoach", number="7", symbol=mention.split("/")[1])],
                type=type_,
                number=told,
                symbol=symbol,
                date=date,
                jurisdiction=chance.choice(_PLACES),
                duties=[duty(f"Văn bản thứ {n}", bearers=(bearer("Văn phòng"),), deadline=chance.choice(_TERMS))],
                title=f"Việc {chance.choice(('đất đai', 'y tế', 'giáo dục'))}",
            )
        )
    return found


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> SqliteStore:
    made = SqliteStore(str(tmp_path_factory.mktemp("numbers") / "x.db"))
    made.write_many(iter(_documents(random.Random(11))))  # noqa: S311 - to be repeated, no secret
    return made


@pytest.mark.parametrize("text", _TYPED)
@pytest.mark.parametrize("limit", [1, 5, 20, 1000])
def test_the_first_of_a_number_are_those_that_reading_all_gives(shelf: SqliteStore, text: str, limit: int) -> None:
    typed = read_typed(text)
    assert typed.num == 7
    with shelf.state():
        everything = shelf.nodes_numbered(7)
        assert len(everything) > 200
        assert rank_instruments(typed, shelf.nodes_like(typed, limit), limit) == rank_instruments(
            typed, everything, limit
        )


def test_most_nodes_of_a_number_are_not_read(shelf: SqliteStore) -> None:
    typed = read_typed("số 7")
    with shelf.state():
        assert len(shelf.nodes_like(typed, 5)) < len(shelf.nodes_numbered(7)) / 2


@pytest.mark.parametrize("text", ["chỉ thị 33/CT-TTg", "quyết định 436/QĐ-UBND"])
def test_an_instrument_that_people_joined_wrongly_is_found_by_either_of_its_names(store: Store, text: str) -> None:
    directive, decision = "Chỉ thị số 33/CT-TTg", "Quyết định số 436/QĐ-UBND"
    store.write(
        batch(
            "/plan",
            f"KẾ HOẠCH\n\nThực hiện {directive} và {decision}.\n",
            citations=[
                cite(directive, type="chi_thi", number="33", symbol="CT-TTg"),
                cite(decision, type="quyet_dinh", number="436", symbol="QĐ-UBND"),
            ],
        )
    )
    one, two = (
        store.explain(found.id).parts[0].identity
        for named in (directive, decision)
        for found in store.find_instruments(named)
    )
    store.judge(judgement("same", one, two, by="Hoa", reason="nhầm", at="2026-11-20T08:00:00Z"))
    [found] = store.find_instruments(text)
    assert found.exact


def test_version_3_is_brought_forward_in_place(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "x.db"
    batches = list(islice(_documents(random.Random(3)), 60))  # noqa: S311 - to be repeated, no secret
    today = SqliteStore(str(path))
    today.write_many(iter(batches))
    wanted, numbers, days = answers(today), _rows(path, "number"), _rows(path, "duty_due")
    today.close()
    db = sqlite3.connect(path)
    db.executescript(
        "CREATE TABLE old (num INTEGER, node INTEGER, PRIMARY KEY (num, node)) WITHOUT ROWID;"
        "INSERT INTO old SELECT DISTINCT num, node FROM number; DROP TABLE number;"
        "ALTER TABLE old RENAME TO number; UPDATE duty_due SET body = 0 WHERE body = -1;"
        "DROP INDEX node_loaded; PRAGMA user_version = 3;"
    )
    before = db.execute("SELECT rowid, * FROM document").fetchall()
    db.close()
    again = SqliteStore(str(path))
    assert "phiên bản 3" in caplog.text
    assert differences(wanted, answers(again)) == []
    assert again.write_many(iter(batches)) == 0
    again.close()
    assert _rows(path, "number") == numbers
    assert _rows(path, "duty_due") == days
    assert {body for body, *_ in days} >= {-1, 0}
    db = sqlite3.connect(path)
    assert db.execute("SELECT rowid, * FROM document").fetchall() == before
    assert db.execute("PRAGMA user_version").fetchone()[0] == sqlite_base.VERSION
    schema = [sql for (sql,) in db.execute("SELECT sql FROM sqlite_schema WHERE name = 'number'")]
    assert all(sql in sqlite_base.query("schema") for sql in schema)
    db.close()


def _rows(path: Path, table: str) -> list[tuple[Any, ...]]:
    db = sqlite3.connect(path)
    rows = db.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608 - our own names
    db.close()
    return rows
