from hypothesis import given, settings
from hypothesis import strategies as st

from viz.highlight import Mark, lines, window


def _marks() -> st.SearchStrategy[list[Mark]]:
    mark = st.builds(
        lambda a, b, k: Mark(a, b, k, f"v{a}-{b}"), st.integers(-2, 60), st.integers(-2, 60), st.sampled_from("abc")
    )
    return st.lists(mark, max_size=8)


@settings(deadline=None)
@given(st.text(alphabet="aĐế \n\r\x0c", max_size=50), _marks())
def test_segments_give_the_text_back_line_by_line(text: str, marks: list[Mark]) -> None:
    shown = lines(text, marks)
    assert ["".join(s.text for s in line.segments) for line in shown] == [
        raw.removesuffix("\r") for raw in text.split("\n")
    ]
    assert [line.number for line in shown] == list(range(1, text.count("\n") + 2))


@settings(deadline=None)
@given(st.text(alphabet="ab\n", min_size=1, max_size=50), _marks())
def test_a_segment_has_a_mark_exactly_where_the_mark_lies(text: str, marks: list[Mark]) -> None:
    at = 0
    for line in lines(text, marks):
        for segment in line.segments:
            end = at + len(segment.text)
            over = {m.kind for m in marks if 0 <= m.start < min(m.end, len(text)) and m.start < end and m.end > at}
            assert set(segment.kinds) == over
            at = end
        at += 1


def test_a_mark_over_two_lines_has_one_anchor_and_lights_both() -> None:
    first, second = lines("một hai\nba bốn", [Mark(4, 10, "duty", "v4-10")])
    assert [(s.text, s.ids, s.anchors) for s in first.segments] == [("một ", (), ()), ("hai", ("v4-10",), ("v4-10",))]
    assert [(s.text, s.ids, s.anchors) for s in second.segments] == [("ba", ("v4-10",), ()), (" bốn", (), ())]


def test_overlapping_marks_are_cut_so_that_none_nests() -> None:
    (line,) = lines("abcdef", [Mark(0, 4, "duty", "d"), Mark(2, 6, "citation", "c")])
    assert [(s.text, s.kinds) for s in line.segments] == [
        ("ab", ("duty",)),
        ("cd", ("duty", "citation")),
        ("ef", ("citation",)),
    ]


def test_a_window_holds_the_line_asked_for() -> None:
    found = lines("\n".join(str(k) for k in range(100)), [])
    for focus in (1, 2, 50, 99, 100):
        shown = window(found, focus, 10)
        assert len(shown) == 10
        assert focus in {line.number for line in shown}
