"""What each question means, on small hand-made documents, on every store."""

import pytest
from asked import find, labels
from factories import CT33, SO, batch, cite, corpus

from graph.results import InstrumentRef
from graph.store import InstrumentFilter, Store
from ontology.errors import NotFoundError
from ontology.terms import RelationKind, Strength


@pytest.fixture
def filled(store: Store) -> Store:
    store.write_many(iter(corpus()))
    return store


@pytest.mark.parametrize(
    "typed", ["chỉ thị 33", "33/CT-TTg", "chi thi 33 thu tuong", "CT 33", "Chỉ thị số 33/CT-TTg ngày 26/11/2021"]
)
def test_an_instrument_is_found_by_what_people_type(filled: Store, typed: str) -> None:
    [found] = filled.find_instruments(typed)
    assert found.exact
    assert found.instrument
    assert found.instrument.label == "Chỉ thị số 33/CT-TTg ngày 26/11/2021"


def test_digits_are_never_guessed(filled: Store) -> None:
    assert filled.find_instruments("chỉ thị 34") == []
    assert filled.find_instruments("kế hoạch 33") == []


@pytest.mark.parametrize(
    "typed",
    [
        "đổi mới công tác vận động quần chúng",
        "doi moi cong tac van dong quan chung",
        "đổi mới công tác vận độgn quần chúng",
    ],
)
def test_an_instrument_is_found_by_a_title_without_accents_and_with_a_typo(filled: Store, typed: str) -> None:
    assert filled.find_instruments(typed)[0].label == "Kế hoạch số 30/KH-UBND ngày 17/02/2023"


def test_a_typo_in_the_symbol_is_found_but_not_exact(filled: Store) -> None:
    [found] = filled.find_instruments("33/CT-TG")
    assert not found.exact


def test_two_provinces_with_one_number_are_both_candidates_and_the_province_decides(filled: Store) -> None:
    other = batch(
        "/q",
        "Chỉ thị số 25-CT/TU ngày 08/12/2022",
        citations=[
            cite("Chỉ thị số 25-CT/TU ngày 08/12/2022", type="chi_thi", number="25", symbol="CT/TU", date="2022-12-08")
        ],
    )
    filled.write(other)
    found = filled.find_instruments("25-CT/TU")
    assert [c.exact for c in found] == [True, True]
    best, rest = filled.find_instruments("Chỉ thị 25-CT/TU Tây Ninh")
    assert best.instrument
    assert best.instrument.jurisdiction == "tay-ninh"
    assert best.exact
    assert not rest.exact


@pytest.mark.parametrize("typed", ["Sở Công Thương", "so cong thuong quang ngai", "SCT", "sở công thươn"])
def test_a_body_is_found_by_what_people_type(filled: Store, typed: str) -> None:
    assert filled.find_bodies(typed)[0].label == SO


def test_what_nobody_wrote_is_not_found(filled: Store) -> None:
    assert filled.find_instruments("nghị định về hải quan") == []
    assert filled.find_bodies("Bộ Quốc phòng") == []
    assert filled.find_instruments("") == []


def test_instruments_come_by_date_unknown_last(filled: Store) -> None:
    dates = [r.date or "9999" for r in filled.instruments()]
    assert dates == sorted(dates)


def test_instruments_can_be_filtered(filled: Store) -> None:
    def numbers(**where: object) -> list[str | None]:
        return [r.number for r in filled.instruments(InstrumentFilter(**where))]  # type: ignore[arg-type]

    assert set(numbers(loaded=True)) == {"8", "12", "30", None}
    assert numbers(families=("party",)) == ["120", "25"]
    assert numbers(types=("chi_thi",)) == ["25", "33"]
    assert numbers(missing=("number",)) == [None]
    assert numbers(missing=("date",)) == [None]
    assert numbers(jurisdiction="tay-ninh") == ["25", "8"]
    assert set(numbers(level="central")) == {"120", "33"}
    plan = find(filled, "kế hoạch 30")
    assert numbers(cited_by=(plan,)) == ["33"]


def test_a_claim_is_quoted_from_each_document_that_makes_it(filled: Store) -> None:
    detail = filled.instrument(find(filled, "kết luận 120"))
    [date] = [c for c in detail.claims if c.property == "date"]
    assert date.preferred
    assert [e.file for e in date.evidence] == ["quyet-dinh.txt"]
    [number] = [c for c in detail.claims if c.property == "number"]
    assert [e.file for e in number.evidence] == ["ke-hoach-so.txt", "quyet-dinh.txt"]
    for evidence in number.evidence:
        assert filled.source_text(evidence.sha256)[evidence.start : evidence.end] == evidence.text


def test_evidence_tells_the_physical_line_from_one(filled: Store) -> None:
    [view] = filled.relations((RelationKind.IMPLEMENTS,), object_=find(filled, "chỉ thị 33"))
    assert view.evidence[0].line == 3
    assert view.evidence[0].text.startswith("Triển khai Chỉ thị số 33/CT-TTg")


