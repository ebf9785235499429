"""Questions of duties and bodies: whose, up, down, when, why."""

import pytest
from asked import find, unit
from factories import SO, UBND, batch, bearer, corpus, deadline, duty

from graph.store import DutyFilter, Store
from ontology.terms import Direction, Role


@pytest.fixture
def filled(store: Store) -> Store:
    store.write_many(iter(corpus()))
    return store


def test_own_duties_are_those_a_body_bears(filled: Store) -> None:
    found = filled.duties(unit(filled, SO), units=False)
    assert [d.section for d in found] == ["II.1", "II.2"]
    assert not any(d.derived for d in found)
    assert {d.direction for d in found} == {Direction.OWN}


def test_with_units_the_duties_of_units_and_of_classes_count_and_say_why(filled: Store) -> None:
    found = filled.duties(unit(filled, SO))
    derived = {d.action: d.why_derived or "" for d in found if d.derived}
    assert "Văn phòng" in derived["Văn phòng Sở tổng hợp, báo cáo Giám đốc Sở hằng quý."]
    assert "thuộc nhóm" in derived["Các sở, ban, ngành rà soát thủ tục."]


def test_upward_duties_are_owed_to_bodies_above_or_carry_out_their_instruments(filled: Store) -> None:
    up = filled.duties(unit(filled, SO), Direction.UP)
    assert [d.action for d in up if not d.derived] == [
        "Giao Sở Công Thương báo cáo UBND tỉnh trước ngày 15/11/2023.",
        "Sở thực hiện Kết luận số 120-KL/TW tại các phòng.",
    ]
    assert "Văn phòng Sở tổng hợp, báo cáo Giám đốc Sở hằng quý." not in [d.action for d in up]


def test_downward_duties_are_owed_by_units_or_laid_on_them(filled: Store) -> None:
    down = filled.duties(unit(filled, SO), Direction.DOWN)
    assert [d.action for d in down] == ["Văn phòng Sở tổng hợp, báo cáo Giám đốc Sở hằng quý."]
    from_province = filled.duties(unit(filled, UBND), Direction.DOWN)
    assert len(from_province) == 2


def test_duties_can_be_filtered(filled: Store) -> None:
    body = unit(filled, SO)
    directive, plan = find(filled, "chỉ thị 33"), find(filled, "kế hoạch 30")

    def sections(**where: object) -> list[str]:
        return [d.action[:12] for d in filled.duties(body, where=DutyFilter(**where))]  # type: ignore[arg-type]

    assert len(sections(under=directive)) == 4
    assert sections(under=find(filled, "kết luận 120")) == ["Sở thực hiện"]
    assert len(sections(document=plan)) == 2
    assert sections(role=Role.LEADS) == ["Giao Sở Công"]
    assert sections(due_from="2023-11-01", due_to="2023-11-30") == ["Giao Sở Công"]
    assert len(sections(as_of="2023-02-28")) == 2
    assert sections(deadline_kinds=("none",)) == ["Sở thực hiện"]
    assert sections(with_targets=True) == []


def test_due_days_come_in_order_and_recurring_ones_are_expanded(filled: Store) -> None:
    found = filled.due("2023-01-01", "2024-12-31", unit(filled, SO))
    assert [(d.day, d.derived) for d in found] == [
        ("2023-03-31", True),
        ("2023-06-30", True),
        ("2023-09-30", True),
        ("2023-11-14", False),
        ("2023-12-31", True),
    ]


def test_a_continuous_duty_is_never_due(store: Store) -> None:
    store.write(
        batch(
            "/x",
            "Thường xuyên rà soát.",
            date="2023-01-01",
            duties=[
                duty(
                    "Thường xuyên rà soát.",
                    bearers=(bearer("Sở", body=SO),),
                    deadline=deadline("continuous", "2023", "2023-12-31"),
                )
            ],
        )
    )
    assert store.due("2000-01-01", "2099-12-31") == []


def test_why_bound_quotes_each_hop(filled: Store) -> None:
    paths = filled.why_bound(unit(filled, SO), find(filled, "chỉ thị 33"))
    assert [len(p.hops) for p in paths if p.duty and not p.duty.derived] == [1, 2]
    for path in paths:
        assert path.hops[-1].object.number == "33"
        assert all(h.evidence and h.evidence[0].text for h in path.hops)


def test_why_bound_is_empty_where_the_documents_show_none(filled: Store) -> None:
    assert filled.why_bound(unit(filled, SO), find(filled, "25-CT/TU")) == []


def test_a_body_shows_superiors_units_and_posts(filled: Store) -> None:
    detail = filled.body(unit(filled, SO))
    assert detail.superiors[0].name == UBND
    assert [b.name for b in detail.units] == [f"Văn phòng {SO}"]
    assert [b.name for b in detail.posts] == [f"Giám đốc {SO}"]


def test_a_body_above_is_known_though_no_document_names_it(store: Store) -> None:
    store.write(
        batch(
            "/x",
            "Văn phòng Sở rà soát.",
            issuers=(),
            duties=[duty("Văn phòng Sở rà soát.", bearers=(bearer("Văn phòng Sở", body=f"Văn phòng {SO}"),))],
        )
    )
    above = store.body(unit(store, f"Văn phòng {SO}")).superiors
    assert [store.body(b.id).body.name for b in above[:2]] == [SO, UBND]


def test_nobody_else_is_bound(filled: Store) -> None:
    assert filled.duties(unit(filled, "UBND tỉnh Tây Ninh")) == []
