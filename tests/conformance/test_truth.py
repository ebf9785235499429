"""What no store may show as a fact, and what it must say of where a fact comes from."""

from itertools import pairwise

import msgspec
import pytest
from factories import CT33, SO, batch, bearer, cite, deadline, duty

from graph.store import Batch, Store
from ontology.errors import NotFoundError
from ontology.identity import BASE
from ontology.terms import Direction, RelationKind


def test_a_picture_never_draws_a_proposed_relation_even_between_nodes_it_shows(store: Store) -> None:
    decree = {"type": "nghi_dinh", "number": "56/2015", "symbol": "NĐ-CP", "date": "2015-06-09"}
    based, proposed = "Căn cứ Nghị định số 56/2015/NĐ-CP", "đề nghị thay thế Nghị định số 56/2015/NĐ-CP"
    store.write(
        batch(
            "/a",
            f"{based}; Sở {proposed}.",
            citations=[
                cite(based, relation="based_on", section="preamble", **decree),
                cite(proposed, relation="replaces", stage="proposed", **decree),
            ],
            type="to_trinh",
            number="12",
            symbol="TTr-SNV",
            date="2023-05-05",
        )
    )
    assert {r.kind for r in store.relations()} == {RelationKind.BASED_ON, RelationKind.REPLACES}
    [decree_] = [r for r in store.instruments() if r.type == "nghi_dinh"]
    [edge] = store.neighbourhood(decree_.id).edges
    assert edge.kind == "based_on"
    assert proposed not in {e.text for e in edge.evidence}


def test_a_text_that_a_machine_recognised_is_told_from_a_printed_one(store: Store) -> None:
    printed, scanned = batch("/a", "Văn bản in.", number="1"), batch("/b", "Văn bản quét.", number="2")
    source = msgspec.structs.replace(scanned.record.source, text_from="ocr")
    record = msgspec.structs.replace(scanned.record, source=source)
    store.write_many(iter([printed, msgspec.structs.replace(scanned, record=record)]))
    told = {d.path: (d.text_from, store.instrument(d.instrument.id).text_from) for d in store.documents()}
    assert told == {"/a": ("file", "file"), "/b": ("ocr", "ocr")}


def test_an_instrument_without_its_text_has_no_source_of_letters(store: Store) -> None:
    store.write(batch("/a", "Chỉ thị số 33/CT-TTg", citations=[cite("Chỉ thị số 33/CT-TTg", **CT33)]))
    [cited] = [r for r in store.instruments() if not r.loaded]
    assert store.instrument(cited.id).text_from is None


def _numbered(n: int) -> dict[str, object]:
    return {"type": "ke_hoach", "number": str(n), "symbol": "KH-UBND", "date": "2023-02-17"}


def _maze(wide: int) -> list[Batch]:
    """A plan that stands on many plans, each of which stands on many others, all on one directive; one duty on it."""
    layers = [[1], list(range(100, 100 + wide)), list(range(200, 200 + wide))]
    found = []
    for lower, upper in pairwise([*layers, []]):
        for n in lower:
            above = {f"Kế hoạch số {u}/KH-UBND ngày 17/02/2023": _numbered(u) for u in upper}
            above |= {"Chỉ thị số 33/CT-TTg ngày 26/11/2021": dict(CT33)} if not upper or n == 1 else {}
            task = f"{SO} rà soát việc {n}."
            cites = [cite(quote, relation="based_on", section="preamble", **given) for quote, given in above.items()]
            duties = [duty(task, bearers=(bearer("Sở", body=SO),))] if n == 1 else []
            text = f"KẾ HOẠCH {n}\n" + "\n".join(above) + f"\n{task}\n"
            found.append(batch(f"/{n}", text, citations=cites, duties=duties, **_numbered(n)))
    return found


@pytest.mark.parametrize(("wide", "more"), [(3, False), (20, True)])
def test_of_very_many_paths_the_most_direct_stay_and_the_cut_is_told(store: Store, wide: int, more: bool) -> None:
    store.write_many(iter(_maze(wide)))
    [body] = [p.body.id for d in store.obligations() for p in d.bearers]
    [directive] = [r.id for r in store.instruments() if r.type == "chi_thi"]
    paths = [p for p in store.why_bound(body, directive) if p.duty]
    whole = 1 + wide * wide
    assert len(paths) == min(whole, 200)
    assert [len(p.hops) for p in paths] == [1] + [3] * (len(paths) - 1)
    assert [p.more for p in store.why_bound(body, directive)] == [False] * (len(paths) - 1) + [more]


@pytest.mark.parametrize(("issuers", "derived"), [(("Bộ Công Thương",), False), ((), True)])
def test_a_duty_from_a_central_document_without_a_told_issuer_is_derived(
    store: Store, issuers: tuple[str, ...], derived: bool
) -> None:
    text = "Sở rà soát thủ tục."
    given = {"type": "cong_van", "number": "77", "symbol": "BCT-KH", "date": "2023-02-17"}
    duties = [duty(text, bearers=(bearer("Sở", body=SO),))]
    store.write(batch("/a", text, duties=duties, issuers=issuers, jurisdiction="vn", **given))
    [body] = [p.body.id for d in store.obligations() for p in d.bearers]
    [view] = store.duties(body, Direction.UP)
    assert view.derived == derived
    assert ("theo ký hiệu" in (view.why_derived or "")) == derived


def _recurring(period: str, **header: str) -> Batch:
    text = f"Sở báo cáo định kỳ {period}."
    duties = [duty(text, bearers=(bearer("Sở", body=SO),), deadline=deadline("recurring", period))]
    return batch("/a", text, duties=duties, **header)


@pytest.mark.parametrize(
    ("period", "days"),
    [
        ("P1Y", ["2023-12-31", "2024-12-31", "2025-12-31", "2026-12-31", "2027-12-31", "2028-12-31"]),
        ("P2Y", ["2024-12-31", "2026-12-31", "2028-12-31"]),
        ("P5Y", ["2027-12-31"]),
        ("P5M", []),
        ("P18M", []),
        ("P1W", []),
    ],
)
def test_recurring_by_several_years_falls_due_and_the_rule_is_told(store: Store, period: str, days: list[str]) -> None:
    store.write(_recurring(period, date="2023-02-17"))
    found = store.due("2000-01-01", "2099-12-31")
    assert [d.day for d in found] == days
    assert all(d.derived and "đến hết năm 2028" in (d.why_derived or "") for d in found)
    assert not any(d.duty.derived for d in found)


def test_recurring_to_the_end_of_the_years_in_the_title_says_so(store: Store) -> None:
    store.write(_recurring("P1Y", date="2023-02-17", title="Kế hoạch giai đoạn 2023 - 2024"))
    found = store.due("2000-01-01", "2099-12-31")
    assert [d.day for d in found] == ["2023-12-31", "2024-12-31"]
    assert "năm ghi ở tên văn bản" in (found[0].why_derived or "")


def test_what_is_not_there_is_told_in_words_and_named_in_the_details(store: Store) -> None:
    iri = f"{BASE}instrument/x/x/ke-hoach/2023/1"
    for ask in (store.instrument, store.body):
        with pytest.raises(NotFoundError, match="không có trong các văn bản đã nạp") as told:
            ask(iri)
        assert "http" not in told.value.message
        assert told.value.details["iri"] == iri
    with pytest.raises(NotFoundError, match="không có trong các văn bản đã nạp"):
        store.source_text("a" * 64)
