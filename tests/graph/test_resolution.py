"""Identity over documents: which signs mean one instrument (domain.md 2.6, 2.7), whatever the order they came in."""

import itertools
from typing import Any

import pytest
from factories import batch, cite
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.connect import connect
from graph.likeness import similarity
from graph.resolution import block_of, clusters_of
from graph.results import InstrumentRef
from graph.signs import cited_sign, same_number
from graph.statements import Sign
from graph.store import Batch, InstrumentFilter
from ontology.record import Citation, Header

PLAN = "phối hợp thực hiện công tác vận động quần chúng năm 2021"


def citing(
    path: str, *numbers: dict[str, Any], date: str | None = "2023-05-05", home: str = "quang-ngai", **header: Any
) -> Batch:
    quotes = [f"({n}) văn bản {f.get('number')} {f.get('symbol')}" for n, f in enumerate(numbers)]
    abouts = [f.get("about") for f in numbers]
    numbers = tuple({k: v for k, v in f.items() if k != "about"} for f in numbers)
    text = "\n\n".join(
        [path, *(f"Theo {q} về {a}." if a else f"Theo {q}." for q, a in zip(quotes, abouts, strict=True))]
    )
    found = [cite(q, **f) for q, f in zip(quotes, numbers, strict=True)]
    return batch(path, text, citations=found, jurisdiction=home, date=date, type="bao_cao", **header)


def cited(*batches: Batch) -> list[InstrumentRef]:
    """What the documents cite, the same in any order of writing."""
    found: list[list[InstrumentRef]] = []
    for order in itertools.islice(itertools.permutations(batches), 6):
        store = connect("memory:")
        for one in order:
            store.write(one)
        found.append([r for r in store.instruments() if r.type != "bao_cao"])
    assert all(f == found[0] for f in found)
    return found[0]


def ct(number: str, symbol: str = "CT/TU", **fields: Any) -> dict[str, Any]:
    return {"type": "chi_thi", "number": number, "symbol": symbol, **fields}


def kh(number: str, symbol: str = "KH/BDVTU-BCSĐUBND", **fields: Any) -> dict[str, Any]:
    return {"type": "ke_hoach", "number": number, "symbol": symbol, **fields}


def qd(number: str, symbol: str, **fields: Any) -> dict[str, Any]:
    return {"type": "quyet_dinh", "number": number, "symbol": symbol, **fields}


def test_exact_mentions_are_one_whatever_the_separators_and_strokes() -> None:
    found = cited(
        citing("/1", qd("436", "QĐ-UBND", date="2019-06-11")),
        citing("/2", qd("436", "QD-UBND", date="2019-06-11")),
    )
    assert [r.label for r in found] == ["Quyết định số 436/QĐ-UBND ngày 11/6/2019"]


def test_another_province_type_or_term_is_another_instrument() -> None:
    found = cited(
        citing(
            "/1",
            ct("25", date="2022-12-08"),
            {"type": "ket_luan", "number": "25", "symbol": "KL/TU", "date": "2022-12-08"},
        ),
        citing("/2", ct("25", date="2021-02-25"), home="tay-ninh"),
        citing("/3", ct("25", date="2017-02-25")),
    )
    assert len(found) == 4


def test_a_mention_without_date_joins_the_only_dated_one() -> None:
    found = cited(
        citing("/1", qd("217", "QĐ/TW", date="2013-12-12")),
        citing("/2", qd("217", "QĐ/TW"), date="2021-01-11"),
    )
    assert [r.date for r in found] == ["2013-12-12"]


def test_a_mention_without_date_stays_open_between_two_terms() -> None:
    found = cited(
        citing("/1", ct("05", "CT/TW", date="2016-05-15"), ct("5", "CT/TW", date="2021-11-23")),
        citing("/2", ct("05", "CT/TW"), date="2023-01-11"),
    )
    assert [r.date for r in found] == ["2016-05-15", "2021-11-23", None]


def test_its_title_tells_which_of_two_is_meant() -> None:
    about = "đẩy mạnh học tập và làm theo tư tưởng"
    found = cited(
        citing(
            "/1",
            ct("05", "CT/TW", date="2016-05-15", about=about),
            ct("5", "CT/TW", date="2021-11-23", about="chống lãng phí"),
        ),
        citing("/2", ct("05", "CT/TW", about=about), date="2023-01-11"),
    )
    assert [r.date for r in found] == ["2016-05-15", "2021-11-23"]


