"""Questions that ask of every duty: answered where there are few, asked back where there are too many."""

import pytest
from factories import batch, bearer, deadline, duty

from api.answers import ANSWERED, UNKNOWN
from api.ask import ask, wide
from graph.connect import connect
from graph.store import Store

DATED = "Văn phòng chủ trì rà soát chuyển đổi số trước ngày 15/7/2023."
CONTACT = "Sở Nội vụ là đầu mối tổng hợp."


@pytest.fixture
def store() -> Store:
    made = connect("memory:")
    office = bearer("Văn phòng", "leads", "Văn phòng Sở Y tế tỉnh Nghệ An")
    contact = bearer("Sở Nội vụ", "leads", "Sở Nội vụ tỉnh Nghệ An")
    laid = [
        duty(DATED, bearers=(office,), deadline=deadline("before", last_day="2023-07-15"), action=DATED),
        duty(CONTACT, bearers=(contact,), action=CONTACT),
    ]
    made.write(batch("/a", f"{DATED}\n{CONTACT}\n", duties=laid, type="ke_hoach", number="3", date="2023-01-05"))
    return made


@pytest.mark.parametrize("question", ["Những nhiệm vụ nào có thời hạn?", "Ai chủ trì rà soát chuyển đổi số?"])
def test_where_duties_are_few_all_are_looked_through(store: Store, question: str) -> None:
    answer = ask(store, question)
    assert answer.status == ANSWERED
    assert [e.text for i in answer.items for e in i.evidence] == [DATED]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Những nhiệm vụ nào có thời hạn?", "có 2 nhiệm vụ, nhiều quá"),
        ("Which duties come with a deadline?", "lay 2 duties, too many"),
        ("Văn bản nào được viện dẫn nhiều nhất?", "quan hệ, nhiều quá"),
    ],
)
def test_a_question_that_is_too_wide_says_what_to_name(
    store: Store, question: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wide, "WIDE", -1)
    answer = ask(store, question)
    assert answer.status == UNKNOWN
    assert told in answer.text
    assert answer.items == ()


def test_a_topic_is_looked_for_by_its_words_where_duties_are_many(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = ask(store, "Ai chủ trì rà soát chuyển đổi số?")
    monkeypatch.setattr(wide, "WIDE", 1)
    assert ask(store, "Ai chủ trì rà soát chuyển đổi số?") == few


@pytest.mark.parametrize("question", ["Ai chủ trì rà soát chuyển đổi số?", "Khi nào phải rà soát chuyển đổi số?"])
def test_an_answer_says_so_where_more_passages_were_found_than_looked_at(
    store: Store, question: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Chỉ xét" not in ask(store, question).text
    store.write(batch("/b", "Việc rà soát chuyển đổi số đã xong.", type="bao_cao", number="4", date="2024-01-05"))
    monkeypatch.setattr(wide, "HITS", 1)
    monkeypatch.setattr(wide, "WIDE", 1)
    answer = ask(store, question)
    assert "Chỉ xét" in answer.text
