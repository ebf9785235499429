import pytest
from jinja2 import UndefinedError

from graph.results import Corpus
from viz.pages import emphasise, page, short, static_version, unbroken


def test_a_name_that_nobody_gave_is_an_error_and_not_an_empty_place() -> None:
    with pytest.raises(UndefinedError):
        page("source.html", corpus=Corpus(documents=1))


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("Sở Nội vụ gửi số liệu", "so noi vu", "<mark>Sở</mark> <mark>Nội</mark> <mark>vụ</mark> gửi số liệu"),
        ("Số: 33/CT-TTg", "33", "Số: <mark>33</mark>/CT-TTg"),
        ("<b>dân vận</b>", "DÂN VẬN", "&lt;b&gt;<mark>dân</mark> <mark>vận</mark>&lt;/b&gt;"),
        ("không có gì", "", "không có gì"),
    ],
)
def test_words_of_a_query_are_marked_where_they_stand_together(text: str, query: str, marked: str) -> None:
    assert emphasise(text, query) == marked


def test_numbers_and_dates_stay_on_one_line_and_everything_is_escaped() -> None:
    assert unbroken("số 33/CT-TTg <b>1/2</b> a-b") == (
        'số <span class="nb">33/CT-TTg</span> <span class="nb">&lt;b&gt;1/2&lt;/b&gt;</span> a-b'
    )


def test_a_quotation_drops_markdown_marks_but_no_letter() -> None:
    assert short("**2.** Thực hiện *tốt*\n\n## II. C# và 3 * 4") == "2. Thực hiện tốt II. C# và 3 4"


def test_the_version_of_the_static_files_is_stable_within_a_run() -> None:
    assert static_version() == static_version()
    assert len(static_version()) == 12
