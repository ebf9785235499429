import pytest

from ontology.validity import compatible, epoch_of, interval, narrower, overlaps, written


@pytest.mark.parametrize(
    ("date", "days"),
    [
        ("2023", ("2023-01-01", "2023-12-31")),
        ("2024-02", ("2024-02-01", "2024-02-29")),
        ("2021-01-11", ("2021-01-11", "2021-01-11")),
    ],
)
def test_a_partial_date_is_the_interval_of_its_days(date, days):
    assert interval(date) == days


@pytest.mark.parametrize("date", ["", "2023-13", "2023-02-30", "11/01/2021", "2023-2", "0000"])
def test_what_is_no_date_is_refused(date):
    with pytest.raises(ValueError, match=r"date|day"):
        interval(date)


def test_dates_are_compatible_where_they_can_be_one_day():
    assert compatible("2023-02", "2023-02-17")
    assert compatible(None, "2023-02-17")
    assert not compatible("2023-02", "2023-03-01")
    assert not compatible("2016-05-25", "2021-05-25")


def test_the_narrower_date_wins_and_different_ones_are_refused():
    assert narrower("2023", "2023-02-17") == "2023-02-17"
    assert narrower(None, None) is None
    with pytest.raises(ValueError, match="differ"):
        narrower("2022", "2023-02-17")


def test_validity_with_open_and_partial_ends():
    assert overlaps(None, "2025-06-30", "2023")
    assert not overlaps(None, "2025-06-30", "2025-07-01")
    assert overlaps(None, "2025", "2025-07-01")
    assert overlaps("2025-03-01", None, None)


@pytest.mark.parametrize(
    ("on", "unit"),
    [
        (None, "quang-ngai"),
        ("2023", "quang-ngai"),
        ("2025-06-30", "quang-ngai"),
        ("2025", "quang-ngai"),
        ("2025-07", "quang-ngai-2025"),
        ("2026-01-01", "quang-ngai-2025"),
    ],
)
def test_the_epoch_of_a_province_follows_the_date(on, unit):
    found = epoch_of("quang-ngai", on)
    assert found is not None
    assert found.id == unit


def test_a_province_without_merger_has_one_epoch_and_a_swallowed_one_keeps_its_last():
    for slug, on, unit in [("ha-noi", "2026-01-01", "ha-noi"), ("kon-tum", "2026-01-01", "kon-tum")]:
        found = epoch_of(slug, on)
        assert found is not None
        assert found.id == unit
    assert epoch_of("khong-co") is None


@pytest.mark.parametrize(
    ("date", "shown"),
    [
        ("2021-11-06", "06/11/2021"),
        ("2022-09-16", "16/9/2022"),
        ("2024-02", "02/2024"),
        ("2024-10", "10/2024"),
        ("2023", "2023"),
        (None, ""),
    ],
)
def test_dates_are_written_as_offices_write_them(date, shown):
    assert written(date) == shown
