"""Judgements of identity: every sentence of ``conflicts``, ``explain``, ``judge``, ``adopt`` and ``undo``."""

from pathlib import Path
from typing import Any

import pytest
from answers import answers, differences
from factories import batch, cite

from graph.connect import connect
from graph.judgements import Identity, Judgement, Verdict, judgement, ordered
from graph.results import InstrumentRef
from graph.results_identity import Conflict
from graph.store import Batch, Store
from ontology.errors import ContradictionError, InvalidInputError, NotFoundError, StoreUnavailableError

AT = "2026-11-20T08:00:00Z"
UNDO = {"by": "Hoa", "reason": "nhầm", "at": "2026-11-20T09:00:00Z"}
TITLE = "phối hợp thực hiện công tác vận động quần chúng năm 2021"
PLAN = {"type": "ke_hoach", "symbol": "KH/BDVTU-BCSĐUBND", "date": "2021-01-11", "title": TITLE}


def citing(path: str, quote: str, **fields: Any) -> Batch:
    """A plan that carries out one instrument."""
    return batch(
        path,
        f"KẾ HOẠCH {path}\n\nThực hiện {quote}.\n",
        type="ke_hoach",
        symbol="KH-SCT",
        date="2021-03-03",
        citations=[cite(quote, relation="implements", **fields)],
    )


def ten_and_forty() -> list[Batch]:
    """Two documents that give one plan two numbers."""
    return [
        citing("/ten", "Kế hoạch số 10-KH/BDVTU-BCSĐUBND ngày 11/01/2021", number="10", **PLAN),
        citing("/forty", "Kế hoạch số 40-KH/BDVTU-BCSĐUBND ngày 11/01/2021", number="40", **PLAN),
    ]


def open_number(path: str, year: int) -> Batch:
    """A plan that names Chỉ thị 8-CT/TU without a day and without what it is about."""
    quote = "Chỉ thị số 08-CT/TU"
    return batch(
        path,
        f"KẾ HOẠCH {path}\n\nThực hiện {quote}.\n",
        type="ke_hoach",
        symbol="KH-SCT",
        date=f"{year}-03-03",
        citations=[cite(quote, relation="implements", type="chi_thi", number="08", symbol="CT/TU")],
    )


def dated(path: str, day: str, title: str | None = None) -> Batch:
    quote = f"Chỉ thị số 08-CT/TU ngày {day}"
    return citing(path, quote, type="chi_thi", number="08", symbol="CT/TU", date=day, title=title)


@pytest.fixture
def plans(store: Store) -> Store:
    store.write_many(iter(ten_and_forty()))
    return store


def verdict(conflict: Conflict, said: str, *, at: str = AT, reason: str = "đã xem bản gốc") -> Judgement:
    one, two = (side.identity for side in conflict.sides)
    return judgement(said, one, two, by="Nguyễn Thị Hoa", reason=reason, at=at)


def numbered(store: Store, number: str) -> list[InstrumentRef]:
    return [r for r in store.instruments() if r.number == number]


def identity(store: Store, part: int, iri: str) -> Identity:
    return store.explain(iri).parts[part].identity


def same_answers(store: Store, batches: list[Batch], records: list[Judgement]) -> None:
    """The store answers as one in memory to which the same came in another order."""
    fresh = connect("memory:")
    fresh.adopt(reversed(records))
    for one in reversed(batches):
        fresh.write(one)
    assert differences(answers(fresh), answers(store)) == []


# -- conflicts --------------------------------------------------------------------------------------------------------
def test_a_conflict_has_both_sides_with_their_sentences_and_its_evidence(plans: Store) -> None:
    [conflict] = plans.conflicts()
    assert conflict.kind == "number"
    assert {side.evidence[0].file for side in conflict.sides} == {"ten", "forty"}
    assert all("Thực hiện Kế hoạch số" in side.evidence[0].text for side in conflict.sides)
    told = {clue.kind: clue for clue in conflict.clues}
    assert told["date"].text == "cùng ngày 11/01/2021"
    assert told["title"].speaks > 0
    assert told["number"].speaks < 0
    assert "10; 40" in told["number"].text
    assert 0 < conflict.score < 1


