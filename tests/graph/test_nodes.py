"""Claims of a node weighed: cheap for hubs, dates as they are printed."""

from typing import Any

import pytest
from factories import batch, cite

import graph.disputes
from graph.connect import connect
from graph.store import Store

LAW = {"type": "nghi_dinh", "number": "30/2020", "symbol": "NĐ-CP", "date": "2020-03-05"}


def _hub(citing: int, issuers: tuple[str, ...]) -> Store:
    store = connect("memory:")
    for n in range(citing):
        quote = f"Nghị định số 30/2020/NĐ-CP về việc thứ {n}"
        given = {**LAW, "title": f"việc thứ {n}", "issuer_body": issuers[n % len(issuers)]}
        store.write(batch(f"/{n}", f"Căn cứ {quote}", citations=[cite(quote, **given)], number=str(n), type="ke_hoach"))
    return store


def test_the_issuers_of_a_hub_are_compared_once_for_each_name_not_for_each_sign(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store, looked = _hub(60, ("Chính phủ",)), []
    true = graph.disputes.issuer_keys

    def counted(sign: Any) -> frozenset[str]:
        looked.append(sign)
        return true(sign)

    monkeypatch.setattr(graph.disputes, "issuer_keys", counted)
    [decree] = [r for r in store.instruments() if r.type == "nghi_dinh"]
    assert not decree.conflict
    assert len([s for s in looked if s.num == 30]) <= 2


def test_different_issuers_of_a_hub_are_still_a_conflict() -> None:
    found = [c for c in _hub(6, ("Chính phủ", "Bộ Nội vụ")).conflicts() if c.kind == "issuer"]
    assert len(found) == 1
