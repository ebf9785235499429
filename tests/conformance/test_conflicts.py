"""Conflicts: both sides with their sentences, in pages, the put off last."""

import pytest
from judged import dated, ten_and_forty, verdict

from graph.store import Store
from ontology.errors import NotFoundError


@pytest.fixture
def plans(store: Store) -> Store:
    store.write_many(iter(ten_and_forty()))
    return store


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