def test_conflicts_of_an_instrument_are_those_that_it_takes_part_in(plans: Store) -> None:
    plans.write(dated("/a", "2021-05-25"))
    plans.write(dated("/b", "2021-05-26"))
    kinds = {c.kind for c in plans.conflicts()}
    assert kinds == {"number", "possible_same"}
    for ref in plans.instruments():
        mine = plans.conflicts(ref.id)
        assert mine == [c for c in plans.conflicts() if ref.id in {i.id for i in c.instruments}]
        assert ref.conflict == bool(mine)
    with pytest.raises(NotFoundError):
        plans.conflicts("https://w3id.org/luocdo/instrument/x")


def test_conflicts_come_in_pages_that_tell_how_many_there_are(store: Store) -> None:
    store.write_many(iter(dated(f"/{n}", f"2021-05-{n}") for n in (21, 23, 25)))
    whole = store.conflicts()
    assert whole.total == len(whole) == 3
    store.judge(verdict(whole[0], "later"))
    parts = [store.conflicts(limit=1, offset=n) for n in range(3)]
    assert [c.id for part in parts for c in part] == [whole[1].id, whole[2].id, whole[0].id]
    assert {part.total for part in parts} == {3}


def test_a_conflict_keeps_its_id_when_its_documents_are_loaded_anew(plans: Store) -> None:
    [before] = plans.conflicts()
    for path in ("/ten", "/forty"):
        plans.remove(path)
    plans.write_many(reversed(ten_and_forty()))
    assert [c.id for c in plans.conflicts()] == [before.id]


def test_later_puts_a_conflict_last_and_keeps_it_a_conflict(plans: Store) -> None:
    plans.write(dated("/a", "2022-05-25"))
    plans.write(dated("/b", "2022-05-26"))
    first, second = plans.conflicts()
    assert first.later is None
    record = verdict(first, "later")
    plans.judge(record)
    assert [c.id for c in plans.conflicts()] == [second.id, first.id]
    assert plans.conflicts()[-1].later == record
    assert plans.instrument(first.instruments[0].id).instrument.conflict


# -- judge ------------------------------------------------------------------------------------------------------------
def test_same_confirms_a_merge_and_silences_its_conflict(plans: Store) -> None:
    [conflict] = plans.conflicts()
    plans.judge(verdict(conflict, "same"))
    assert plans.conflicts() == []
    assert not plans.instrument(conflict.instruments[0].id).instrument.conflict
    assert plans.status().conflicts == 0


def test_different_takes_a_merge_apart_and_silences_its_conflict(plans: Store) -> None:
    [conflict] = plans.conflicts()
    plans.judge(verdict(conflict, "different"))
    assert plans.conflicts() == []
    [ten], [forty] = numbered(plans, "10"), numbered(plans, "40")
    assert ten.id != forty.id
    assert not ten.conflict
    for ref, file in ((ten, "ten"), (forty, "forty")):
        [below] = plans.instrument(ref.id).below
        assert below.evidence[0].file == file


def test_same_makes_two_instruments_one_and_all_questions_answer_on_it(store: Store) -> None:
    store.write_many(iter([dated("/a", "2021-05-25"), dated("/b", "2021-05-26")]))
    [conflict] = store.conflicts()
    one, two = (i.id for i in conflict.instruments)
    store.judge(verdict(conflict, "same"))
    [only] = [r for r in store.instruments() if r.type == "chi_thi"]
    assert store.instrument(one) == store.instrument(two)
    assert len(store.implementers(one).children) == 2
    assert {c.value for c in store.instrument(one).claims if c.property == "date"} == {"2021-05-25", "2021-05-26"}
    assert store.find_instruments("08-CT/TU")[0].id == only.id
    assert store.conflicts() == []


