"""Judgements of identity: every sentence of ``conflicts``, ``explain``, ``judge``, ``adopt`` and ``undo``."""

from pathlib import Path

import pytest
from answers import answers, differences
from factories import batch, cite
from judged import AT, UNDO, dated, identity, numbered, open_number, same_answers, ten_and_forty, verdict

from graph.connect import connect
from graph.judgements import Identity, Judgement, Verdict, judgement, ordered
from graph.store import Store
from ontology.errors import ContradictionError, InvalidInputError, NotFoundError, StoreUnavailableError


@pytest.fixture
def plans(store: Store) -> Store:
    store.write_many(iter(ten_and_forty()))
    return store


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


def test_what_is_parted_leaves_no_edge_behind(store: Store) -> None:
    named = {"relation": "implements", "type": "ke_hoach", "number": "10"}
    plan = batch(
        "/a",
        "Thực hiện Kế hoạch 10-KH/BDVTU-BCSĐUBND.\n\nThực hiện Kế hoạch 10-KH/BDVTU ngày 11/01/2021.\n",
        type="ke_hoach",
        number="10",
        symbol="KH/BDVTU",
        citations=[
            cite("Kế hoạch 10-KH/BDVTU-BCSĐUBND", symbol="KH/BDVTU-BCSĐUBND", **named),
            cite("Kế hoạch 10-KH/BDVTU ngày 11/01/2021", symbol="KH/BDVTU", date="2021-01-11", **named),
        ],
    )
    store.write(plan)
    record = verdict(store.conflicts()[0], "different")
    store.judge(record)
    same_answers(store, [plan], [record])
