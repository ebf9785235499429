"""A graph moves between stores of all kinds without loss; a copy that was stopped goes on; backups are whole."""

import json
import sqlite3
import threading
from pathlib import Path

import msgspec
import pytest
from answers import answers, differences
from factories import batch, corpus
from judged import ten_and_forty, verdict
from neo4j_server import ALONE, Server
from typer.testing import CliRunner

from api.cli import app
from graph.backends import neo4j as neo4j_backend
from graph.backends import sqlite as sqlite_backend
from graph.backup import backup
from graph.connect import connect
from graph.copying import copy, same_place
from graph.store import Batch, Store
from ontology.errors import InvalidInputError, StoreUnavailableError


def documents() -> list[Batch]:
    return [*corpus(), *ten_and_forty()]


def lived() -> Store:
    """A store with documents, one content under two paths, a judgement, one put off and one taken back."""
    store = connect("memory:")
    store.write_many(iter([*documents(), msgspec.structs.replace(documents()[3], path="/b/ban-sao.txt")]))
    conflict = next(c for c in store.conflicts() if c.kind == "number")
    store.judge(verdict(conflict, "later"))
    wrong = verdict(conflict, "same", at="2026-11-20T09:00:00Z")
    store.judge(wrong)
    store.undo(wrong.id, by="Lê Văn Nam", reason="nhầm", at="2026-11-20T10:00:00Z")
    store.judge(verdict(conflict, "different", at="2026-11-20T11:00:00Z"))
    return store


def test_a_copy_answers_as_its_source(store: Store) -> None:
    source = lived()
    seen: list[tuple[int, int, str]] = []
    report = copy(source, store, lambda *step: seen.append(step))
    assert differences(answers(source), answers(store)) == []
    assert (report.documents, report.copied, report.judgements, report.adopted) == (7, 7, 4, 4)
    assert report.equal
    assert [(done, total) for done, total, _ in seen] == [(n, 7) for n in range(1, 8)]


def test_a_store_that_is_copied_from_answers_as_its_copy(store: Store) -> None:
    source = lived()
    store.write_many(source.batches())
    store.adopt(source.judgements())
    other = connect("memory:")
    assert copy(store, other).equal
    assert differences(answers(source), answers(other)) == []


def test_copying_again_changes_nothing(store: Store) -> None:
    source = lived()
    copy(source, store)
    report = copy(source, store)
    assert (report.copied, report.unchanged, report.adopted, report.equal) == (0, 7, 0, True)


def test_what_only_the_destination_has_stays_unless_all_shall_be_equal(store: Store) -> None:
    source = lived()
    own = batch("/own", "Văn bản riêng.")
    store.write(own)
    report = copy(source, store)
    assert (report.kept, report.removed, report.equal) == (1, 0, False)
    assert store.batch("/own") == own
    report = copy(source, store, exact=True)
    assert (report.kept, report.removed, report.equal) == (0, 1, True)
    assert differences(answers(source), answers(store)) == []


class StoppedError(Exception):
    """The machine was switched off."""


@pytest.mark.parametrize("stop", [1, 3, 5])
def test_a_copy_that_was_stopped_has_whole_documents_and_goes_on(
    store: Store, stop: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_backend, "MANY", 2)
    monkeypatch.setattr(neo4j_backend, "MANY", 2)
    source = lived()

    def stopping(done: int, _total: int, _path: str) -> None:
        if done == stop:
            raise StoppedError

    with pytest.raises(StoppedError):
        copy(source, store, stopping)
    kept = list(store.batches())
    assert kept == [b for b in source.batches() if b.path in {k.path for k in kept}]
    half = connect("memory:")
    half.write_many(iter(kept))
    half.adopt(source.judgements())
    assert differences(answers(half, most=2), answers(store, most=2)) == []
    report = copy(source, store)
    assert (report.unchanged, report.copied, report.equal) == (len(kept), 7 - len(kept), True)
    assert differences(answers(source, most=2), answers(store, most=2)) == []