def test_nobody_cites_what_is_not_yet_written() -> None:
    found = cited(
        citing("/1", qd("4054", "QĐ/TU", date="2023-01-11"), date="2023-05-01"),
        citing("/2", qd("4054", "QĐ/TU"), date="2021-01-11"),
    )
    assert len(found) == 2


def test_state_numbers_start_anew_each_year_so_an_old_one_needs_more_than_its_number() -> None:
    found = cited(
        citing("/1", qd("12", "QĐ-UBND", date="2015-03-03"), date="2015-12-01"),
        citing("/2", qd("12", "QĐ-UBND"), date="2023-01-11"),
    )
    assert len(found) == 2


def test_a_misread_code_joins_only_where_type_number_and_date_agree() -> None:
    right = {"type": "huong_dan", "number": "08", "symbol": "HD/BDVTU", "date": "2021-04-19"}
    wrong = {**right, "symbol": "HD/BVVTU"}
    [one] = cited(citing("/1", right, wrong))
    assert one.symbol == "HD/BDVTU"
    assert len(cited(citing("/1", right, {**wrong, "date": "2021-04-20"}))) == 2


def one_plan_under_two_numbers() -> tuple[Batch, Batch]:
    """A joint plan that bears number 40, and a letter that cites it as number 10."""
    loaded = batch(
        "/s2",
        "Kế hoạch phối hợp",
        type="ke_hoach",
        number="40",
        symbol="KH/BDVTU-BCSĐUBND",
        date="2021-01-11",
        title=PLAN,
    )
    letter = citing("/s4", kh("10", date="2021-01-11", about=PLAN))
    return loaded, letter


def test_two_numbers_for_one_document_are_one_node_with_both_claims() -> None:
    loaded, letter = one_plan_under_two_numbers()
    store = connect("memory:")
    store.write_many(iter([loaded, letter]))
    [conflict] = store.conflicts()
    assert conflict.kind == "number"
    assert {c.value for c in conflict.claims} == {"10", "40"}
    node = conflict.instruments[0]
    assert node.loaded
    assert node.number == "40"  # nothing else is known of the counter: the document itself has the word
    assert {store.find_instruments(t)[0].id for t in ("kế hoạch 10", "kế hoạch 40")} == {node.id}


def test_the_rise_of_the_counter_decides_between_two_numbers() -> None:
    loaded, letter = one_plan_under_two_numbers()
    later = citing("/s0", kh("90", "KH/BDVTU", date="2022-11-23"), kh("104", date="2022-12-26"))
    store = connect("memory:")
    store.write_many(iter([loaded, letter, later]))
    [node] = [r for r in store.instruments() if r.conflict]
    assert node.number == "10"
    assert "/2021-01-11/10" in node.id
    assert store.instrument(node.id.replace("/10", "/40")).instrument == node
    store.remove("/s0")
    assert [r.number for r in store.instruments() if r.conflict] == ["40"]


def test_who_cites_both_numbers_takes_them_for_two() -> None:
    both = citing("/1", kh("10", date="2021-01-11", about=PLAN), kh("40", date="2021-01-11", about=PLAN))
    assert len(cited(both)) == 2


def test_among_three_of_one_day_and_title_nobody_can_tell() -> None:
    found = cited(*(citing(f"/{n}", kh(n, date="2021-01-11", about=PLAN)) for n in ("10", "40", "41")))
    assert len(found) == 3


def test_neighbouring_numbers_of_one_day_are_a_batch_of_two() -> None:
    about = "thẩm định chức danh quản lý tại đơn vị"
    one, two = kh("6408", date="2025-10-27", about=about), kh("6409", date="2025-10-27", about=about)
    assert len(cited(citing("/1", one, date=None), citing("/2", two, date=None))) == 2


def test_different_years_in_the_number_are_never_told_as_possibly_one() -> None:
    decrees = [{"type": "nghi_dinh", "number": f"67/{y}", "symbol": "NĐ-CP"} for y in (2009, 2013)]
    store = connect("memory:")
    store.write(citing("/1", *decrees))
    assert store.conflicts() == []


