"""Damage of texts: seeded, as much as asked for, and the places of annotations go with their words."""

import pytest
from rapidfuzz.distance import Levenshtein

from benchmarks import ladder
from benchmarks.annotations import read_folder
from benchmarks.corpora import OPEN
from benchmarks.noise import KINDS, MIXED, damaged, damaged_document

TEXT = "Thực hiện Chỉ thị số 10-CT/TU ngày 11/01/2026 của Đảng ủy; giao Sở Xây dựng lập đề án - trước quý I.\n" * 40


@pytest.mark.parametrize("kind", [*KINDS, MIXED])
def test_the_same_seed_gives_the_same_damage_and_another_seed_another(kind: str) -> None:
    once = damaged(TEXT, kind, 0.05, 3)
    assert damaged(TEXT, kind, 0.05, 3) == once
    assert damaged(TEXT, kind, 0.05, 4).text != once.text
    assert once.text != TEXT


@pytest.mark.parametrize("kind", [*KINDS, MIXED])
def test_no_damage_leaves_the_text_and_its_places(kind: str) -> None:
    same = damaged(TEXT, kind, 0)
    assert same.text == TEXT
    assert same.place((10, 32)) == (10, 32)


@pytest.mark.parametrize("rate", [0.01, 0.05])
def test_all_kinds_together_damage_about_as_many_characters_as_asked_for(rate: float) -> None:
    share = Levenshtein.distance(TEXT, damaged(TEXT, MIXED, rate).text) / len(TEXT)
    assert 0.6 * rate < share < 1.2 * rate


def test_each_kind_does_its_own_damage_and_no_other() -> None:
    assert "Đ" not in damaged(TEXT, "stroke", 0.1).text
    assert damaged(TEXT, "digits", 0.1).text.translate(str.maketrans("OolI", "0011")).count("2026") == 40
    assert " ".join(damaged(TEXT, "pages", 0.0).text.split()) == " ".join(TEXT.split())
    assert damaged(TEXT, "hyphens", 0.1).text.count("-") == 0


@pytest.mark.parametrize("kind", [*KINDS, MIXED])
def test_a_place_goes_with_its_words(kind: str) -> None:
    bad = damaged(TEXT, kind, 0.05)
    for start in range(0, len(TEXT) - 40, 37):
        a, b = bad.place((start, start + 40))
        assert 0 <= a < b <= len(bad.text)
        assert Levenshtein.distance(bad.text[a:b], TEXT[start : start + 40]) <= 16
        assert bad.place((start, start + 40))[0] <= bad.place((start + 1, start + 40))[0]


def test_the_annotations_of_a_document_stay_on_their_words() -> None:
    document = read_folder(OPEN, OPEN)[0]
    bad = damaged_document(document, MIXED, 0.01)
    pairs = zip((*document.citations, *document.obligations), (*bad.citations, *bad.obligations), strict=True)
    for one, two in pairs:
        good, now = document.text[slice(*one)], bad.text[slice(*two)]
        assert Levenshtein.distance(good, now) <= 3 + len(good) // 10


def test_more_damage_finds_less_and_we_read_more_than_the_plain_way() -> None:
    documents = read_folder(OPEN, OPEN)[:3]
    (clean, _), (bad, told), (plain, _) = (
        ladder.measured(documents, MIXED, 0.0),
        ladder.measured(documents, MIXED, 0.05),
        ladder.measured(documents, MIXED, 0.0, "baseline"),
    )
    assert clean["citation"].f1 > bad["citation"].f1
    assert clean["obligation"].f1 > plain["obligation"].f1
    assert told.missed > 0
    assert 0 <= told.missed_told <= told.missed
    assert len(ladder.line("5 %", bad)) == len(ladder.line("0 %", clean))
