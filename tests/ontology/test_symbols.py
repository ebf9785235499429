import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.codes import org_of, split_party
from ontology.errors import MalformedNumberError
from ontology.symbols import canonical_symbol, clean_symbol, parse_symbol, split_number
from ontology.tables import codes
from ontology.terms import Family

N, A, P, M, J = Family.STATE_NORMATIVE, Family.STATE_ADMIN, Family.PARTY, Family.MASS_ORG, Family.JOINT

VECTORS = [
    # as written, kind, number, series, unit, family, canonical
    ("4418 /UBND-NC", "cong_van", 4418, ("ubnd",), "NC", A, "4418/UBND-NC"),
    ("08 -CT/TU", "chi_thi", 8, ("tu",), None, P, "08-CT/TU"),
    ("396 -QĐ/TU", None, 396, ("tu",), None, P, "396-QĐ/TU"),
    ("114 -KL/TW", "ket_luan", 114, ("tw",), None, P, "114-KL/TW"),
    ("987-KH/BCSD", "ke_hoach", 987, ("bcsd",), None, P, "987-KH/BCSĐ"),
    ("987-KH/BCSĐ", "ke_hoach", 987, ("bcsd",), None, P, "987-KH/BCSĐ"),
    ("104-KH/BDVTU-BCSDUBND", "ke_hoach", 104, ("bdvtu", "bcsdubnd"), None, P, "104-KH/BDVTU-BCSĐUBND"),
    ("40 KH/BDVTU-BCSDUBND", "ke_hoach", 40, ("bdvtu", "bcsdubnd"), None, P, "40-KH/BDVTU-BCSĐUBND"),
    ("10 – KH/BDVTU-BCSĐUBND", "ke_hoach", 10, ("bdvtu", "bcsdubnd"), None, P, "10-KH/BDVTU-BCSĐUBND"),
    ("436-QĐ-UBND", "quyet_dinh", 436, ("ubnd",), None, A, "436/QĐ-UBND"),
    ("436/QĐ-UBND", "quyet_dinh", 436, ("ubnd",), None, A, "436/QĐ-UBND"),
    ("56/2015/QĐ-UBND", "quyet_dinh", 56, ("ubnd",), None, N, "56/2015/QĐ-UBND"),
    ("217/QĐ-TW", None, 217, ("tw",), None, P, "217-QĐ/TW"),
    ("11-QĐi/TW", "quy_dinh", 11, ("tw",), None, P, "11-QĐi/TW"),
    ("26-KH/BCĐ", "ke_hoach", 26, ("bcd",), None, P, "26-KH/BCĐ"),
    ("416/QĐ-TTg", "quyet_dinh", 416, ("ttg",), None, A, "416/QĐ-TTg"),
    ("33/CT-TTG", "chi_thi", 33, ("ttg",), None, A, "33/CT-TTg"),
    ("80/2015/QH13", None, 80, ("qh13",), None, N, "80/2015/QH13"),
    ("34/2007/PL-UBTVQH11", "phap_lenh", 34, ("ubtvqh11",), None, N, "34/2007/PL-UBTVQH11"),
    ("66.7/2025/NQ-CP", "nghi_quyet", 66, ("cp",), None, N, "66.7/2025/NQ-CP"),
    ("76/NQ-CP", "nghi_quyet", 76, ("cp",), None, A, "76/NQ-CP"),
    ("5053-CV/VPTW/nb", "cong_van", 5053, ("vptw",), None, P, "5053-CV/VPTW/nb"),
    ("73/CP", None, 73, ("cp",), None, A, "73/CP"),
    ("3041/QĐ-BNN-TCCB", "quyet_dinh", 3041, ("bnnptnt",), "TCCB", A, "3041/QĐ-BNN-TCCB"),
    ("2231/SNV-CCHC&PC", "cong_van", 2231, ("snv",), "CCHC&PC", A, "2231/SNV-CCHC&PC"),
    ("15/2014/TTLT-BTP-BNV", "thong_tu_lien_tich", 15, ("btp", "bnv"), None, N, "15/2014/TTLT-BTP-BNV"),
    ("80/2021/TTBTC", "thong_tu", 80, ("btc",), None, N, "80/2021/TT-BTC"),
    ("12/2020/NĐCP", "nghi_dinh", 12, ("cp",), None, N, "12/2020/NĐ-CP"),
    ("5/KH-BCA-BNN&MT", "ke_hoach", 5, ("bca", "bnnmt"), None, A, "5/KH-BCA-BNN&MT"),
    ("367 - QĐ/TWĐTN-VP", None, 367, ("twdtn",), "VP", M, "367-QĐ/TWĐTN-VP"),
    ("12/KH-MTTQ-BTT", "ke_hoach", 12, ("mttq",), "BTT", M, "12/KH-MTTQ-BTT"),
    ("403/2017/NQLT-UBTVQH14-CP-ĐCTUBTWMTTQVN", "nghi_quyet_lien_tich", 403,
     ("ubtvqh14", "cp", "dctubtwmttqvn"), None, J, "403/2017/NQLT-UBTVQH14-CP-ĐCTUBTWMTTQVN"),
    ("12/TTr-SNN&PTNT", "to_trinh", 12, ("snnptnt",), None, A, "12/TTr-SNN&PTNT"),
]  # fmt: skip


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: v[0])
def test_numbers_as_written_are_taken_apart_and_spelt_anew(vector):
    text, kind, num, series, unit, family, canonical = vector
    number, symbol = split_number(text)
    parts = parse_symbol(number, symbol)
    assert (parts.type, parts.num, parts.series, parts.unit, parts.family) == (kind, num, series, unit, family)
    assert canonical_symbol(number, symbol) == canonical
    again = split_number(canonical)
    assert parse_symbol(*again) == parts
    assert canonical_symbol(*again) == canonical


