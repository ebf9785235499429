"""Nothing merges silently on weak evidence: it stays apart and is listed, or it is joined and a person is told."""

from typing import Any

import pytest
from factories import batch, cite

from graph import resolution
from graph.clues import clues_of, score_of
from graph.connect import connect
from graph.judgements import judgement
from graph.resolution import Cluster, block_of, clusters_of
from graph.results import InstrumentRef
from graph.results_identity import Conflict
from graph.statements import Sign
from graph.store import Batch, Store

ABOUT = "tăng cường công tác phòng cháy và chữa cháy rừng"
FAR = "chấn chỉnh việc tổ chức lễ hội và cưới hỏi"


def citing(path: str, year: int | None = 2023, home: str = "quang-ngai", **fields: Any) -> Batch:
    quote = f"văn bản {fields.get('number')} {fields.get('symbol')}"
    return batch(
        path,
        f"{path}\n\nTheo {quote}.\n",
        type="bao_cao",
        date=f"{year}-06-05" if year else None,
        jurisdiction=home,
        citations=[cite(quote, **{"type": "chi_thi", **fields})],
    )


def told(*batches: Batch) -> tuple[list[InstrumentRef], list[Conflict]]:
    store: Store = connect("memory:")
    store.write_many(iter(batches))
    return [r for r in store.instruments() if r.type != "bao_cao"], store.conflicts()


PARTY: dict[str, Any] = {"number": "08", "symbol": "CT/TU"}
STATE: dict[str, Any] = {"number": "08", "symbol": "CT-UBND"}


def test_a_bare_number_within_its_term_is_the_one_known_and_nobody_need_look() -> None:
    refs, conflicts = told(citing("/1", 2024, **PARTY), citing("/2", 2023, **PARTY, date="2021-05-25"))
    assert len(refs) == 1
    assert conflicts == []


def test_a_bare_number_from_a_later_term_is_taken_for_the_one_known_but_listed() -> None:
    refs, [conflict] = told(citing("/1", 2027, **PARTY), citing("/2", 2023, **PARTY, date="2021-05-25"))
    assert len(refs) == 1
    assert refs[0].conflict
    assert conflict.kind == "weak"
    assert "kỳ đánh số khác" in conflict.reason
    assert {side.evidence[0].file for side in conflict.sides} == {"1", "2"}


def test_a_bare_state_number_of_the_next_year_is_listed_and_later_is_not_taken() -> None:
    known = citing("/2", 2021, **STATE, date="2021-05-25")
    refs, [conflict] = told(citing("/1", 2022, **STATE), known)
    assert (len(refs), conflict.kind) == (1, "weak")
    refs, [conflict] = told(citing("/1", 2024, **STATE), known)
    assert (len(refs), conflict.kind) == (2, "possible_same")
    refs, conflicts = told(citing("/1", 2021, **STATE), known)
    assert (len(refs), conflicts) == (1, [])


def test_a_title_that_has_nothing_in_common_speaks_against_the_only_one_known() -> None:
    refs, [conflict] = told(
        citing("/1", 2023, **PARTY, title=FAR), citing("/2", 2023, **PARTY, date="2021-05-25", title=ABOUT)
    )
    assert (len(refs), conflict.kind) == (2, "possible_same")
    assert {c.kind: c.speaks for c in conflict.clues}["title"] < 0


def test_the_plans_of_two_years_are_two_however_alike_their_titles() -> None:
    one, two = (f"{ABOUT} năm {year}" for year in (2021, 2022))
    refs, _ = told(citing("/1", 2023, **PARTY, title=one), citing("/2", 2023, **PARTY, date="2021-05-25", title=two))
    assert len(refs) == 2


def test_two_mentions_without_days_are_one_within_a_period_only() -> None:
    assert len(told(citing("/1", 2021, **PARTY), citing("/2", 2025, **PARTY))[0]) == 1
    refs, conflicts = told(citing("/1", 2019, **PARTY), citing("/2", 2022, **PARTY))
    assert (len(refs), [c.kind for c in conflicts]) == (2, ["possible_same"])
    assert len(told(citing("/1", 2022, **STATE), citing("/2", 2023, **STATE))[0]) == 2
    alike = [citing(f"/{n}", 2018 + n, **PARTY, title=ABOUT) for n in (1, 4)]
    assert len(told(*alike)[0]) == 1


