"""What people see at a terminal, at 80 and at 120 columns."""

import pytest

from api.answers import Answer, AnswerEvidence, Choice, DutyPart, Item
from api.cli_answers import show_answer, show_duties
from graph.results import Corpus

ACTION = "Lập kế hoạch thay đèn đường bằng đèn tiết kiệm điện, gửi báo cáo về Sở Xây dựng"


def evidence(text: str, line: int = 14) -> AnswerEvidence:
    return AnswerEvidence(file="000_3e1973d290e163dc.txt", start=0, end=len(text), line=line, text=text)


def duty(quote: str = ACTION, *, derived: bool = False) -> Item:
    part = DutyPart(
        action=ACTION,
        bearers=("Phòng Quản lý đô thị",),
        deadline="trước ngày 15/11/2024",
        last_day="2024-11-14",
        document="Kế hoạch số 8/KH-UBND, mục II.1",
    )
    return Item(
        text=f"…: {ACTION}", id="x:1", derived=derived, evidence=(evidence(quote), evidence("Hạn", 20)), duty=part
    )


def answer(*items: Item) -> Answer:
    corpus = Corpus(documents=5, from_="2021-01-11", to="2024-03")
    return Answer(question="?", status="answered", text="1 nhiệm vụ.", items=items, corpus=corpus)


@pytest.fixture(params=[80, 120])
def width(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setenv("COLUMNS", str(request.param))
    columns: int = request.param
    return columns


def test_a_table_of_duties_fits_and_shows_each_source_whole(width: int, capsys: pytest.CaptureFixture[str]) -> None:
    show_duties(answer(duty()))
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= width
    assert any("000_3e1973d290e163dc.txt:14, 20" in line for line in lines)
    assert any("Nhiệm vụ" in line and "Ai" in line and "Hạn" in line for line in lines)
    assert any("Nguồn" in line for line in lines) == (width >= 100)


def test_the_table_says_no_text_twice_but_quotes_what_says_more(width: int, capsys: pytest.CaptureFixture[str]) -> None:
    show_duties(answer(duty(), duty("Giao đơn vị khác hẳn lập bảng thống kê")))
    out = " ".join(capsys.readouterr().out.split())
    assert out.count("đèn đường") <= 2
    assert "thống kê" in out


def test_a_fact_of_ask_is_who_and_when_then_the_quote_and_its_place(
    width: int, capsys: pytest.CaptureFixture[str]
) -> None:
    show_answer(answer(duty(derived=True)))
    out = " ".join(capsys.readouterr().out.split())
    assert "1. Phòng Quản lý đô thị; hạn: trước ngày 15/11/2024 (14/11/2024) (Kế hoạch số 8/KH-UBND, mục II.1)" in out
    assert "(suy luận)" in out
    assert f"“{ACTION}” 000_3e1973d290e163dc.txt, dòng 14" in out
    assert out.count("đèn đường") == 1


def test_a_quote_that_the_fact_already_holds_is_not_repeated(width: int, capsys: pytest.CaptureFixture[str]) -> None:
    show_answer(answer(Item(text="Võ Văn An ký Kế hoạch 8", id="x:2", evidence=(evidence("**Võ Văn An**", 52),))))
    out = capsys.readouterr().out
    assert out.count("Võ Văn An") == 1
    assert "000_3e1973d290e163dc.txt, dòng 52" in out


def test_marks_of_markdown_are_not_shown_and_brackets_style_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    show_answer(answer(Item(text="[red]x[/red]", id="x:3", evidence=(evidence("gửi **trước ngày** _mai_"),))))
    out = capsys.readouterr().out
    assert "[red]x[/red]" in out
    assert "“gửi trước ngày mai”" in out


def test_choices_are_numbered(capsys: pytest.CaptureFixture[str]) -> None:
    choices = (Choice(text="Chỉ thị số 25-CT/TU (Quảng Ngãi)", id="a"), Choice(text="… (Tây Ninh)", id="b"))
    show_answer(Answer(question="?", status="ambiguous", text="Xin chọn một.", choices=choices))
    out = capsys.readouterr().out
    assert "1. Chỉ thị số 25-CT/TU (Quảng Ngãi)" in out
    assert "2. … (Tây Ninh)" in out


def test_the_places_of_a_fact_that_thousands_state_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    places = tuple(evidence("Thực hiện Chỉ thị", n) for n in range(1, 1002))
    show_answer(answer(Item(text="Chỉ thị", id="x", evidence=places)))
    out = " ".join(capsys.readouterr().out.split())
    assert "dòng 16" in out
    assert "và 985 chỗ nữa" in out
    assert "dòng 17" not in out
