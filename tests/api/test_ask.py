"""Questions on a small corpus of our own, and the tables of the question reader row by row."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from api.answers import Answer
from api.ask import HANDLERS, LONGEST, _with_others, ask
from api.ask.bodies import BodyMention, canon
from api.ask.days import find_periods
from api.ask.reading import read_question
from api.ask.saying import say
from api.ask.tables import patterns, vocabulary, wording
from api.ask.text import mask, read
from api.loading import read_one
from graph.connect import connect
from graph.results import BodyRef, Candidate, InstrumentRef
from graph.store import Store
from ontology.errors import InvalidInputError
from ontology.vietnamese import fold
from tests.counting import steps

CORPUS = Path(__file__).parent / "ask_corpus"
MOST_STEPS = 10_000_000  # lines of Python, a few seconds at worst


@pytest.fixture(scope="module")
def store() -> Store:
    opened = connect("memory:")
    opened.write_many(iter([read_one(p) for p in sorted(CORPUS.glob("*.txt"))]))
    return opened


class Names:
    """A store that knows every instrument and some bodies: enough to read questions, not to answer them."""

    bodies = (
        "Sở Nội vụ",
        "Sở Tài chính",
        "Văn phòng UBND tỉnh",
        "Ban Dân vận Tỉnh ủy",
        "Tỉnh ủy",
        "Phòng Hành chính - Quản trị",
        "Sở Công Thương",
    )

    def find_instruments(self, text: str, limit: int = 20) -> list[Candidate]:
        ref = InstrumentRef(id=f"i:{text}", type=None, label=text)
        return [Candidate(id=ref.id, label=text, score=100.0, exact=True, instrument=ref)]

    def find_bodies(self, text: str, limit: int = 20) -> list[Candidate]:
        same = [n for n in self.bodies if canon(n) == canon(text)]
        return [Candidate(id=n, label=n, score=100.0, exact=True, body=BodyRef(id=n, name=n)) for n in same]

    def instruments(self, where: object = None) -> list[InstrumentRef]:
        return []

    def documents(self) -> list[object]:
        return []


def kind_of(question: str) -> str | None:
    return read_question(read(question), Names()).kind  # type: ignore[arg-type]


EXAMPLES = [(p.kind, e) for p in patterns() for e in p.examples]
COUNTER_EXAMPLES = [(p.kind, e) for p in patterns() for e in p.counter_examples]


@pytest.mark.parametrize(("kind", "question"), EXAMPLES)
def test_each_example_of_the_table_is_read_as_its_kind(kind: str, question: str) -> None:
    assert kind_of(question) == kind


@pytest.mark.parametrize(("kind", "question"), EXAMPLES)
def test_each_example_is_read_alike_without_accents(kind: str, question: str) -> None:
    assert kind_of(read(question).flat) == kind


@pytest.mark.parametrize(("kind", "question"), COUNTER_EXAMPLES)
def test_no_counter_example_is_read_as_the_kind(kind: str, question: str) -> None:
    assert kind_of(question) != kind


def test_every_kind_has_a_handler_examples_and_no_handler_lacks_a_kind() -> None:
    assert {p.kind for p in patterns()} == set(HANDLERS)
    assert all(p.examples for p in patterns())


def test_every_sentence_exists_in_both_languages_with_the_same_places() -> None:
    places = {k: {lang: set(re.findall(r"{(\w+)}", t)) for lang, t in v.items()} for k, v in wording().items()}
    assert all(set(v) == {"vi", "en"} for v in places.values())
    assert [k for k, v in places.items() if v["vi"] != v["en"]] == []


def test_the_words_of_the_vocabulary_are_folded() -> None:
    table = vocabulary()
    words = [
        *table.filler,
        *table.stops,
        *table.body_heads,
        *table.known_bodies,
        *(w for t in table.types for w in t.words),
    ]
    assert [w for w in words if fold(w) != w and "'" not in w] == []


@pytest.mark.parametrize(
    ("text", "unit", "first", "last"),
    [
        ("tính đến ngày 10/11/2024", "day", "2024-11-10", "2024-11-10"),
        ("as of 10 November 2024", "day", "2024-11-10", "2024-11-10"),
        ("November 10, 2024", "day", "2024-11-10", "2024-11-10"),
        ("2024-11-10", "day", "2024-11-10", "2024-11-10"),
        ("ngày 5 tháng 3 năm 2024", "day", "2024-03-05", "2024-03-05"),
        ("trong tháng 2/2024", "month", "2024-02-01", "2024-02-29"),
        ("quý IV năm 2023", "quarter", "2023-10-01", "2023-12-31"),
        ("năm 2024", "year", "2024-01-01", "2024-12-31"),
    ],
)
def test_periods_are_read_as_people_write_them(text: str, unit: str, first: str, last: str) -> None:
    (found,) = find_periods(read(text).flat)
    assert (found.unit, found.first, found.last) == (unit, first, last)


@pytest.mark.parametrize("text", ["giai đoạn 2021 - 2025", "ngày 31/02/2024", "56/2015/QĐ-UBND", "không có gì"])
def test_what_is_no_period_is_not_read_as_one(text: str) -> None:
    assert find_periods(read(text).flat) == []


def test_masking_keeps_the_words_around_the_marks() -> None:
    assert mask("ai lam chi thi 33?", [(7, 17, "<i>")]) == "ai lam <i>"


@pytest.mark.parametrize(
    "question",
    [
        "Văn bản nào thực hiện Chỉ thị 20?",
        "van ban nao thuc hien chi thi 20",
        "VĂN BẢN NÀO THỰC HIỆN CHỈ THỊ 20/CT-TTg",
        "vna ban nao thuc hien chi thi 20",
        "Which documents implement Directive 20?",
        "Chỉ thị 20/CT-TTg ngày 08/6/2023 được triển khai bằng những văn bản nào?",
    ],
)
def test_what_carries_out_a_directive_is_told_with_its_sentences(store: Store, question: str) -> None:
    answer = ask(store, question)
    assert (answer.status, answer.kind) == ("answered", "implementers")
    assert answer.parameters["instrument"] == "20/CT-TTg"
    assert [i.text.split(" (")[0] for i in answer.items] == [
        "Kế hoạch số 812/KH-UBND ngày 12/02/2024",
        "Kế hoạch",
        "Công văn số 77/SCT-NL ngày 05/4/2024",
    ]


def test_all_evidence_is_the_text_of_the_file_at_its_offsets_and_line(store: Store) -> None:
    texts = {p.name: p.read_text("utf-8") for p in CORPUS.glob("*.txt")}
    questions = [
        "Văn bản nào thực hiện Chỉ thị 20?",
        "Sở Công Thương Bến Tre phải làm gì?",
        "Ai ký Kế hoạch 812?",
        "Văn bản nào chưa có số?",
    ]
    for question in questions:
        answer = ask(store, question)
        assert answer.items
        for item in answer.items:
            assert item.evidence
            for e in item.evidence:
                assert texts[e.file][e.start : e.end] == e.text
                assert texts[e.file].count("\n", 0, e.start) + 1 == e.line


def lines(answer: Answer) -> set[tuple[str, int]]:
    return {(e.file, e.line) for i in answer.items for e in i.evidence}


def test_reports_of_a_department_come_from_its_own_plan_and_the_plan_above(store: Store) -> None:
    answer = ask(store, "Sở Công Thương Bến Tre phải nộp báo cáo gì năm 2024?")
    assert lines(answer) == {("ke-hoach-tinh.txt", 18), ("ke-hoach-so.txt", 24)}
    assert "trước ngày 15/12/2024 (14/12/2024)" in answer.text


def test_a_department_of_two_provinces_is_asked_back(store: Store) -> None:
    answer = ask(store, "Sở Công Thương phải làm gì?")
    assert (answer.status, answer.items) == ("ambiguous", ())
    assert {c.text for c in answer.choices} == {"Sở Công Thương tỉnh Bến Tre", "Sở Công Thương tỉnh Sóc Trăng"}


@pytest.mark.parametrize(
    "question",
    [
        "Văn bản nào thực hiện Chỉ thị 21?",
        "Sở Y tế Bến Tre phải làm gì?",
        "Sở Công Thương Trà Vinh phải làm gì?",
        "Sở Tài chính Bến Tre đã nộp báo cáo chưa?",
        "Kinh phí thực hiện Kế hoạch 812 là bao nhiêu?",
        "Kế hoạch 812 còn hiệu lực không?",
        "Sở Tài chính Bến Tre phải làm gì về trồng rừng ngập mặn?",
        "Việc gì đến hạn trong tháng 1/2030?",
        "Ai ký Chỉ thị 20?",
        "Công văn 77/SCT-NL ngày 06/4/2024 nói về gì?",
    ],
)
def test_what_the_documents_do_not_tell_is_unknown_and_holds_nothing(store: Store, question: str) -> None:
    answer = ask(store, question)
    assert (answer.status, answer.items) == ("unknown", ())
    assert answer.corpus.documents == 3


@pytest.mark.parametrize("question", ["Thời tiết hôm nay thế nào?", "asdf qwer", "", "   "])
def test_what_is_not_understood_says_so_and_gives_only_text_matches(store: Store, question: str) -> None:
    answer = ask(store, question)
    assert (answer.status, answer.kind) == ("not_understood", None)
    assert all(i.derived for i in answer.items)


@pytest.mark.parametrize(
    ("question", "kind", "line", "said"),
    [
        (
            "Kế hoạch tiết kiệm điện của Sở Công Thương Bến Tre căn cứ vào đâu?",
            "basis",
            ("ke-hoach-so.txt", 14),
            "812/KH-UBND",
        ),
        (
            "Vì sao Văn phòng Sở Công Thương Bến Tre phải thực hiện Chỉ thị 20?",
            "why_bound",
            ("ke-hoach-so.txt", 24),
            "20/CT-TTg",
        ),
        ("Đơn vị đầu mối của Sở Công Thương Bến Tre?", "contact", ("ke-hoach-so.txt", 24), "Văn phòng Sở"),
        ("Chỉ tiêu của Sở Công Thương Bến Tre năm 2024?", "targets", ("ke-hoach-so.txt", 20), "2 chỉ tiêu"),
        ("Nếu sửa Kế hoạch 812 thì ảnh hưởng gì?", "impact", ("ke-hoach-so.txt", 26), "Sở Công Thương tỉnh Bến Tre"),
        ("Ai theo dõi, đôn đốc Kế hoạch 812?", "role", ("ke-hoach-tinh.txt", 22), "Văn phòng UBND tỉnh"),
        ("Ai ký Kế hoạch 812?", "signer", ("ke-hoach-tinh.txt", 32), "Trần Văn Mẫu"),
        ("Ai ban hành Công văn 77?", "issuer", ("cong-van-soc-trang.txt", 1), "Sở Công Thương tỉnh Sóc Trăng"),
        ("Kế hoạch 812 ban hành ngày nào?", "date", ("ke-hoach-tinh.txt", 9), "12/02/2024"),
        ("What is due in December 2024?", "due", ("ke-hoach-tinh.txt", 18), "2024-12-01"),
        ("Quá hạn tính đến 05/12/2024?", "overdue", ("ke-hoach-so.txt", 24), "Chưa đến hạn"),
        ("Chuỗi từ Chỉ thị 20 xuống", "chain", ("ke-hoach-so.txt", 14), "812/KH-UBND"),
        ("Cho xem nguyên văn dòng 18 của ke-hoach-tinh.txt", "source_text", ("ke-hoach-tinh.txt", 18), "Nguyên văn"),
        ("Ai cân đối nguồn vốn thay đèn chiếu sáng?", "who_topic", ("ke-hoach-tinh.txt", 20), "Sở Tài chính"),
    ],
)
def test_a_question_is_answered_with_its_line(
    store: Store, question: str, kind: str, line: tuple[str, int], said: str
) -> None:
    answer = ask(store, question)
    assert (answer.status, answer.kind) == ("answered", kind)
    assert line in lines(answer)
    assert said in " ".join([answer.text, *(i.text for i in answer.items)])


def test_answers_are_in_the_language_of_the_question(store: Store) -> None:
    assert "carry out" in ask(store, "Which documents implement Directive 20?").text
    assert "thực hiện" in ask(store, "van ban nao thuc hien chi thi 20").text


def test_a_question_as_long_as_a_document_is_refused(store: Store) -> None:
    with pytest.raises(InvalidInputError, match="dài quá"):
        ask(store, "chỉ thị " * 1000)


@pytest.mark.parametrize("piece", ["văn bản nào thực hiện chỉ thị số số số ", "sở sở sở ban ban phòng "])
def test_the_longest_question_takes_a_bounded_number_of_steps(store: Store, piece: str) -> None:
    question = (piece * LONGEST)[:LONGEST]
    assert steps(lambda: ask(store, question)) < MOST_STEPS


def test_bodies_of_other_places_that_were_left_aside_are_named(store: Store) -> None:
    found = tuple(BodyRef(id=p, name=f"Sở Nội vụ tỉnh {p}", jurisdiction=p) for p in ("A", "B"))
    asked = replace(read_question(read("Sở Nội vụ phải làm gì?"), store), kind="duties")
    asked = replace(asked, bodies=(BodyMention(0, 9, "Sở Nội vụ", found),))
    chosen = replace(asked, bodies=(replace(asked.bodies[0], found=found[1:]),))
    told = Answer(question="", status="answered", text="2 nhiệm vụ.")
    text = _with_others(told, asked, chosen).text
    assert text.startswith("2 nhiệm vụ. («Sở Nội vụ» được hiểu là Sở Nội vụ tỉnh B;")
    assert "Sở Nội vụ tỉnh A" in text
    assert _with_others(told, chosen, chosen) == told


@pytest.mark.parametrize("key", [k for k, v in wording().items() if "[" in v["en"]])
def test_a_count_takes_its_number_in_english(key: str, store: Store) -> None:
    reading = read_question(read("What is due in April 2023?"), store)
    values: dict[str, str | int] = {n: "x" for n in re.findall(r"{(\w+)}", wording()[key]["en"])}
    one, many = (say(reading, key, **{**values, "n": n}) for n in (1, 2))
    assert one.replace("1", "2") != many
    assert not set("[]") & set(one + many)
    assert not re.search(r"\b1 (?:loaded )?\w+ies\b|\b1 duties\b", one)