def test_short_or_unlike_titles_join_no_numbers() -> None:
    assert (
        len(
            cited(
                citing("/1", kh("10", date="2021-01-11", about="khen thưởng")),
                citing("/2", kh("40", date="2021-01-11", about="khen thưởng")),
            )
        )
        == 2
    )
    other = PLAN.replace("2021", "2022")
    assert (
        len(
            cited(
                citing("/1", kh("10", date="2021-01-11", about=PLAN)),
                citing("/2", kh("40", date="2021-01-11", about=other)),
            )
        )
        == 2
    )


def test_one_number_given_to_two_loaded_documents_stays_two_and_is_listed() -> None:
    same = {"type": "ke_hoach", "number": "7", "symbol": "KH-UBND", "date": "2023-03-03"}
    store = connect("memory:")
    store.write(batch("/1", "một", title="phòng chống thiên tai năm 2023", **same))
    store.write(batch("/2", "hai", title="cải cách thủ tục hành chính", **same))
    assert len(store.instruments()) == 2
    assert [c.kind for c in store.conflicts()] == ["possible_same"]


def test_copies_of_one_document_are_one_instrument() -> None:
    same = {"type": "ke_hoach", "number": "7", "symbol": "KH-UBND", "date": "2023-03-03", "title": PLAN}
    store = connect("memory:")
    store.write(batch("/1", "bản gốc", **same))
    store.write(batch("/2", "bản sao y", **same))
    assert len(store.instruments()) == 1


def test_normative_numbers_bear_their_year() -> None:
    found = cited(
        citing("/1", {"type": "nghi_dinh", "number": "04/2015", "symbol": "NĐ-CP", "date": "2015-01-09"}),
        citing("/2", {"type": "nghi_dinh", "number": "04/2015", "symbol": "NĐ-CP"}, home="tay-ninh"),
        citing("/3", {"type": "nghi_dinh", "number": "04/2019", "symbol": "NĐ-CP"}),
    )
    assert [r.number for r in found] == ["04/2015", "04/2019"]


def test_a_bare_number_means_something_in_its_own_document_only() -> None:
    bare = {"type": "nghi_quyet", "number": "04", "symbol": None}
    assert len(cited(citing("/1", bare), citing("/2", bare))) == 2


def test_a_later_mention_without_date_is_the_one_told_in_full_before() -> None:
    full, later = qd("12", "QĐ-UBND", date="2015-03-03"), qd("12", "QĐ-UBND")
    assert [r.date for r in cited(citing("/1", full, later))] == ["2015-03-03"]


def test_a_short_form_is_what_it_refers_to() -> None:
    full = {"type": "nghi_quyet", "number": "04", "symbol": "NQ/TU", "date": "2021-10-18"}
    short = {"type": "nghi_quyet", "number": "04", "symbol": None, "refers_to": 0}
    assert len(cited(citing("/1", full, short))) == 1


def test_a_law_by_name_joins_its_number_only_where_a_document_states_both() -> None:
    named = {"type": "luat", "title": "Luật Tổ chức chính quyền địa phương"}
    numbered = {"type": "luat", "number": "72/2025", "symbol": "QH15"}
    assert len(cited(citing("/1", named), citing("/2", numbered))) == 2
    both = citing("/2", {**numbered, **named}, date="2025-08-01")
    [law] = cited(citing("/1", named, date="2025-09-01"), both)
    assert law.number == "72/2025"
    assert len(cited(citing("/1", named, date="2023-09-01"), both)) == 2  # who wrote before the law meant another
    older = {"type": "luat", "number": "77/2015", "symbol": "QH13", "title": named["title"]}
    assert len(cited(citing("/1", named), citing("/2", {**numbered, **named}), citing("/3", older))) == 3


def test_blank_numbers_never_join() -> None:
    store = connect("memory:")
    for path in ("/1", "/2"):
        store.write(batch(path, f"Kế hoạch {path}", type="ke_hoach", symbol="KH-VP", date="2023-02", title=PLAN))
    assert len(store.instruments(InstrumentFilter(missing=("number",)))) == 2


def test_every_merge_keeps_its_reason() -> None:
    signs = [
        Sign(type="chi_thi", jurisdiction="vn", series=("ttg",), num=33, date="2021-11-26"),
        Sign(type="chi_thi", jurisdiction="vn", series=("ttg",), num=33, before=2022),
    ]
    [cluster] = clusters_of(block_of(signs[0]), signs)
    assert cluster.reasons


