import pytest

from ontology import names, tables
from ontology.errors import ModelError
from ontology.tables import changes, codes, document_kinds, province_of_name, provinces
from ontology.vietnamese import fold


def test_there_are_63_provinces_before_the_mergers_and_34_since():
    assert sum(p.valid_on("2024-06-01") for p in provinces()) == 63
    assert sum(p.valid_on("2025-06-30") for p in provinces()) == 63
    assert sum(p.valid_on("2025-07-01") for p in provinces()) == 34


def test_every_province_of_before_lives_on_or_went_into_exactly_one_of_the_34():
    before = {p.id for p in provinces() if p.valid_on("2025-06-30")}
    merged = [i for p in provinces() if p.valid_from == "2025-07-01" for i in p.merged_from]
    unchanged = {p.id for p in provinces() if p.valid_on("2025-06-30") and p.valid_on("2025-07-01")}
    assert len(merged) == len(set(merged))
    assert len(unchanged) == 11
    assert before == set(merged) | unchanged


def test_a_merged_province_that_keeps_its_name_is_another_unit():
    old, new = province_of_name("Quảng Ngãi"), province_of_name("Quảng Ngãi", "2025-07-01")
    assert old is not None
    assert new is not None
    assert (old.id, old.valid_to) == ("quang-ngai", "2025-06-30")
    assert (new.id, new.merged_from) == ("quang-ngai-2025", ("kon-tum", "quang-ngai"))


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("TỈNH QUẢNG NGÃI", "quang-ngai"),
        ("Tây Ninh", "tay-ninh"),
        ("TP. Hồ Chí Minh", "ho-chi-minh"),
        ("TP.HCM", "ho-chi-minh"),
        ("thành phố Đà Nẵng", "da-nang"),
        ("tỉnh Thừa Thiên - Huế", "thua-thien-hue"),
        ("quang-ngai-2025", "quang-ngai"),
        ("Đắc Lắc", "dak-lak"),
    ],
)
def test_names_of_provinces_are_found_in_all_spellings(text, slug):
    found = province_of_name(text)
    assert found is not None
    assert found.slug == slug


@pytest.mark.parametrize("text", ["thành phố Quảng Ngãi", "TP. Tây Ninh", "Nghĩa Hành", "", "tỉnh"])
def test_a_city_inside_a_province_is_no_province(text):
    assert province_of_name(text) is None


def test_every_row_of_kinds_and_codes_has_examples():
    assert [k.slug for k in document_kinds() if not k.examples] == []
    table = codes()
    rows = (*table.state, *table.party, *table.mass, *table.units)
    assert [row.code for row in rows if not row.examples] == []


def test_changes_have_unique_ids_known_scopes_and_flagged_dates():
    rows = changes()
    assert len({r.id for r in rows}) == len(rows)
    assert {r.scope for r in rows} == {"central", "province", "agency", "provinces"}
    for row in rows:
        assert row.originals
        assert row.vi
        assert row.en
        assert row.verified == (len(row.date) == len("2025-03-01")), row.id


def test_bodies_of_changes_stand_in_the_table_of_bodies_with_fitting_years():
    table = names.table()
    central = {fold(n): row for row in table.central for n in (row.name, *row.aliases)}
    local = {fold(n) for row in (*table.local, *table.departments) for n in (row.name, *row.aliases)}
    for change in changes():
        for name in (*change.originals, *change.results):
            if change.scope == "central":
                assert fold(name) in central, name
                row = central[fold(name)]
                if name in change.originals:
                    assert row.valid_to is not None, name
                    assert row.valid_to < change.date
            elif change.scope == "province" and "các huyện" not in name:
                assert fold(names.place_of(name).core) in local, name


@pytest.mark.parametrize(
    ("text", "why"),
    [("- {slug: x, vi: X, en: X, colour: red}", "colour"), ("- {slug: 1}", "str"), ("- {slug: [", "kinds.yaml")],
)
def test_a_damaged_table_is_a_model_error_that_names_the_file(tmp_path, monkeypatch, text, why):
    (tmp_path / "kinds.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(tables, "DATA", tmp_path)
    with pytest.raises(ModelError, match=why) as caught:
        tables.load("kinds.yaml", tuple[tables.DocumentKind, ...])
    assert caught.value.details["file"] == "kinds.yaml"


def test_a_repeated_key_is_a_model_error():
    with pytest.raises(ModelError, match="repeated a"):
        tables.unique(("x", "y", "z"), ["a", "b", "a"], "t.yaml")


def test_every_example_of_units_and_posts_and_classes_is_read_as_such():
    from ontology.bodies import identify
    from ontology.terms import BodyKind

    table = names.table()
    for row in table.posts:
        assert row.examples, row.head
        for example in row.examples:
            assert identify(example).kind is BodyKind.POST, example
    for head in table.unit_heads:
        assert head.examples, head.head
        for example in head.examples:
            assert identify(example).kind.value == head.kind, example
    for first in table.first_words:
        assert first.examples, first.head
        for example in first.examples:
            assert identify(example).level == first.level, example
            assert identify(example).known, example
    for words in table.classes:
        assert words.examples, words.words
        for example in words.examples:
            assert identify(example).is_class, example
        for example in words.counter_examples:
            assert not identify(example).is_class, example


def test_superiors_in_the_table_of_bodies_are_themselves_in_the_table():
    table = names.table()
    central = {row.name for row in table.central}
    local = {row.name for row in table.local}
    assert [r.name for r in table.central if r.parent and r.parent not in central] == []
    assert [r.name for r in table.local if r.parent and r.parent not in central | local] == []


def test_an_ended_level_ends_the_day_before_the_change_that_ended_it():
    from datetime import date, timedelta

    days = {change.id: change.date for change in changes()}
    for row in names.table().ended_levels:
        assert date.fromisoformat(row.valid_to) + timedelta(days=1) == date.fromisoformat(days[row.change])