def test_same_joins_what_no_evidence_would(store: Store) -> None:
    store.write_many(iter([dated("/a", "2021-05-25"), dated("/b", "2031-05-26")]))
    refs = [r for r in store.instruments() if r.type == "chi_thi"]
    one, two = (identity(store, 0, r.id) for r in refs)
    store.judge(judgement("same", one, two, by="Hoa", reason="bản gốc ghi rõ", at=AT))
    assert len([r for r in store.instruments() if r.type == "chi_thi"]) == 1


@pytest.mark.parametrize("said", ["same", "different", "later"])
def test_undo_gives_all_former_answers_back(plans: Store, said: str) -> None:
    before = answers(plans)
    [conflict] = plans.conflicts()
    record = verdict(conflict, said)
    plans.judge(record)
    assert differences(before, answers(plans)) != []
    undo = plans.undo(record.id, by="Lê Văn Nam", reason="nhầm trang", at="2026-11-20T09:00:00Z")
    assert set(differences(before, answers(plans))) == {"status", "judgements"}  # the revision tells of them
    assert plans.judgements() == [record, undo]


@pytest.mark.parametrize("said", ["same", "different", "later"])
def test_judgements_survive_removal_reload_and_any_order(store: Store, said: str) -> None:
    batches = [*ten_and_forty(), dated("/a", "2021-05-25"), dated("/b", "2021-05-26"), open_number("/c", 2021)]
    store.write_many(iter(batches))
    records = [verdict(c, said) for c in store.conflicts()]
    for record in records:
        store.judge(record)
    same_answers(store, batches, records)
    after = answers(store)
    for one in batches:
        store.remove(one.path)
        store.write(one)
    assert differences(after, answers(store)) == []
    for one in batches:
        store.remove(one.path)
    assert store.judgements() == ordered(records)
    store.write_many(reversed(batches))
    assert differences(after, answers(store)) == []


def test_one_more_document_that_cites_the_same_leaves_a_judgement_standing(store: Store) -> None:
    batches = [dated("/a", "2021-05-25"), dated("/b", "2021-05-26")]
    store.write_many(iter(batches))
    [conflict] = store.conflicts()
    record = verdict(conflict, "same")
    store.judge(record)
    for more in (dated("/c", "2021-05-25"), dated("/d", "2021-05-26"), dated("/e", "2021-06-01")):
        store.write(more)
        batches.append(more)
        same_answers(store, batches, [record])


def test_a_judgement_of_what_is_not_loaded_is_kept_and_rests(store: Store) -> None:
    other = connect("memory:")
    other.write_many(iter(ten_and_forty()))
    record = verdict(other.conflicts()[0], "different")
    store.judge(record)
    assert store.judgements() == [record]
    store.write_many(iter(ten_and_forty()))
    assert sorted(r.number for r in store.instruments() if r.number) == ["10", "40"]


def test_a_record_that_is_there_already_changes_nothing(plans: Store) -> None:
    [conflict] = plans.conflicts()
    record = verdict(conflict, "same")
    plans.judge(record)
    revision = plans.revision()
    plans.judge(record)
    assert plans.judgements() == [record]
    assert plans.revision() == revision


def test_revision_tells_stores_with_other_records_apart(plans: Store) -> None:
    before = plans.revision()
    [conflict] = plans.conflicts()
    record = verdict(conflict, "later")
    plans.judge(record)
    assert plans.revision() != before
    other = connect("memory:")
    other.adopt([record])
    other.write_many(iter(ten_and_forty()))
    assert other.revision() == plans.revision()


def three(store: Store) -> list[Identity]:
    store.write_many(iter(dated(f"/{n}", f"2021-05-{n}") for n in (21, 23, 25)))
    return [identity(store, 0, r.id) for r in store.instruments() if r.type == "chi_thi"]