def test_implementers_go_down_transitively_and_stronger_first(filled: Store) -> None:
    chain = filled.implementers(find(filled, "chỉ thị 33"))
    assert labels(chain) == ["Kế hoạch số 30/KH-UBND ngày 17/02/2023"]
    assert chain.children[0].strength is Strength.DOCUMENT
    assert labels(chain.children[0]) == [f"Kế hoạch (chưa có số) tháng 3/2023 của {SO}"]


def test_implementers_keep_to_the_strength_asked_for(filled: Store) -> None:
    directive = find(filled, "kết luận 120")
    assert [(c.kind, c.strength) for c in filled.implementers(directive).children] == [
        (RelationKind.BASED_ON, Strength.DOCUMENT),
        (RelationKind.IMPLEMENTS, Strength.TASK),
    ]
    assert len(filled.implementers(directive, strength=Strength.DOCUMENT).children) == 1


def test_a_chain_stops_at_the_depth_and_says_so(filled: Store) -> None:
    chain = filled.implementers(find(filled, "chỉ thị 33"), depth=1)
    [child] = chain.children
    assert child.children == ()
    assert child.cut
    assert not filled.implementers(find(filled, "chỉ thị 33"), depth=2).children[0].cut


def test_basis_goes_up_to_the_top(filled: Store) -> None:
    [plan] = [r for r in filled.instruments(InstrumentFilter(loaded=True)) if r.number is None]
    chain = filled.basis(plan.id)
    assert labels(chain) == ["Kế hoạch số 30/KH-UBND ngày 17/02/2023", "Kết luận số 120-KL/TW ngày 07/01/2016"]
    assert labels(chain.children[0]) == ["Chỉ thị số 33/CT-TTg ngày 26/11/2021"]


def test_a_cycle_is_cut_and_each_instrument_is_expanded_once(store: Store) -> None:
    for own, other in (("1", "2"), ("2", "3"), ("3", "1")):
        quote = f"Kế hoạch số {other}/KH-UBND ngày 01/01/2023"
        store.write(
            batch(
                f"/{own}",
                f"Kế hoạch {own}\nThực hiện {quote}",
                type="ke_hoach",
                number=own,
                symbol="KH-UBND",
                date="2023-01-01",
                citations=[
                    cite(
                        quote, relation="implements", type="ke_hoach", number=other, symbol="KH-UBND", date="2023-01-01"
                    )
                ],
            )
        )
    chain = store.implementers(find(store, "kế hoạch 1"))
    third = chain.children[0].children[0].children[0]
    assert third.instrument.id == chain.instrument.id
    assert third.cut
    assert third.children == ()


def test_a_promulgated_annex_is_crossed(store: Store) -> None:
    text = (
        "Kiểm tra Quyết định số 644/QĐ-UBND ngày 06/5/2020 ban hành "
        "Kế hoạch số 5/KH-UBND ngày 05/5/2020 thực hiện Chỉ thị số 33/CT-TTg"
    )
    store.write(
        batch(
            "/x",
            text,
            date="2023-01-01",
            citations=[
                cite(
                    "Quyết định số 644/QĐ-UBND ngày 06/5/2020",
                    type="quyet_dinh",
                    number="644",
                    symbol="QĐ-UBND",
                    date="2020-05-06",
                ),
                cite(
                    "Kế hoạch số 5/KH-UBND ngày 05/5/2020",
                    relation="promulgates",
                    subject="644/QĐ-UBND",
                    type="ke_hoach",
                    number="5",
                    symbol="KH-UBND",
                    date="2020-05-05",
                ),
                cite("Chỉ thị số 33/CT-TTg", relation="implements", subject="5/KH-UBND", **CT33),
            ],
        )
    )
    chain = store.implementers(find(store, "chỉ thị 33"))
    assert labels(chain) == ["Kế hoạch số 5/KH-UBND ngày 05/5/2020"]
    assert labels(chain.children[0]) == ["Quyết định số 644/QĐ-UBND ngày 06/5/2020"]


def test_a_proposed_replacement_is_not_a_replacement(filled: Store) -> None:
    [view] = filled.relations((RelationKind.REPLACES,))
    assert view.stage == "proposed"
    picture = filled.neighbourhood(find(filled, "quyết định 12"), 1)
    assert not any(n.label.startswith("Quyết định số 56") for n in picture.nodes)