def test_an_unknown_code_stays_as_it_is_written():
    parts = parse_symbol("08", "HD/BVVTU")
    assert (parts.type, parts.series, parts.level) == ("huong_dan", ("bvvtu",), None)
    assert canonical_symbol("08", "HD/BVVTU") == "08-HD/BVVTU"


def test_blank_numbers_keep_their_symbol():
    plan, letter = parse_symbol(None, "/KH-SCT"), parse_symbol(None, "SCT-VP")
    assert (plan.type, plan.num, plan.series) == ("ke_hoach", None, ("sct",))
    assert (letter.type, letter.series, letter.unit) == ("cong_van", ("sct",), "VP")
    assert canonical_symbol(None, " /KH-VP") == "KH-VP"


def test_year_term_letter_and_decimal_are_told_apart():
    assert parse_symbol("04/2015", "NĐ-CP").year == 2015
    assert parse_symbol("55", "NQ-UBTVQH10").term == 10
    assert parse_symbol("18a/2003", "QĐ-UB").suffix == "a"
    assert parse_symbol("66.7/2025", "NQ-CP").suffix == ".7"
    assert parse_symbol("66", "NQ-CP").suffix == ""


def test_the_type_word_wins_over_the_code():
    assert parse_symbol("218", "QĐ/TW", "quyet_dinh").type == "quyet_dinh"
    assert parse_symbol("80/2015", "QH13", "luat").type == "luat"


def test_scheme_and_project_are_never_confused():
    assert parse_symbol("13", "ĐA/TU").type == "de_an"
    assert parse_symbol("13", "DA/TU").type == "du_an"


def test_the_same_letters_are_another_body_in_state_and_party():
    assert parse_symbol("3", "TT-BTC").style == "state"
    assert parse_symbol("3", "KH/BTCTU").series == ("btctu",)
    party = split_party("BTCTU")
    assert party is not None
    assert party.name == "Ban Tổ chức Tỉnh ủy"


@pytest.mark.parametrize("text", ["", "KH-UBND", "giai đoạn 2021-2025", "abc", "/12"])
def test_what_does_not_begin_with_a_number_is_refused(text):
    with pytest.raises(MalformedNumberError):
        split_number(text)


def test_every_example_of_the_codes_bears_its_code():
    table = codes()
    for row in (*table.state, *table.party, *table.mass):
        for example in row.examples:
            parts = parse_symbol(*split_number(example))
            keys = {k.rstrip("0123456789") for k in parts.series}
            assert clean_symbol(row.code) and any(  # noqa: PT018
                (org_of(k) and row.code in {o.code for f in ("state", "party", "mass") if (o := org_of(k, family=f))})
                or (org_of(k) is None and k == row.code.lower())
                for k in keys
            ), (row.code, example, parts.series)
    for unit in table.units:
        for example in unit.examples:
            assert parse_symbol(*split_number(example)).unit == unit.code, example


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_text_makes_the_parser_fail_and_the_canonical_form_is_stable(number, symbol):
    parts = parse_symbol(number, symbol)
    assert parts.num is None or parts.num >= 0
    once = canonical_symbol(number, symbol)
    assert isinstance(once, str)
