"""What a Neo4j store does beyond the contract of all stores: first use, versions, refusals, faults of the server."""

import threading

import msgspec
import neo4j
import pytest
from answers import answers, differences
from factories import batch, corpus, many
from histories import PATHS, documents
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from neo4j_server import ALONE, Server

from graph.backends import neo4j_schema
from graph.backends.neo4j import Neo4jStore
from graph.connect import connect
from graph.copying import copy
from graph.judgements import judgement, standing
from graph.store import Batch, Store
from ontology.errors import ContradictionError, StoreUnavailableError, StoreVersionError

pytestmark = ALONE


# -- first use, versions, refusals --------------------------------------------------------------------------------


def test_a_wrong_password_is_told_with_what_to_do(neo4j_server: Server) -> None:
    if not neo4j_server.user:
        pytest.fail("the server of the tests lets anybody in")
    wrong = neo4j_server.place.replace("://", "://neo4j:sai-mat-khau@", 1)
    with pytest.raises(StoreUnavailableError, match="sai tên hoặc mật khẩu") as told:
        connect(wrong)
    assert "NEO4J_PASSWORD" in told.value.message
    assert "sai-mat-khau" not in told.value.message + str(told.value.details)
    store = connect(neo4j_server.wipe())
    assert neo4j_server.password not in str(store.status())
    store.close()