def test_a_neighbourhood_keeps_the_nearest_and_says_what_was_cut(filled: Store) -> None:
    centre = find(filled, "kế hoạch 30")
    whole = filled.neighbourhood(centre, 2, 200)
    part = filled.neighbourhood(centre, 2, 2)
    assert whole.cut == 0
    assert [n.id for n in part.nodes] == [n.id for n in whole.nodes][:2]
    assert part.cut
    assert part.cut_at_least  # what lies two steps away was not looked for
    assert filled.neighbourhood(centre, 1, 2).cut == len(filled.neighbourhood(centre, 1, 200).nodes) - 2
    assert not filled.neighbourhood(centre, 1, 2).cut_at_least
    full = {(e.source, e.target, e.kind) for e in whole.edges}
    for limit in range(1, len(whole.nodes)):
        some = filled.neighbourhood(centre, 2, limit)
        kept = {n.id for n in some.nodes}
        assert kept == {n.id for n in whole.nodes[:limit]}
        assert {(e.source, e.target, e.kind) for e in some.edges} == {e for e in full if {e[0], e[1]} <= kept}
    assert part.nodes[0].id == centre
    kept = {n.id for n in part.nodes}
    assert all({e.source, e.target} <= kept for e in part.edges)
    ranks = {n.label: n.rank for n in whole.nodes}
    assert ranks["Chỉ thị số 33/CT-TTg ngày 26/11/2021"] == -1


def test_search_ignores_accents_and_case_and_shows_the_clause(filled: Store) -> None:
    hits = filled.search("RA SOAT thu tuc")
    assert {h.kind for h in hits} == {"duty"}  # the paragraph that is the duty is not told twice
    assert all(h.evidence.text == "Các sở, ban, ngành rà soát thủ tục." for h in hits)
    assert hits[0].evidence.line == 7


def test_search_puts_words_in_a_row_first(filled: Store) -> None:
    filled.write(batch("/z", "Thủ tục được rà soát lại.\n", date="2025-01-01"))
    hits = filled.search("rà soát thủ tục")
    assert hits[0].score > hits[-1].score
    assert hits[-1].evidence.text == "Thủ tục được rà soát lại."


def test_search_forgives_one_missing_word_of_three_and_finds_nothing_in_nothing(filled: Store) -> None:
    assert filled.search("rà soát thủ tục xyz") != []
    assert filled.search("qwertyuiop") == []
    assert filled.search("  ..  ") == []
    assert filled.search('rà" OR soát*(') != []


def test_status_counts_what_is_there(filled: Store) -> None:
    status = filled.status()
    assert status.corpus.documents == 4
    assert (status.corpus.from_, status.corpus.to) == ("2021-04-01", "2023-03")
    assert (status.instruments, status.cited_only, status.duties) == (8, 4, 4)
    assert [d.path for d in filled.documents()] == sorted(b.path for b in corpus())


def test_conflicting_issuers_are_listed_with_their_sources(store: Store) -> None:
    for n, issuer in enumerate(("UBND tỉnh Quảng Ngãi", "Chủ tịch UBND tỉnh Quảng Ngãi")):
        quote = "Quyết định số 436/QĐ-UBND ngày 11/6/2019"
        store.write(
            batch(
                f"/{n}",
                f"{n} {quote}",
                citations=[
                    cite(
                        quote, type="quyet_dinh", number="436", symbol="QĐ-UBND", date="2019-06-11", issuer_body=issuer
                    )
                ],
            )
        )
    [conflict] = store.conflicts()
    assert conflict.kind == "issuer"
    assert {c.value for c in conflict.claims} == {"UBND tỉnh Quảng Ngãi", "Chủ tịch UBND tỉnh Quảng Ngãi"}
    assert all(c.evidence for c in conflict.claims)
    assert conflict.instruments[0].conflict


def test_an_alias_leads_to_the_node(store: Store) -> None:
    dated = cite(
        "Quyết định số 217-QĐ/TW ngày 12/12/2013", type="quyet_dinh", number="217", symbol="QĐ/TW", date="2013-12-12"
    )
    bare = cite("Quyết định số 217-QĐ/TW", type="quyet_dinh", number="217", symbol="QĐ/TW")
    store.write(batch("/1", "theo Quyết định số 217-QĐ/TW", citations=[bare], date="2021-01-11"))
    old = find(store, "217-QĐ/TW")
    store.write(batch("/2", "theo Quyết định số 217-QĐ/TW ngày 12/12/2013", citations=[dated], date="2023-01-11"))
    ref: InstrumentRef = store.instrument(old).instrument
    assert ref.date == "2013-12-12"
    assert ref.id != old
    store.remove("/1")
    store.remove("/2")
    with pytest.raises(NotFoundError):
        store.instrument(old)


def test_a_bill_is_not_the_law(store: Store) -> None:
    law = {"type": "luat", "title": "Luật Thực hiện dân chủ ở cơ sở"}
    store.write(
        batch(
            "/1", "góp ý dự án Luật Thực hiện dân chủ ở cơ sở", citations=[cite("Luật Thực hiện", stage="draft", **law)]
        )
    )
    store.write(batch("/2", "phổ biến Luật Thực hiện dân chủ ở cơ sở", citations=[cite("Luật Thực hiện", **law)]))
    assert [r.stage for r in store.instruments(InstrumentFilter(types=("luat",)))] == ["issued"]
    assert len(store.instruments(InstrumentFilter(types=("luat",), stage=None))) == 2