def test_a_document_that_was_read_anew_is_copied_though_its_file_is_the_same(store: Store) -> None:
    source = connect("memory:")
    source.write(batch("/a", "KẾ HOẠCH\n\nMột.", type="ke_hoach", title="Một"))
    copy(source, store)
    source.write(batch("/a", "KẾ HOẠCH\n\nMột.", type="ke_hoach", title="Một hai"))
    assert copy(source, store).copied == 1
    assert differences(answers(source), answers(store)) == []


def test_a_path_that_holds_another_document_is_replaced(store: Store) -> None:
    source = lived()
    store.write(batch(documents()[0].path, "Nội dung khác.", number="99"))
    assert copy(source, store).equal
    assert differences(answers(source), answers(store)) == []


def test_digests_tell_every_path_with_its_content(store: Store) -> None:
    store.write_many(lived().batches())
    assert store.digests() == {d.path: d.sha256 for d in store.documents()}
    assert list(store.digests()) == [d.path for d in store.documents()]


@ALONE
def test_a_graph_goes_to_a_server_and_back_without_loss(neo4j_server: Server, tmp_path: Path) -> None:
    source = lived()
    one, two = connect(f"sqlite:{tmp_path / '1.db'}"), connect(f"sqlite:{tmp_path / '2.db'}")
    copy(source, one)
    server = connect(neo4j_server.wipe())
    assert copy(one, server).equal
    assert copy(server, two).equal
    wanted = answers(source)
    for store in (one, server, two):
        assert differences(wanted, answers(store)) == []
        store.close()
    assert (tmp_path / "2.db").exists()


@ALONE
def test_the_command_moves_a_store_to_a_server_and_a_backup_of_it_to_a_file(
    neo4j_server: Server, tmp_path: Path
) -> None:
    first = connect(f"sqlite:{tmp_path / '1.db'}")
    copy(lived(), first)
    url = neo4j_server.wipe()
    code, out, err = run("copy", f"sqlite:{tmp_path / '1.db'}", url, "--json")
    assert code == 0, err
    assert json.loads(out)["equal"]
    assert neo4j_server.password not in out + err
    code, out, err = run("backup", tmp_path / "2.db", "--store", url, "--json")
    assert code == 0, err
    assert json.loads(out)["revision"] == first.revision()
    second = connect(f"sqlite:{tmp_path / '2.db'}", read_only=True)
    assert differences(answers(first), answers(second)) == []
    first.close()
    second.close()


# -- the commands -----------------------------------------------------------------------------------------------------

runner = CliRunner()


def run(*args: str | Path) -> tuple[int, str, str]:
    result = runner.invoke(app, [str(a) for a in args])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def here(tmp_path: Path) -> str:
    store = connect(f"sqlite:{tmp_path / 'here.db'}")
    copy(lived(), store)
    store.close()
    return f"sqlite:{tmp_path / 'here.db'}"


def test_the_command_tells_counts(here: str, tmp_path: Path) -> None:
    code, out, err = run("copy", here, f"sqlite:{tmp_path / 'there.db'}")
    assert (code, out) == (0, "")
    assert "7 tệp văn bản (7 mới hoặc thay đổi, 0 đã có), 4 quyết định (4 mới)" in err
    assert "giống hệt nhau" in err
    told = json.loads(run("copy", here, f"sqlite:{tmp_path / 'there.db'}", "--json")[1])
    assert (told["copied"], told["unchanged"], told["equal"]) == (0, 7, True)


def test_a_destination_with_more_says_how_it_becomes_equal(here: str, tmp_path: Path) -> None:
    there = connect(f"sqlite:{tmp_path / 'there.db'}")
    there.write(batch("/own", "Văn bản riêng."))
    there.close()
    assert "--exact" in run("copy", here, f"sqlite:{tmp_path / 'there.db'}")[2]
    assert "gỡ 1 tệp văn bản" in run("copy", here, f"sqlite:{tmp_path / 'there.db'}", "--exact")[2]


