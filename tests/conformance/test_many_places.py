"""A claim that very many places make is quoted by the first of them, and says that there are more."""

import judged
import pytest
from factories import CT33, batch, cite
from judged import PLAN

from graph.asking.instruments import QUOTES
from graph.asking.judging import QUOTES as SIDE
from graph.store import Batch, Store


def citing(number: int) -> Batch:
    text = f"Công văn số {number}/SCT-VP\n\nThực hiện Chỉ thị số 33/CT-TTg ngày 26/11/2021, đợt {number}.\n"
    quote = "Chỉ thị số 33/CT-TTg ngày 26/11/2021"
    cited = [cite(quote, relation="implements", jurisdiction="vn", **CT33)]
    header = {"type": "cong_van", "number": str(number), "symbol": "SCT-VP", "date": "2022-03-01"}
    return batch(f"/a/{number:03}.txt", text, citations=cited, **header)


@pytest.mark.parametrize("more", [0, 1])
def test_a_claim_says_whether_there_are_more_places_than_it_quotes(store: Store, more: int) -> None:
    store.write_many(citing(n) for n in range(1, QUOTES + more + 1))
    [hub] = [c.instrument for c in store.find_instruments("33/CT-TTg") if c.exact and c.instrument]
    claims = [c for c in store.instrument(hub.id).claims if c.property in {"number", "date"}]
    assert {c.property for c in claims} == {"number", "date"}
    for claim in claims:
        assert [e.file for e in claim.evidence] == [f"{n:03}.txt" for n in range(1, QUOTES + 1)]
        assert claim.more is bool(more)


@pytest.mark.parametrize("more", [0, 1])
def test_a_side_of_a_conflict_says_whether_it_was_read_in_more_places(store: Store, more: int) -> None:
    for number in ("10", "40"):
        for n in range(SIDE + more):
            quote = f"Kế hoạch số {number}-KH/BDVTU-BCSĐUBND ngày 11/01/2021"
            store.write(judged.citing(f"/{number}-{n}", quote, number=number, **PLAN))
    [conflict] = store.conflicts()
    assert [(len(s.evidence), s.more) for s in conflict.sides] == [(SIDE, bool(more))] * 2
