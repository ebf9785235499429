"""Documents that people judge, and the judgements."""

from typing import Any

from answers import answers, differences
from factories import batch, cite

from graph.connect import connect
from graph.judgements import Identity, Judgement, judgement
from graph.results import InstrumentRef
from graph.results_identity import Conflict
from graph.store import Batch, Store

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