def test_one_place_is_not_copied_onto_itself(here: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "link.db").symlink_to("here.db")
    for other in (here, "sqlite:./here.db", "sqlite:link.db"):
        code, _, err = run("copy", here, other)
        assert (code, "một kho" in err) == (1, True)
    store = connect(here)
    with pytest.raises(InvalidInputError, match="một kho"):
        copy(store, store)
    store.close()
    assert not same_place("memory:", "memory:")


@pytest.mark.parametrize("given", [("memory:", "sqlite:x.db"), ("sqlite:x.db", "memory:")])
def test_a_store_in_memory_is_no_place_for_the_command(given: tuple[str, str]) -> None:
    code, _, err = run("copy", *given)
    assert (code, "memory:" in err) == (1, True)


def test_a_source_that_is_not_there_makes_no_destination(tmp_path: Path) -> None:
    code, _, err = run("copy", f"sqlite:{tmp_path / 'none.db'}", f"sqlite:{tmp_path / 'new.db'}")
    assert (code, "chưa có kho" in err) == (1, True)
    assert list(tmp_path.iterdir()) == []


# -- backups ----------------------------------------------------------------------------------------------------------


def test_a_backup_is_one_file_that_answers_as_the_store(here: str, tmp_path: Path) -> None:
    code, out, err = run("backup", tmp_path / "kept" / "b.db", "--store", here, "--json")
    assert code == 0
    assert "luocdo copy --exact" in err
    assert [p.name for p in (tmp_path / "kept").iterdir()] == ["b.db"]
    one, two = connect(here), connect(f"sqlite:{tmp_path / 'kept' / 'b.db'}", read_only=True)
    assert differences(answers(one), answers(two)) == []
    assert json.loads(out)["revision"] == one.revision()
    two.close()
    one.write(batch("/x", "Sau khi sao lưu."))
    one.close()
    assert run("copy", "--exact", f"sqlite:{tmp_path / 'kept' / 'b.db'}", here)[0] == 0
    back = connect(here)
    assert back.revision() == json.loads(out)["revision"]
    back.close()


def test_a_backup_goes_over_no_file(here: str, tmp_path: Path) -> None:
    (tmp_path / "b.db").write_text("quý giá", "utf-8")
    code, _, err = run("backup", tmp_path / "b.db", "--store", here)
    assert (code, "đã có" in err) == (1, True)
    assert (tmp_path / "b.db").read_text("utf-8") == "quý giá"


def test_a_backup_that_fails_leaves_no_file(here: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import graph.backup

    def failing(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(graph.backup, "_checked", failing)
    store = connect(here, read_only=True)
    with pytest.raises(StoreUnavailableError, match="chỗ trống"):
        backup(store, tmp_path / "kept" / "b.db")
    assert list((tmp_path / "kept").iterdir()) == []
    store.close()


def test_a_backup_that_is_made_while_others_write_is_one_state(tmp_path: Path) -> None:
    url = f"sqlite:{tmp_path / 'x.db'}"
    writer, reader = connect(url), connect(url, read_only=True)
    writer.write_many(iter(documents()))
    states = {writer.revision()}
    stop = threading.Event()

    def writing() -> None:
        for n in range(1000):
            if stop.is_set():
                return
            writer.write(batch(f"/n/{n}", f"KẾ HOẠCH số {n}", number=str(n), symbol="KH-UBND", type="ke_hoach"))
            states.add(writer.revision())

    thread = threading.Thread(target=writing)
    thread.start()
    try:
        reports = [backup(reader, tmp_path / f"{n}.db") for n in range(3)]
    finally:
        stop.set()
        thread.join()
    for report in reports:
        assert report.revision in states
        kept = connect(f"sqlite:{report.file}", read_only=True)
        fresh = connect("memory:")
        fresh.write_many(kept.batches())
        assert fresh.revision() == kept.revision() == report.revision
        assert differences(answers(fresh, most=1), answers(kept, most=1)) == []
        kept.close()
    writer.close()
    reader.close()