SIGNS = st.builds(
    Sign,
    type=st.just("ke_hoach"),
    jurisdiction=st.sampled_from((None, "quang-ngai", "tay-ninh")),
    series=st.sampled_from(((), ("bdvtu",), ("bvvtu",), ("bdvtu", "bcsdubnd"), ("tu",))),
    num=st.just(8),
    year=st.sampled_from((None, None, 2021)),
    date=st.sampled_from((None, "2021-04-19", "2021-04-20", "2021", "2016-01-01")),
    title=st.sampled_from((None, PLAN, "hướng dẫn khen thưởng cán bộ")),
    family=st.sampled_from((None, "party", "state-admin")),
    loaded=st.sampled_from(("", "", "a" * 64, "b" * 64)),
    before=st.sampled_from((None, 2016, 2021, 2024)),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(SIGNS, max_size=7, unique_by=lambda s: s.id), st.randoms())
def test_clusters_do_not_depend_on_order_and_hold_each_sign_once(signs: list[Sign], random: Any) -> None:
    block = "num|ke_hoach|8|issued"
    wanted = clusters_of(block, signs)
    shuffled = list(signs)
    random.shuffle(shuffled)
    assert clusters_of(block, shuffled) == wanted
    assert sorted(s.id for c in wanted for s in c.signs) == sorted(s.id for s in signs)
    assert len({c.id for c in wanted}) == len(wanted)
    for cluster in wanted:
        assert len({s.jurisdiction for s in cluster.signs if s.jurisdiction}) <= 1


@pytest.mark.parametrize(
    ("follows", "title"),
    [
        (" về xây dựng và thực hiện Quy chế dân chủ; Kết luận số 114", "xây dựng và thực hiện Quy chế dân chủ"),
        (" về việc ban hành Quy chế dân vận.", "ban hành Quy chế dân vận"),
        (" ban hành *Quy chế dân vận*", "ban hành Quy chế dân vận"),
        (" về phong trào “Dân vận khéo” giai đoạn 2021 - 2025;", "phong trào “Dân vận khéo” giai đoạn 2021 - 2025"),
        (" về công tác\n\ndân vận trong tình hình mới;", "công tác dân vận trong tình hình mới"),
        (" về cải cách hành chính và Chỉ thị số 16/CT-TTg", "cải cách hành chính"),
        (" về phối hợp năm 2021 của Ban Dân vận Tỉnh ủy;", "phối hợp năm 2021"),
        (" về công tác dân vận, UBND tỉnh ban hành Kế hoạch như sau:", "công tác dân vận"),
        (", Kết luận số 114-KL/TW", None),
        (" và các văn bản liên quan", None),
    ],
)
def test_the_title_after_a_citation_is_read(follows: str, title: str | None) -> None:
    citation = Citation(start=0, end=5, type="ket_luan", number="120", symbol="KL/TW")
    assert cited_sign(citation, Header(), "0" * 64, None, follows).title == title


def test_a_shortened_title_is_like_the_whole() -> None:
    assert similarity("về xây dựng và thực hiện", "về xây dựng và thực hiện quy chế dân chủ ở cơ sở") == 100
    assert similarity("khen thưởng", "kỷ luật đảng viên") < 60
    assert same_number("436-QĐ-UBND") == same_number("0436/QD-UBND")


def test_an_unknown_province_still_keeps_its_documents_apart() -> None:
    same = {"type": "ke_hoach", "number": "7", "symbol": "KH-UBND", "date": "2023-03-03", "jurisdiction": None}
    store = connect("memory:")
    store.write(batch("/1", "một", issuers=("UBND tỉnh Sơn Hải",), **same))
    store.write(batch("/2", "hai", issuers=("UBND tỉnh Bình Lâm",), **same))
    assert [r.jurisdiction for r in store.instruments()] == ["binh-lam", "son-hai"]


def test_an_open_mention_does_not_stand_beside_the_dated_document() -> None:
    store = connect("memory:")
    store.write(citing("/1", ct("16", "CT-TTg", date="2016-05-16"), date="2017-01-01"))
    store.write(citing("/2", ct("16", "CT-TTg"), date="2023-01-01"))
    assert [(c.exact, c.instrument.date if c.instrument else "") for c in store.find_instruments("chỉ thị 16")] == [
        (True, "2016-05-16"),
        (False, None),
    ]
    assert [c.kind for c in store.conflicts()] == ["possible_same"]