def test_codes_of_two_bodies_are_no_misread_one() -> None:
    same: dict[str, Any] = {"number": "08", "date": "2021-05-25", "type": "huong_dan"}
    refs, _ = told(citing("/1", symbol="HD/BTCTU", **same), citing("/2", symbol="HD/BTGTU", **same))
    assert len(refs) == 2


@pytest.mark.parametrize(("title", "count"), [(ABOUT, 1), (None, 1), (FAR, 2)])
def test_a_misread_code_needs_titles_that_do_not_speak_against_it(title: str | None, count: int) -> None:
    same: dict[str, Any] = {"number": "08", "date": "2021-05-25", "type": "huong_dan"}
    refs, conflicts = told(
        citing("/1", symbol="HD/BDVTU", title=ABOUT, **same), citing("/2", symbol="HD/BVVTU", title=title, **same)
    )
    assert len(refs) == count
    assert [c.kind for c in conflicts] == ([] if count == 1 else ["possible_same"])


def test_a_number_and_day_of_nobody_knows_whom_is_joined_for_a_person_to_see() -> None:
    known = citing("/2", **PARTY, date="2021-05-25", issuer_body="Ban Thường vụ Tỉnh ủy Quảng Ngãi")
    bare: dict[str, Any] = {"number": "08", "symbol": None, "date": "2021-05-25", "jurisdiction": None}
    refs, [conflict] = told(citing("/1", **bare), known)
    assert (len(refs), conflict.kind) == (1, "weak")
    assert len(told(citing("/1", **bare, issuer_body="Thủ tướng Chính phủ"), known)[0]) == 2


def test_what_a_person_confirmed_is_listed_no_more() -> None:
    store = connect("memory:")
    store.write_many(iter([citing("/1", 2027, **PARTY), citing("/2", 2023, **PARTY, date="2021-05-25")]))
    [conflict] = store.conflicts()
    one, two = (side.identity for side in conflict.sides)
    record = judgement("same", one, two, by="Hoa", reason="cùng văn bản", at="2026-11-20")
    store.judge(record)
    assert store.conflicts() == []
    store.undo(record.id, by="Hoa", reason="nhầm", at="2026-11-21")
    store.judge(judgement("different", one, two, by="Hoa", reason="nhiệm kỳ khác", at="2026-11-22"))
    assert store.conflicts() == []
    assert len([r for r in store.instruments() if r.type == "chi_thi"]) == 2


def sign(**fields: Any) -> Sign:
    given = {"type": "ke_hoach", "jurisdiction": "quang-ngai", "series": ("bdvtu",), "num": 10, "shown": "10-KH/BDVTU"}
    return Sign(**{**given, **fields})


def test_numbers_that_break_the_rise_of_their_counter_speak_for_a_misprint() -> None:
    one, two = sign(date="2021-01-11"), sign(num=40, shown="40-KH/BDVTU", date="2021-01-11")
    peers = [("2021-02-02", 14), ("2021-11-20", 90)]
    told_ = {c.kind: c for c in clues_of([one], [two], peers=peers)}
    assert told_["counter"].speaks > 0
    assert "số 40 không hợp thứ tự của sổ: số 14 đã có ngày 02/02/2021" in told_["counter"].text
    assert "counter" not in {c.kind for c in clues_of([one], [two])}


def test_the_score_rises_with_what_speaks_for_one() -> None:
    base = sign(date="2021-01-11", title=ABOUT)
    worst = sign(jurisdiction="tay-ninh", series=("snv",), num=77, date="2019-01-01", title=FAR)
    near = sign(series=("bvvtu",), date="2021-01-11", title=ABOUT)
    best = sign(date="2021-01-11", title=ABOUT, before=2022)
    scores = [score_of(clues_of([base], [other])) for other in (worst, near, best)]
    assert scores == sorted(scores)
    assert 0 <= scores[0] < 0.3
    assert scores[2] > 0.6
    assert all(clue.text for clue in clues_of([base], [worst]))


def test_only_neighbours_of_one_counter_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[int] = []
    true = resolution._near

    def counted(a: Cluster, b: Cluster) -> bool:
        looked.append(1)
        return true(a, b)

    monkeypatch.setattr(resolution, "_near", counted)
    signs = [sign(jurisdiction=f"tinh-{n}", series=("ubnd",), date=f"2021-01-{n % 28 + 1:02}") for n in range(300)]
    assert len(clusters_of(block_of(signs[0]), signs)) == 300
    assert len(looked) == 0
