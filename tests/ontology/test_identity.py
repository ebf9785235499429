import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.identity import (
    BASE,
    InstrumentKey,
    body_iri,
    change_iri,
    document_iri,
    duty_iri,
    instrument_iri,
    kind_iri,
)

SHA = "ab" * 32


def test_the_iri_holds_place_series_kind_period_and_number():
    key = InstrumentKey("quang-ngai", ("bdvtu", "bcsdubnd"), "ke_hoach", 10)
    assert instrument_iri(key, "2021-01-11") == f"{BASE}instrument/quang-ngai/bdvtu+bcsdubnd/ke-hoach/2021-01-11/10"


def test_one_number_in_two_provinces_is_two_instruments():
    here = instrument_iri(InstrumentKey("quang-ngai", ("tu",), "chi_thi", 25), "x")
    there = instrument_iri(InstrumentKey("tay-ninh", ("tu",), "chi_thi", 25), "x")
    assert here != there


def test_unknown_parts_are_written_x_and_the_period_comes_from_the_key():
    assert instrument_iri(InstrumentKey(None, (), None, 4)) == f"{BASE}instrument/x/x/x/x/4"
    assert instrument_iri(InstrumentKey("vn", ("cp",), "nghi_dinh", 4, year=2015)).endswith("/nghi-dinh/2015/4")
    assert instrument_iri(InstrumentKey("vn", ("tw",), "chi_thi", 5, term=12)).endswith("/chi-thi/k12/5")


def test_letters_and_decimals_after_the_number_make_another_instrument():
    plain = InstrumentKey("vn", ("cp",), "nghi_quyet", 66, year=2025)
    decimal = InstrumentKey("vn", ("cp",), "nghi_quyet", 66, ".7", 2025)
    assert instrument_iri(plain) != instrument_iri(decimal)
    assert instrument_iri(decimal).endswith("/66.7")


def test_an_instrument_without_number_is_told_apart_by_its_title():
    key = InstrumentKey("vn", ("qh",), "luat", None, "Thực hiện dân chủ ở cơ sở")
    assert instrument_iri(key).endswith("/luat/x/x-thuc-hien-dan-chu-o-co-so")


@pytest.mark.parametrize("period", ["2021-1-1", "26/11/2021", "nay", "k", "../x"])
def test_a_period_of_another_form_is_refused(period):
    with pytest.raises(ValueError, match="period"):
        instrument_iri(InstrumentKey("vn", ("cp",), "nghi_dinh", 4), period)


def test_hashes_are_checked():
    assert document_iri(SHA.upper()) == f"{BASE}document/{SHA}"
    assert duty_iri(SHA, 3) == f"{BASE}duty/{SHA}/3"
    with pytest.raises(ValueError, match="SHA-256"):
        duty_iri("../../etc", 1)


def test_other_nodes_have_their_own_paths():
    assert kind_iri("ke_hoach") == f"{BASE}kind/ke-hoach"
    assert change_iri("2025-07-01-cap-huyen", "tay-ninh") == f"{BASE}change/tay-ninh/2025-07-01-cap-huyen"


ALLOWED = set("abcdefghijklmnopqrstuvwxyz0123456789-+./:")


@given(st.text(), st.text(), st.text(max_size=300))
def test_no_text_can_leave_its_place_in_an_iri(name, jurisdiction, suffix):
    body = body_iri(name, jurisdiction)
    instrument = instrument_iri(InstrumentKey(jurisdiction, (name,), "luat", None, suffix))
    assert set(body) <= ALLOWED
    assert set(instrument) <= ALLOWED
    assert body.removeprefix(BASE).count("/") == 2
    assert instrument.removeprefix(BASE).count("/") == 5
    assert len(body) < 400
    assert not {".", ".."} & set(f"{body}/{instrument}".split("/"))


def test_long_names_stay_short_and_distinct():
    one, two = "Phòng " + "Tổng hợp " * 60 + "A", "Phòng " + "Tổng hợp " * 60 + "B"
    assert body_iri(one) != body_iri(two)
    assert len(body_iri(one)) < 200
