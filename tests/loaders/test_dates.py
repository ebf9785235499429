import pytest

from loaders.dates import bare_day_at, day_at, find_dates, iso, year_at
from tests.counting import grows_linearly


@pytest.mark.parametrize(
    ("phrase", "value"),
    [
        ("ngày 06/9/2022", "2022-09-06"),
        ("ngày 14/7/2015", "2015-07-14"),
        ("ngày 12 tháng 12 năm 2013", "2013-12-12"),
        ("ngày 5-3-2021", "2021-03-05"),
        ("ngày 05.3.2021", "2021-03-05"),
        ("ngày 25/ 5/2021", "2021-05-25"),
        ("ngày tháng 02 năm 2023", "2023-02"),
        ("ngày ... tháng 3 năm 2024", "2024-03"),
        ("ngày … tháng … năm 2025", "2025"),
        ("ngày 29 tháng 2 năm 2024", "2024-02-29"),
        ("ngày 05 tháng 3/2024", "2024-03-05"),
    ],
)
def test_every_form_of_a_day_is_read(phrase, value):
    found = day_at(phrase, 0)
    assert found is not None
    assert (found.value, found.end) == (value, len(phrase))


@pytest.mark.parametrize("phrase", ["ngày 31/02/2023", "ngày 29 tháng 2 năm 2023", "ngày 12/13/2020", "ngày 04/7/025"])
def test_a_day_that_does_not_exist_is_a_phrase_without_value(phrase):
    found = day_at(phrase, 0)
    assert found is not None
    assert found.value is None


@pytest.mark.parametrize("phrase", ["ngày 12/12", "ngày càng cao", "ngày làm việc", "ngày lễ 2/9"])
def test_words_that_name_no_day_with_its_year_are_no_date(phrase):
    assert day_at(phrase, 0) is None


def test_a_day_without_the_word_is_read_where_it_is_asked_for():
    assert bare_day_at("26/11/2021", 0).value == "2021-11-26"
    assert bare_day_at("giai đoạn", 0) is None


def test_a_year_is_read_but_a_span_of_years_is_not():
    assert year_at("năm 2013", 0).value == "2013"
    assert year_at("năm 2021-2025", 0) is None
    assert year_at("năm 2021 - 2025", 0) is None


def test_iso_refuses_days_and_years_outside_the_calendar():
    assert iso(30, 2, 2024) is None
    assert iso(1, 1, 1823) is None
    assert iso(None, 14, 2024) is None


def test_all_dates_of_a_text_come_in_order():
    text = "từ ngày 01/7/2025 đến tháng 12/2025, báo cáo tháng 3 năm 2026 và ngày 31/4/2026"
    assert [d.value for d in find_dates(text)] == ["2025-07-01", "2025-12", "2026-03", None]


def test_a_long_line_of_the_word_day_holds_no_date_and_takes_steps_in_proportion():
    def read(times):
        assert list(find_dates("ngày ngày tháng " * times)) == []

    assert grows_linearly(read, 500)
