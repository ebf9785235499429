"""Each sentence of ``graph.store.Store`` about writing, order and errors, on every store."""

import itertools
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
import pytest
from answers import answers, differences
from factories import CT33, batch, cite, corpus

import graph.facts
from graph.connect import connect
from graph.store import Batch, InstrumentFilter, Store
from ontology.errors import InvalidInputError, NotFoundError, StoreUnavailableError, StoreVersionError


def filled(store: Store) -> Store:
    for one in corpus():
        store.write(one)
    return store


def test_writing_the_same_batch_twice_changes_nothing(store: Store) -> None:
    before = answers(filled(store))
    for one in corpus():
        store.write(one)
    assert differences(before, answers(store)) == []


def test_writing_many_gives_how_many_were_new_or_changed(store: Store) -> None:
    assert store.write_many(iter(corpus())) == 4
    changed = corpus()[0]
    other = msgspec.structs.replace(changed, text=changed.text + "\nThêm.\n")
    assert store.write_many(iter([*corpus()[1:], other])) == 1


def test_writing_many_answers_as_writing_one_by_one(store: Store) -> None:
    one_by_one = answers(filled(connect("memory:")))
    store.write_many(iter(corpus()))
    assert differences(one_by_one, answers(store)) == []


def test_a_path_written_again_with_other_content_replaces_its_facts(store: Store) -> None:
    filled(store)
    new = batch("/a/ke-hoach-30.txt", "KẾ HOẠCH số 31/KH-UBND\n", type="ke_hoach", number="31", symbol="KH-UBND")
    store.write(new)
    fresh = connect("memory:")
    for one in [new, *corpus()[1:]]:
        fresh.write(one)
    assert differences(answers(fresh), answers(store)) == []
    assert not any("33/CT-TTg" in r.label for r in store.instruments())


def test_a_removed_document_takes_its_facts_along(store: Store) -> None:
    filled(store)
    for one in corpus():
        store.remove(one.path)
    assert store.instruments() == []
    assert store.obligations() == []
    assert store.search("kế hoạch") == []
    assert store.find_bodies("UBND") == []
    assert store.status().corpus.documents == 0


def test_two_paths_with_equal_content_are_one_document(store: Store) -> None:
    filled(store)
    copy = msgspec.structs.replace(corpus()[0], path="/b/ban-sao.txt")
    before = store.status()
    store.write(copy)
    after = store.status()
    assert (after.duties, after.corpus.documents) == (before.duties, before.corpus.documents)
    [ref] = [r for r in store.instruments(InstrumentFilter(loaded=True)) if r.number == "30"]
    assert store.instrument(ref.id).files == ("/a/ke-hoach-30.txt", "/b/ban-sao.txt")
    store.remove("/a/ke-hoach-30.txt")
    assert store.instrument(ref.id).files == ("/b/ban-sao.txt",)
    assert store.status().duties == before.duties


def test_a_failed_write_leaves_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(store)
    before = answers(store)
    for module in ("graph.backends.memory", "graph.backends.sqlite", "graph.backends.neo4j_prepared"):
        monkeypatch.setattr(f"{module}.facts_of", _broken)
    other = batch("/a/ke-hoach-30.txt", "Nội dung khác", number="9", symbol="KH-UBND", type="ke_hoach")
    with pytest.raises(RuntimeError):
        store.write(other)
    monkeypatch.undo()
    assert differences(before, answers(store)) == []


def _broken(_: Batch) -> None:
    raise RuntimeError("giữa chừng")


def test_of_many_those_before_a_failure_are_kept(store: Store) -> None:
    def failing() -> Iterator[Batch]:
        yield from corpus()[:2]
        raise OSError("mất đĩa")

    with pytest.raises(OSError, match="mất đĩa"):
        store.write_many(failing())
    fresh = connect("memory:")
    fresh.write_many(iter(corpus()[:2]))
    assert differences(answers(fresh), answers(store)) == []


def test_the_order_of_writing_does_not_matter(another: Callable[[], str]) -> None:
    wanted = None
    for order in itertools.islice(
        itertools.permutations(corpus()), 0, 24, 23 if another().startswith(("bolt", "neo4j")) else 7
    ):
        store = connect(another())
        for one in order:
            store.write(one)
        found = answers(store)
        wanted = wanted or found
        assert differences(wanted, found) == []
        store.close()


