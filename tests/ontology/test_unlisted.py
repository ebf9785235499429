"""Provinces that no table knows, taken from a document's own words."""

import pytest

from ontology.bodies import expand_short, identify
from ontology.names import home_name, place_of
from ontology.tables import province_of_seat
from ontology.unlisted import stated_at_end, unlisted


def test_two_capitalised_words_make_a_province() -> None:
    found = unlisted("tỉnh Sơn Hải")
    assert found is not None
    assert (found.slug, found.name, found.full) == ("son-hai", "Sơn Hải", "tỉnh Sơn Hải")


@pytest.mark.parametrize("name", ["son-hai", "Sơn", "Quảng Ngãi", "Lê Hà", "sơn hải", "Vũ Đình Lộc", "SƠN HẢI"])
def test_slugs_persons_and_listed_provinces_make_none(name: str) -> None:
    assert unlisted(name) is None


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("UBND tỉnh Sơn Hải", "UBND"),
        ("Ban Dân vận Tỉnh ủy Sơn Hải", "Ban Dân vận Tỉnh ủy"),
        ("Văn phòng Sở Công Thương tỉnh Sơn Hải", "Văn phòng Sở Công Thương"),
    ],
)
def test_a_name_that_states_its_level_is_split(name: str, core: str) -> None:
    placed = place_of(name)
    assert placed.core == core
    assert placed.province is not None
    assert placed.province.slug == "son-hai"


@pytest.mark.parametrize("name", ["UBND các tỉnh Tây Nguyên", "Chủ tịch UBND tỉnh Vũ Đình Lộc", "Báo Sơn Hải"])
def test_regions_persons_and_bare_words_are_no_province(name: str) -> None:
    assert stated_at_end(name) is None


def test_short_names_and_identities_take_an_unlisted_province() -> None:
    assert expand_short("UBND tỉnh", "Sơn Hải") == "UBND tỉnh Sơn Hải"
    assert expand_short("Văn phòng Sở", "Sơn Hải", "Sở Công Thương tỉnh Sơn Hải").endswith("Thương tỉnh Sơn Hải")
    office = identify("Ban Dân vận Tỉnh ủy Sơn Hải")
    assert office.jurisdiction == "son-hai"
    assert office.parents == ("Tỉnh ủy Sơn Hải", "Ban Chấp hành Trung ương Đảng")
    group = identify("Các sở, ban, ngành", "Sơn Hải")
    assert group.id == identify("Các sở, ban, ngành", "son-hai").id
    assert group.name == "Các sở, ban, ngành tỉnh Sơn Hải"


def test_one_body_has_one_identity_in_either_spelling() -> None:
    assert identify("Ủy ban nhân dân tỉnh Sơn Hải").id == identify("UBND tỉnh", "Sơn Hải").id


def test_the_name_of_a_province_comes_from_issuers_or_place() -> None:
    assert home_name("son-hai", ("Sở Nội vụ", "Sơn Hải")) == "Sơn Hải"
    assert home_name("son-hai", ("Sở Nội vụ",)) is None
    assert home_name("vn", ("Hà Nội",)) is None


def test_the_seat_tells_its_province() -> None:
    found = province_of_seat("Thành phố Nha Trang")
    assert found is not None
    assert found.name == "Khánh Hòa"
    assert province_of_seat("Sơn Hải") is None