def test_name_and_password_may_come_from_the_environment(neo4j_server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    neo4j_server.wipe()
    monkeypatch.setenv("NEO4J_USER", neo4j_server.user)
    monkeypatch.setenv("NEO4J_PASSWORD", neo4j_server.password)
    store = connect(neo4j_server.place)
    assert store.status().location == neo4j_server.place
    store.close()


def test_the_schema_is_made_on_first_use_and_only_by_a_writer(neo4j_server: Server) -> None:
    url = neo4j_server.empty()
    with pytest.raises(StoreUnavailableError, match="chưa có kho"):
        connect(url, read_only=True)
    with neo4j_server.session() as session:
        assert session.run("MATCH (n) RETURN count(n)").single(strict=True)[0] == 0
    connect(url).close()
    with neo4j_server.session() as session:
        indexes = {row["name"]: row for row in session.run("SHOW INDEXES YIELD name, type, options, state")}
        constraints = {row["name"] for row in session.run("SHOW CONSTRAINTS YIELD name")}
    assert {"instrument_iri", "document_sha", "file_path", "sign_id", "body_iri", "duty_key"} <= constraints
    assert {"duty_last_day", "instrument_date", "words", "labels"} <= indexes.keys()
    assert indexes["labels"]["options"]["indexConfig"]["fulltext.analyzer"] == "standard-folding"
    assert all(row["state"] == "ONLINE" for row in indexes.values())
    connect(url, read_only=True).close()


def test_a_database_with_other_data_is_refused_and_stays_as_it_was(neo4j_server: Server) -> None:
    url = neo4j_server.empty()
    with neo4j_server.session() as session:
        session.run("CREATE (:Movie {title: 'khác'})").consume()
    with pytest.raises(StoreUnavailableError, match="không phải kho của luocdo"):
        connect(url)
    with neo4j_server.session() as session:
        assert session.run("MATCH (n) RETURN labels(n)").single(strict=True)[0] == ["Movie"]
    neo4j_server.empty()


def test_a_database_that_is_not_there_is_told(neo4j_server: Server) -> None:
    with pytest.raises(StoreUnavailableError, match="không có cơ sở dữ liệu này"):
        connect(f"{neo4j_server.url}/khong-co")


def test_a_store_of_a_newer_version_is_refused(neo4j_server: Server) -> None:
    url = neo4j_server.wipe()
    connect(url).close()
    with neo4j_server.session() as session:
        session.run("MATCH (s:Store) SET s.version = 99").consume()
    with pytest.raises(StoreVersionError, match="cập nhật luocdo"):
        connect(url)
    neo4j_server.empty()


def test_an_older_store_is_brought_forward_by_a_writer_once(
    neo4j_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = neo4j_server.wipe()
    store = connect(url)
    store.write_many(iter(corpus()))
    store.close()
    ran: list[int] = []

    def step(tx: neo4j.ManagedTransaction) -> None:
        ran.append(1)
        tx.run("MATCH (d:Document) SET d.since = 2")

    monkeypatch.setattr(neo4j_schema, "VERSION", neo4j_schema.VERSION + 1)
    monkeypatch.setitem(neo4j_schema.MIGRATIONS, neo4j_schema.VERSION - 1, step)
    with pytest.raises(StoreVersionError, match="bản cũ hơn"):
        connect(url, read_only=True)
    for _ in range(2):
        store = connect(url)
        assert len(store.documents()) == 4
        store.close()
    assert ran == [1]
    neo4j_server.empty()


def test_people_find_labels_without_accents_with_the_tools_of_neo4j(neo4j_server: Server) -> None:
    store = connect(neo4j_server.wipe())
    store.write_many(iter(corpus()))
    store.close()
    with neo4j_server.session() as session:
        found = session.run(
            "CALL db.index.fulltext.queryNodes('labels', '+chi +thi +33') YIELD node RETURN node.label"
        ).value()
    assert found == ["Chỉ thị số 33/CT-TTg ngày 26/11/2021"]


def test_english_stop_words_are_words_like_others(neo4j_server: Server) -> None:
    store = connect(neo4j_server.wipe())
    store.write(batch("/x", "Tổ công tác an ninh in ấn tài liệu."))
    assert [h.evidence.text for h in store.search("tổ an in")] == ["Tổ công tác an ninh in ấn tài liệu."]
    store.close()


# -- several at once ----------------------------------------------------------------------------------------------


def test_two_stores_on_one_server_write_in_turn_and_agree(neo4j_server: Server) -> None:
    url = neo4j_server.wipe()
    one, two = connect(url), connect(url)
    for n, each in enumerate(many(6)):
        (one if n % 2 else two).write(each)
    one.remove("/m/0003.txt")
    fresh = connect("memory:")
    fresh.write_many(b for b in many(6) if b.path != "/m/0003.txt")
    wanted = answers(fresh, most=1)
    assert differences(wanted, answers(two, most=1)) == []
    one.close()
    two.close()


def test_two_writers_at_once_lose_nothing(neo4j_server: Server) -> None:
    url = neo4j_server.wipe()
    given = list(many(24))

    def write(part: list[Batch]) -> None:
        store = connect(url)
        for one in part:
            store.write(one)
        store.close()

    threads = [threading.Thread(target=write, args=(given[n::2],)) for n in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    fresh, store = connect("memory:"), connect(url)
    fresh.write_many(iter(given))
    assert store.status().revision == fresh.status().revision
    assert store.instruments() == fresh.instruments()
    store.close()


def test_a_question_that_met_a_write_is_asked_anew(neo4j_server: Server) -> None:
    url = neo4j_server.wipe()
    reader, writer = connect(url), connect(url)
    assert isinstance(reader, Neo4jStore)
    writer.write_many(many(2))
    asked: list[int] = []

    def question() -> int:
        asked.append(1)
        if len(asked) == 1:
            writer.write(batch("/n", "Một văn bản nữa."))
        return len(reader.document_rows())

    assert reader.in_one_state(question) == 3
    assert len(asked) == 2
    reader.close()
    writer.close()


def test_a_question_that_takes_too_long_is_cut_and_says_how_to_allow_more(neo4j_server: Server) -> None:
    store = connect(f"{neo4j_server.wipe()}?timeout=1")
    assert isinstance(store, Neo4jStore)
    with pytest.raises(StoreUnavailableError, match="timeout="):
        store.connection.rows("UNWIND range(1, 30000) AS a UNWIND range(1, 30000) AS b RETURN max(a * b) AS n")
    store.close()


# -- random histories -----------------------------------------------------------------------------------------------

STEP = st.one_of(
    st.tuples(st.just("write"), documents()),
    st.tuples(st.just("many"), st.lists(documents(), max_size=4)),
    st.tuples(st.just("remove"), st.sampled_from(PATHS)),
    st.tuples(st.just("copy"), st.sampled_from(PATHS), st.sampled_from(PATHS)),
    st.tuples(st.just("judge"), st.sampled_from(("same", "different", "later")), st.integers(0, 20)),
    st.tuples(st.just("undo"), st.integers(0, 20)),
)


def judge(stores: tuple[Store, Store], said: str, at: int, moment: str) -> None:
    """One answer to one of the conflicts, in both stores."""
    if found := stores[0].conflicts():
        one, two = (side.identity for side in found[at % len(found)].sides)
        record = judgement(said, one, two, by="Hoa", reason="đã so", at=moment)
        told = []
        for store in stores:
            try:
                store.judge(record)
                told.append("")
            except ContradictionError as error:
                told.append(error.message)
        assert told[0] == told[1]


def undo(stores: tuple[Store, Store], at: int, moment: str) -> None:
    """One judgement taken back, in both stores."""
    if held := standing(stores[0].judgements()):
        told = [s.undo(held[at % len(held)].id, by="Hoa", reason="nhầm", at=moment) for s in stores]
        assert told[0] == told[1]


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(history=st.lists(STEP, min_size=4, max_size=9))
def test_a_store_that_lived_answers_like_one_built_anew(
    neo4j_server: Server, history: list[tuple[object, ...]]
) -> None:
    memory, store = connect("memory:"), connect(neo4j_server.wipe())
    model: dict[str, Batch] = {}
    for at, (kind, what, *rest) in enumerate(history):
        moment = f"2026-11-20T08:00:{at:02}Z"
        given_now: list[Batch] = []
        if kind == "remove" and what in model:
            assert isinstance(what, str)
            del model[what]
            memory.remove(what)
            store.remove(what)
        elif kind == "write":
            assert isinstance(what, Batch)
            given_now = [what]
        elif kind == "many":
            assert isinstance(what, list)
            given_now = what
        elif kind == "copy" and what in model:
            [path] = rest
            assert isinstance(path, str)
            given_now = [msgspec.structs.replace(model[str(what)], path=path)]
        elif kind == "judge":
            judge((memory, store), str(what), int(str(rest[0])), moment)
        elif kind == "undo":
            undo((memory, store), int(str(what)), moment)
        assert memory.write_many(iter(given_now)) == store.write_many(iter(given_now))
        model |= {b.path: b for b in given_now}
    assert differences(answers(memory, most=2), answers(store, most=2)) == []
    moved = connect("memory:")
    assert copy(store, moved).equal
    store.close()