def judged(said: str, a: Identity, b: Identity, n: int = 0) -> Judgement:
    return judgement(said, a, b, by="Hoa", reason="đã so", at=f"2026-11-20T08:00:{n:02}Z")


def test_contradicting_judgements_are_refused_and_the_earlier_ones_named(store: Store) -> None:
    a, b, c = three(store)
    first, second = judged("same", a, b, 1), judged("same", b, c, 2)
    store.judge(first)
    store.judge(second)
    with pytest.raises(ContradictionError) as refused:
        store.judge(judged("different", a, c, 3))
    assert refused.value.details["judgements"] == sorted((first.id, second.id))
    assert first.id in refused.value.message
    store.undo(second.id, by="Hoa", reason="nhầm", at=AT)
    store.judge(judged("different", a, c, 3))


def test_what_was_told_apart_is_not_joined_over_a_third(store: Store) -> None:
    a, b, c = three(store)
    apart = judged("different", a, c, 1)
    store.judge(apart)
    store.judge(judged("same", a, b, 2))
    with pytest.raises(ContradictionError) as refused:
        store.judge(judged("same", b, c, 3))
    assert refused.value.details["judgements"] == [apart.id]
    assert len([r for r in store.instruments() if r.type == "chi_thi"]) == 2


def test_what_was_judged_the_same_as_a_third_is_one_while_the_third_is_away(store: Store) -> None:
    a, b, c = three(store)
    for record in (judged("same", a, b, 1), judged("same", b, c, 2)):
        store.judge(record)
    store.remove("/23")
    assert len([r for r in store.instruments() if r.type == "chi_thi"]) == 1


def test_records_that_could_not_have_been_made_are_refused(plans: Store) -> None:
    [conflict] = plans.conflicts()
    record = verdict(conflict, "same")
    one, two = (side.identity for side in conflict.sides)
    forged = Judgement(**{**{f: getattr(record, f) for f in record.__struct_fields__}, "by": "Người khác"})
    for act in (plans.judge, lambda r: plans.adopt([r])):
        with pytest.raises(InvalidInputError):
            act(forged)
    with pytest.raises(InvalidInputError):
        judgement("same", one, two, by=" ", reason="có", at=AT)
    with pytest.raises(InvalidInputError):
        judgement("same", one, two, by="Hoa", reason="", at=AT)
    with pytest.raises(InvalidInputError):
        judgement("same", one, one, by="Hoa", reason="có", at=AT)
    with pytest.raises(InvalidInputError):
        judgement("maybe", one, two, by="Hoa", reason="có", at=AT)
    assert plans.judgements() == []


def test_only_a_standing_judgement_can_be_undone(plans: Store) -> None:
    [conflict] = plans.conflicts()
    record = verdict(conflict, "same")
    with pytest.raises(NotFoundError):
        plans.undo(record.id, by="Hoa", reason="nhầm", at=AT)
    plans.judge(record)
    undo = plans.undo(record.id, by="Hoa", reason="nhầm", at=AT)
    for id_ in (record.id, undo.id):
        with pytest.raises(InvalidInputError):
            plans.undo(id_, by="Hoa", reason="nhầm", at=AT)


def test_adopting_refuses_nothing_whole_and_what_contradicts_rests(store: Store) -> None:
    a, b, c = three(store)
    records = [judged("same", a, b, 1), judged("same", b, c, 2), judged("different", a, c, 3)]
    assert store.adopt(reversed(records)) == 3
    assert store.adopt(records) == 0
    assert store.judgements() == records
    assert len([r for r in store.instruments() if r.type == "chi_thi"]) == 1  # the earlier stand


def test_an_adopted_undo_holds_before_what_it_undoes_comes(plans: Store) -> None:
    [conflict] = plans.conflicts()
    record = verdict(conflict, "different")
    other = connect("memory:")
    other.adopt([record])
    undo = other.undo(record.id, by="Hoa", reason="nhầm", at=AT)
    plans.adopt([undo])
    plans.adopt([record])
    assert [c.id for c in plans.conflicts()] == [conflict.id]


