"""Confidence: the fit, its table, and that of what is called sure enough is right."""

import random

import pytest
import yaml

from benchmarks import calibrate
from benchmarks.annotations import read_folder
from benchmarks.calibrate import Fit, caution, fitted, read_kept, written
from benchmarks.corpora import OPEN, records
from benchmarks.observations import FACTS, Observation, observed
from benchmarks.reliability import SURE, expected_error, table
from loaders.confidence import models, probability
from loaders.damage import damage_of, odd_words


def _facts(count: int = 4000) -> list[Observation]:
    """Made-up facts: nine in ten right, three in ten where a is noted, b means nothing."""
    dice = random.Random(1)  # noqa: S311 - seeded on purpose
    rows = []
    for n in range(count):
        signals = tuple(name for name in ("a", "b") if dice.random() < 0.3)
        right = dice.random() < (0.3 if "a" in signals else 0.9)
        rows.append(Observation(str(n % 20), "duty", right, 0.5, signals))
    return rows


def test_the_fit_gives_back_the_shares_that_the_facts_were_made_with() -> None:
    fit = fitted(_facts())
    assert fit.probability(()) == pytest.approx(0.9, abs=0.03)
    assert fit.probability(("a",)) == pytest.approx(0.3, abs=0.05)
    assert abs(fit.weights["b"]) < 0.25
    assert fit.probability(("never seen",)) == fit.probability(())


def test_few_facts_move_a_weight_little() -> None:
    facts = [*_facts(400), Observation("x", "duty", False, 0.5, ("rare",))]
    assert -1.2 < fitted(facts).weights["rare"] < 0


def test_what_few_facts_show_is_taken_as_believed() -> None:
    facts = [*_facts(400), Observation("x", "duty", True, 0.5, ("year_inferred",))]
    assert fitted(facts).weights["year_inferred"] < -0.9


def test_caution_lowers_until_the_sure_ones_are_right_often_enough() -> None:
    good, bad = [(0.97, True)] * 96 + [(0.97, False)] * 4, [(0.91, True)] * 80 + [(0.91, False)] * 20
    assert caution(good) == 0
    by = caution(good + bad)
    assert 0 < by < 0.3
    assert calibrate._lowered(0.91, by) < SURE < calibrate._lowered(0.97, by)


def test_the_table_is_written_as_the_loaders_read_it() -> None:
    facts = _facts(200)
    row = calibrate._row(Fit(2.0, {"a": -3.0, "damage_some": -1.0}), facts, 0.5, 0.25)
    assert (row["base"], row["signals"]["a"]["weight"], row["signals"]["damage_some"]["weight"]) == (1.5, -3.0, -1.25)
    text = written({"duty": row})
    assert yaml.safe_load(text)["duty"] == row


def test_the_error_of_perfect_confidence_is_nothing_and_of_boasting_what_it_boasts() -> None:
    assert expected_error([(0.8, True)] * 8 + [(0.8, False)] * 2) == pytest.approx(0)
    assert expected_error([(0.99, False)] * 10) == pytest.approx(0.99)
    assert "0.9 or more: 10 of 10, right 0.000" in table([(0.99, False)] * 10, "x")


def test_every_kind_of_fact_has_its_weights_and_they_say_less_where_text_is_damaged() -> None:
    assert set(models()) == set(FACTS)
    for fact in FACTS:
        whole = [probability(fact, signals) for signals in ((), ("damage_some",), ("damage_much",))]
        assert whole == sorted(whole, reverse=True)
        assert whole[0] >= SURE > whole[2]


def test_first_contacts_are_kept_with_known_kinds_of_facts() -> None:
    kept = read_kept()
    assert {row.fact for row in kept} == set(FACTS)
    assert sum(row.right for row in kept) < len(kept)


def test_damage_is_told_from_foreign_words_by_its_share() -> None:
    clean = "Ủy ban nhân dân tỉnh giao các sở rà soát và báo cáo kết quả thực hiện nhiệm vụ. " * 30
    assert damage_of(clean) == ""
    assert damage_of(clean.replace("soát", "soátk").replace("quả", "qủaa")) == "much"
    assert odd_words("phần mềm, UBND, QĐ") == 0
    assert odd_words("phầu mễmm") == 1


def test_of_what_is_given_ninety_sure_on_the_open_benchmark_ninety_five_in_a_hundred_are_right() -> None:
    documents = read_folder(OPEN, OPEN)
    rows = [o for d, record in zip(documents, records(documents), strict=True) for o in observed(d, record)]
    for fact in FACTS:
        sure = [row.right for row in rows if row.fact == fact and row.confidence >= SURE]
        assert len(sure) > 60
        assert sum(sure) >= 0.95 * len(sure)
