"""Facts that one document states: relations of others, titles as people say them, names without doubled words."""

import pytest
from factories import SO, batch, bearer, cite, duty

from graph.bodies import body_of
from graph.connect import connect
from graph.facts import facts_of
from ontology.terms import RelationKind

LAW = {"type": "luat", "number": "25", "symbol": "2008/QH12", "title": "Bảo hiểm y tế"}
AMENDING = {"type": "luat", "number": "87", "symbol": "2025/QH15"}


def test_a_further_relation_of_a_citation_is_stated_by_its_own_subject() -> None:
    text = "Luật số 25/2008/QH12 được sửa đổi, bổ sung bởi Luật số 87/2025/QH15."
    store = connect("memory:")
    store.write(
        batch(
            "/a",
            text,
            citations=[
                cite("Luật số 25/2008/QH12", also=((RelationKind.AMENDS, "87/2025/QH15"),), **LAW),
                cite("Luật số 87/2025/QH15", **AMENDING),
            ],
        )
    )
    [view] = store.relations((RelationKind.AMENDS,))
    assert (view.subject.number, view.object.number) == ("87", "25")
    assert view.evidence[0].text == text


def test_a_further_relation_with_an_unknown_subject_is_not_stated() -> None:
    one = batch("/a", "Luật A", citations=[cite("Luật A", also=((RelationKind.AMENDS, "99/2025/QH15"),), **LAW)])
    assert [r.kind for r in facts_of(one).relations] == [RelationKind.MENTIONS]
    [puzzle] = facts_of(one).unparsed
    assert puzzle.text == "Luật A"
    assert "99/2025/QH15" in puzzle.section


def test_a_relation_with_an_unknown_subject_is_told_as_not_understood() -> None:
    given = {**LAW, "subject": "99/2025/QH15", "relation": "amends"}
    facts = facts_of(batch("/a", "Luật A", citations=[cite("Luật A", **given)]))
    assert facts.relations == ()
    assert [p.section for p in facts.unparsed] == ["chủ thể của quan hệ không nhận ra: 99/2025/QH15"]


@pytest.mark.parametrize(("date", "warned"), [("2023-02-30", True), ("2023-02-28", False), ("2023-02", False)])
def test_a_date_that_the_calendar_does_not_have_is_warned_of(date: str, warned: bool) -> None:
    facts = facts_of(batch("/a", "Kế hoạch", date=date))
    assert (facts.date is None) == warned
    assert any(date in w for w in facts.warnings) == warned


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("V/v tăng cường phòng cháy", "tăng cường phòng cháy"),
        ("Về việc tăng cường phòng cháy", "tăng cường phòng cháy"),
        ("của Ban Thường vụ Tỉnh ủy về tăng cường phòng cháy", "tăng cường phòng cháy"),
        ("tăng cường phòng cháy, UBND tỉnh ban hành Kế hoạch thực hiện", "tăng cường phòng cháy"),
        ("tăng cường phòng cháy, chữa cháy", "tăng cường phòng cháy, chữa cháy"),
        ("vệ sinh an toàn thực phẩm", "vệ sinh an toàn thực phẩm"),
    ],
)
def test_a_title_is_what_the_document_is_about(given: str, shown: str) -> None:
    one = batch("/a", "Chỉ thị số 5", citations=[cite("Chỉ thị số 5", type="chi_thi", number="5", title=given)])
    assert facts_of(one).mentions[1].sign.title == shown


def test_a_doubled_word_before_a_province_is_one() -> None:
    assert body_of("UBND tỉnh tỉnh Hà Tĩnh", "ha-tinh").ref == body_of("UBND tỉnh Hà Tĩnh", "ha-tinh").ref


def test_a_duty_never_carries_out_a_draft() -> None:
    text = "Sở góp ý dự thảo Nghị định số 7/NĐ-CP."
    one = batch(
        "/a",
        text,
        citations=[cite("Nghị định số 7/NĐ-CP", type="nghi_dinh", number="7", symbol="NĐ-CP", stage="draft")],
        duties=[duty(text, bearers=(bearer("Sở", body=SO),), implements=("7/NĐ-CP",))],
    )
    assert facts_of(one).duties[0].implements == ()


def test_a_body_that_a_document_writes_in_two_ways_is_one() -> None:
    text = "Các phòng thuộc Sở rà soát.\n\nSở giao các phòng thuộc Sở báo cáo."
    ways = ("Các phòng thuộc Sở Công Thương tỉnh Quảng Ngãi", "các phòng thuộc Sở Công Thương tỉnh Quảng Ngãi")
    duties = [
        duty(quote, bearers=(bearer("các phòng", body=way),))
        for quote, way in zip(("Các phòng thuộc Sở rà soát.", "Sở giao các phòng thuộc Sở báo cáo."), ways, strict=True)
    ]
    for order in (duties, duties[::-1]):
        facts = facts_of(batch("/a", text, duties=order))
        assert len({d.bearers[0].body for d in facts.duties}) == 1
        assert facts.duties[0].bearers[0].body in {b.ref for b in facts.bodies}
