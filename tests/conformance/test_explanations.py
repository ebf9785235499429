"""Explanations: every merge has its sentences and can be taken apart."""

import pytest
from judged import TITLE, dated, numbered, open_number, ten_and_forty, verdict

from graph.judgements import Identity, Judgement, judgement
from graph.store import Store


@pytest.fixture
def plans(store: Store) -> Store:
    store.write_many(iter(ten_and_forty()))
    return store


def judged(said: str, a: Identity, b: Identity, n: int = 0) -> Judgement:
    return judgement(said, a, b, by="Hoa", reason="đã so", at=f"2026-11-20T08:00:{n:02}Z")


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
