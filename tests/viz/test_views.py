import msgspec
import pytest

from graph.results import SearchHit
from ontology.terms import Direction, RelationKind
from tests.fakes import DETAILS, DUTY, IMPLEMENTS, PLAN, REPORT, SHA, STATED, TARGET, TEXT
from viz import links, views
from viz.views import duties_by_document, duty_tabs, paged, relation_groups, source_of, without_doubles


def _hit(kind: str, start: int, end: int, sha: str = SHA) -> SearchHit:
    evidence = msgspec.structs.replace(REPORT, start=start, end=end, sha256=sha)
    return SearchHit(id=PLAN.id, kind=kind, label="", instrument=PLAN, evidence=evidence)


def test_a_sentence_that_is_a_duty_is_shown_once_and_as_the_duty() -> None:
    hits = [_hit("instrument", 0, 50), _hit("duty", 3, 49), _hit("instrument", 60, 70), _hit("instrument", 3, 49, "x")]
    assert [(h.kind, h.evidence.start, h.evidence.sha256) for h in without_doubles(hits)] == [
        ("duty", 3, SHA),
        ("instrument", 60, SHA),
        ("instrument", 3, "x"),
    ]


def test_touching_sentences_are_two() -> None:
    assert len(without_doubles([_hit("duty", 0, 5), _hit("duty", 5, 9)])) == 2


def test_relations_are_parted_into_chain_changes_and_mentions() -> None:
    kinds = [RelationKind.GUIDES, RelationKind.REPLACES, RelationKind.MENTIONS]
    groups = relation_groups([msgspec.structs.replace(IMPLEMENTS, kind=k) for k in kinds])
    assert [[r.kind for r in g] for g in (groups.chain, groups.changes, groups.mentions)] == [[k] for k in kinds]


def test_every_fact_of_the_document_is_marked_and_those_of_other_documents_are_not() -> None:
    detail = msgspec.structs.replace(
        DETAILS[PLAN.id],
        above=(msgspec.structs.replace(IMPLEMENTS, evidence=(msgspec.structs.replace(STATED, sha256="x"),)),),
    )
    source = source_of(detail, TEXT, "/kho/ke-hoach-15.txt", SHA)
    kinds = {k for line in source.lines for s in line.segments for k in s.kinds}
    assert kinds == {"duty", "header", "unparsed"}
    assert source.file == "ke-hoach-15.txt"


def test_a_focus_beyond_the_text_does_no_harm() -> None:
    source = source_of(DETAILS[PLAN.id], TEXT, "a.txt", SHA, focus=(len(TEXT) + 5, len(TEXT) + 9))
    assert source.focus_line is not None
    assert not any("focus" in s.kinds for line in source.lines for s in line.segments)


def test_a_long_source_is_shown_in_windows_that_follow_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "MOST_LINES", 4)
    numbers, line, following = [], 1, "start"
    while following:
        source = source_of(DETAILS[PLAN.id], TEXT, "a.txt", SHA, line=line)
        numbers += [shown.number for shown in source.lines]
        following = source.next or ""
        line = int(following.rpartition("=")[2] or 0)
    assert numbers == list(range(1, TEXT.count("\n") + 2))
    focused = source_of(DETAILS[PLAN.id], TEXT, "a.txt", SHA, focus=(REPORT.start, REPORT.end))
    assert REPORT.line in {shown.number for shown in focused.lines}
    assert links.anchor(REPORT) in focused.anchors
    assert links.anchor(STATED) not in source_of(DETAILS[PLAN.id], TEXT, "a.txt", SHA).anchors


def test_tabs_say_how_many_duties_each_way_and_which_one_is_open() -> None:
    tabs = duty_tabs({Direction.UP: 2, Direction.DOWN: 0}, Direction.UP, lambda key: f"?huong={key}")
    assert [(t.key, t.count, t.current) for t in tabs] == [
        ("len", 2, True),
        ("xuong", 0, False),
        ("cua-minh", None, False),
    ]


def test_duties_are_grouped_by_document_in_order() -> None:
    other = msgspec.structs.replace(DUTY, instrument=msgspec.structs.replace(PLAN, id="y"))
    assert [len(group) for _, group in duties_by_document([DUTY, other, TARGET])] == [2, 1]


def test_pages_of_a_list_join_to_the_whole_list() -> None:
    found: list[int] = []
    number, following = 1, "start"
    while following:
        part, pager = paged(range(7), number, 3, str)
        found += part
        number, following = number + 1, pager.next or ""
    assert found == list(range(7))
    assert paged(range(7), 9, 3, str)[0] == []