def test_batches_come_back_as_they_were_written_by_path(store: Store) -> None:
    filled(store)
    assert list(store.batches()) == sorted(corpus(), key=lambda b: b.path)


def test_the_text_comes_back_unchanged(store: Store) -> None:
    text = "Kế hoạch\r\n\u200b Nguyễn \U0001f4c4 e\u0301\n"
    store.write(batch("/x", text))
    [info] = store.documents()
    assert store.source_text(info.sha256) == text


def test_a_text_without_facts_is_a_document(store: Store) -> None:
    store.write(batch("/x", "", issuers=(), jurisdiction=None))
    [ref] = store.instruments()
    assert ref.loaded
    assert store.instrument(ref.id).duties == ()


@pytest.mark.parametrize("question", ["instrument", "implementers", "basis", "body", "duties", "neighbourhood"])
def test_an_unknown_iri_is_not_found(store: Store, question: str) -> None:
    filled(store)
    with pytest.raises(NotFoundError):
        getattr(store, question)("https://w3id.org/luocdo/instrument/vn/x/luat/x/99999")


def test_an_unknown_path_or_text_is_not_found(store: Store) -> None:
    with pytest.raises(NotFoundError):
        store.remove("/khong/co")
    with pytest.raises(NotFoundError):
        store.source_text("0" * 64)


def test_closing_twice_is_harmless(store: Store) -> None:
    filled(store)
    store.close()
    store.close()


def test_many_threads_read_the_same(store: Store) -> None:
    filled(store)
    wanted = answers(store)
    with ThreadPoolExecutor(8) as pool:
        for found in pool.map(lambda _: answers(store), range(8)):
            assert differences(wanted, found) == []


def test_readers_see_whole_documents_while_another_thread_writes(store: Store) -> None:
    filled(store)

    def write() -> None:
        for n in range(10):
            store.write(
                batch(f"/n/{n}", f"Số {n}\nChỉ thị số 33/CT-TTg", citations=[cite("Chỉ thị số 33/CT-TTg", **CT33)])
            )

    with ThreadPoolExecutor(4) as pool:
        writing = pool.submit(write)
        reads = [pool.submit(lambda: [store.search("chỉ thị"), store.relations(), store.status()]) for _ in range(20)]
        writing.result()
        for read in reads:
            read.result()
    assert store.status().corpus.documents == 14


def test_a_sqlite_store_stays_after_closing(tmp_path: Path) -> None:
    url = f"sqlite:{tmp_path / 'x.db'}"
    first = filled(connect(url))
    wanted = answers(first)
    first.close()
    again = connect(url)
    assert differences(wanted, answers(again)) == []
    again.close()


def test_a_store_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    import sqlite3

    path = tmp_path / "x.db"
    connect(f"sqlite:{path}").close()
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(StoreVersionError):
        connect(f"sqlite:{path}")


def test_a_file_that_is_no_store_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    path.write_text("đây không phải cơ sở dữ liệu" * 100, encoding="utf-8")
    with pytest.raises(StoreUnavailableError):
        connect(f"sqlite:{path}")


@pytest.mark.parametrize("url", ["", "luocdo.db", "mysql:x"])
def test_an_unknown_scheme_is_refused_with_an_example(url: str) -> None:
    with pytest.raises(InvalidInputError, match="memory:"):
        connect(url)


def test_facts_are_a_pure_function_of_the_batch() -> None:
    for one in corpus():
        assert graph.facts.facts_of(one) == graph.facts.facts_of(one)


def test_a_text_that_is_read_anew_with_another_title_keeps_its_place(store: Store) -> None:
    text = "KẾ HOẠCH không số\n\nSở rà soát."
    store.write(batch("/a", text, type="ke_hoach", title="Bảo vệ rừng năm 2021"))
    [before] = store.instruments()
    store.write(batch("/a", text, type="ke_hoach", title="Bảo vệ và phát triển rừng năm 2021"))
    [after] = store.instruments()
    assert (after.id, after.title) == (before.id, "Bảo vệ và phát triển rừng năm 2021")


def test_of_one_path_given_several_times_at_once_the_last_has_the_word(store: Store) -> None:
    first, other = corpus()[0], corpus()[1]
    changed = msgspec.structs.replace(other, path=first.path)
    assert store.write_many(iter([first, first])) == 1
    assert store.write_many(iter([changed, first])) == 2
    assert store.batch(first.path) == first
    assert store.write_many(iter([changed, changed, first, changed])) == 3
    assert store.batch(first.path) == changed
