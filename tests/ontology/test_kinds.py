import unicodedata

import pytest

from ontology.errors import NotFoundError
from ontology.kinds import kind, kind_of_abbreviation, kind_of_word, kinds, kinds_of_abbreviation
from ontology.symbols import parse_symbol, split_number
from ontology.vietnamese import strip_accents


@pytest.mark.parametrize(("slug", "text"), [(k.slug, e) for k in kinds() for e in k.examples])
def test_each_example_is_read_as_its_kind_in_every_form(slug, text):
    for form in (text, text.upper(), unicodedata.normalize("NFD", text), strip_accents(text)):
        found = kind_of_word(form)
        assert found is not None, form
        assert found.slug == slug


@pytest.mark.parametrize(("slug", "text"), [(k.slug, e) for k in kinds() for e in k.counter_examples])
def test_no_counter_example_is_read_as_the_kind(slug, text):
    found = kind_of_word(text)
    assert found is None or found.slug != slug


@pytest.mark.parametrize(("slug", "text"), [(k.slug, s) for k in kinds() for s in k.symbols])
def test_each_sample_number_is_read_as_its_kind(slug, text):
    assert parse_symbol(*split_number(text)).type == slug


@pytest.mark.parametrize(
    ("abbr", "style", "slug"),
    [
        ("TT", "state", "thong_tu"),
        ("TT", "party", "thong_tri"),
        ("TTr", "state", "to_trinh"),
        ("ĐA", "party", "de_an"),
        ("DA", "party", "du_an"),
        ("HĐ", "state", "hop_dong"),
        ("HD", "state", "huong_dan"),
        ("QD", "state", "quyet_dinh"),
        ("QĐi", "party", "quy_dinh"),
        ("Ctr", "party", "chuong_trinh"),
        ("CV", "party", "cong_van"),
    ],
)
def test_abbreviations_that_differ_by_one_sign_stay_apart(abbr, style, slug):
    found = kind_of_abbreviation(abbr, style)
    assert found is not None
    assert found.slug == slug


def test_a_party_qd_is_a_decision_or_a_regulation_and_only_the_word_tells():
    assert kind_of_abbreviation("QĐ", "party") is None
    assert {k.slug for k in kinds_of_abbreviation("QĐ", "party")} == {"quyet_dinh", "quy_dinh"}
    assert parse_symbol("124", "QĐ/TW", "quy_dinh").type == "quy_dinh"


@pytest.mark.parametrize("text", ["", "Luật sư", "Báo cáo viên", "Nghị định thư", "Sở Công Thương", "12"])
def test_other_words_are_no_kinds(text):
    assert kind_of_word(text) is None


def test_a_kind_is_found_by_slug_with_hyphens_or_underscores():
    assert kind("ke-hoach") == kind("ke_hoach")
    with pytest.raises(NotFoundError):
        kind("khong-co")