# -- explain ----------------------------------------------------------------------------------------------------------
def test_every_merge_is_explained_with_its_sentences_and_can_be_taken_apart(plans: Store) -> None:
    [node] = numbered(plans, "10")
    told = plans.explain(node.id)
    assert told.instrument == node
    assert {part.number for part in told.parts} == {"10", "40"}
    assert all(part.documents == 1 and part.evidence for part in told.parts)
    [join] = told.joins
    assert {join.a, join.b} == {0, 1}
    assert "hai số khác nhau" in join.reason
    assert join.judgement is None
    plans.judge(judged("different", told.parts[0].identity, told.parts[1].identity))
    assert numbered(plans, "40") != []


def test_an_explanation_names_the_judgement_that_joined(store: Store) -> None:
    store.write_many(iter([dated("/a", "2021-05-25"), dated("/b", "2021-05-26")]))
    [conflict] = store.conflicts()
    record = verdict(conflict, "same", reason="số công báo trùng")
    store.judge(record)
    told = store.explain(conflict.instruments[0].id)
    assert [j.judgement for j in told.joins] == [record.id]
    assert "Nguyễn Thị Hoa" in told.joins[0].reason
    assert "số công báo trùng" in told.joins[0].reason
    assert told.judgements == (record,)


def test_each_part_can_be_reached_over_the_joins(store: Store) -> None:
    store.write_many(iter([dated("/a", "2021-05-25"), open_number("/b", 2021), open_number("/c", 2022)]))
    for ref in store.instruments():
        told = store.explain(ref.id)
        reached = {0}
        for _ in told.parts:
            reached |= {n for j in told.joins for n in (j.a, j.b) if {j.a, j.b} & reached}
        assert reached == set(range(len(told.parts)))


def test_a_reading_can_be_taken_out_of_an_instrument_and_nothing_else_moves(store: Store) -> None:
    store.write_many(iter([dated("/a", "2021-05-25"), dated("/b", "2021-05-25", TITLE), open_number("/c", 2021)]))
    [node] = [r for r in store.instruments() if r.type == "chi_thi"]
    told = store.explain(node.id)
    whole = next(p for p in told.parts if p.date)
    loose = next(p for p in told.parts if not p.date)
    store.judge(judged("different", whole.identity, loose.identity))
    assert len(store.instrument(node.id).below) == 2
    assert len([r for r in store.instruments() if r.type == "chi_thi"]) == 2


def test_the_verdicts_are_these() -> None:
    assert {v.value for v in Verdict} == {"same", "different", "later", "undo"}


def test_a_sqlite_file_keeps_its_judgements_and_whoever_may_only_read_adds_none(tmp_path: Path) -> None:
    url = f"sqlite:{tmp_path / 'x.db'}"
    first = connect(url)
    first.write_many(iter(ten_and_forty()))
    record = verdict(first.conflicts()[0], "different")
    first.judge(record)
    wanted = answers(first)
    first.close()
    again = connect(url, read_only=True)
    assert differences(wanted, answers(again)) == []
    for act in (lambda: again.judge(record), lambda: again.adopt([]), lambda: again.undo(record.id, **UNDO)):
        with pytest.raises(StoreUnavailableError):
            act()
    again.close()


def test_two_writers_see_each_others_judgements(tmp_path: Path) -> None:
    url = f"sqlite:{tmp_path / 'x.db'}"
    one, two = connect(url), connect(url)
    one.write_many(iter(ten_and_forty()))
    record = verdict(two.conflicts()[0], "different")
    two.judge(record)
    one.write(dated("/a", "2021-05-25"))
    assert one.conflicts() == []
    one.undo(record.id, **UNDO)
    two.write(dated("/b", "2021-05-26"))
    assert sorted(c.kind for c in two.conflicts()) == ["number", "possible_same"]
    assert differences(answers(one), answers(two)) == []
    one.close()
    two.close()
