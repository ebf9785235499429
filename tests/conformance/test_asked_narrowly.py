"""What the questions say of their filters, ends and orders, where no other file of this folder asks it."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from factories import CT33, SO, UBND, batch, bearer, cite, corpus, deadline, duty
from judged import AT, ten_and_forty, verdict

from graph.connect import connect
from graph.judgements import Judgement
from graph.results import InstrumentRef
from graph.store import Batch, DutyFilter, InstrumentFilter, Store
from ontology.errors import InvalidInputError, NotFoundError
from ontology.identity import BASE
from ontology.terms import RelationKind, Role, Strength


@pytest.fixture
def filled(store: Store) -> Store:
    store.write_many(iter(corpus()))
    return store


def named(store: Store, text: str) -> str:
    found = store.find_instruments(text)[0].instrument
    assert found is not None
    return found.id


def test_relations_can_be_asked_by_kind_by_either_end_and_by_document(filled: Store) -> None:
    directive, plan = named(filled, "chỉ thị 33"), named(filled, "kế hoạch 30")
    whole = filled.relations()
    assert {r.kind for r in whole} > {RelationKind.IMPLEMENTS}
    assert filled.relations((RelationKind.IMPLEMENTS,)) == [r for r in whole if r.kind is RelationKind.IMPLEMENTS]
    assert filled.relations(subject=plan) == [r for r in whole if r.subject.id == plan] != []
    assert filled.relations(object_=directive) == [r for r in whole if r.object.id == directive] != []
    [stated] = filled.relations(document=plan)
    assert (stated.subject.id, stated.object.id) == (plan, directive)
    assert filled.relations((RelationKind.BASED_ON,), subject=plan) == []


def test_all_duties_are_asked_for_whoever_bears_them_and_all_filters_hold_together(filled: Store) -> None:
    assert [d.action[:6] for d in filled.obligations()] == ["Giao S", "Các sở", "Văn ph", "Sở thự"]
    plan = named(filled, "kế hoạch 30")
    assert len(filled.obligations(DutyFilter(document=plan))) == 2
    assert len(filled.obligations(DutyFilter(document=plan, deadline_kinds=("continuous",)))) == 1
    assert filled.obligations(DutyFilter(document=plan, deadline_kinds=("continuous",), due_to="2030-01-01")) == []
    assert len(filled.obligations(DutyFilter(document=plan, role=Role.LEADS))) == 1


def test_windows_of_days_include_both_ends(filled: Store) -> None:
    last = "2023-11-14"
    for given in ((last, last), (None, last), (last, None)):
        assert len(filled.obligations(DutyFilter(due_from=given[0], due_to=given[1], document=None))) == 1
    assert filled.obligations(DutyFilter(due_from="2023-11-15")) == []
    assert filled.obligations(DutyFilter(due_to="2023-11-13")) == []
    assert [d.day for d in filled.due(last, last)] == [last]


def test_duties_with_a_target_are_told_from_others(store: Store) -> None:
    from ontology.record import Target

    target = Target(text="100 %", comparator=">=", value=100.0, unit="%")
    text = "Sở hoàn thành 100 % hồ sơ.\n\nSở rà soát."
    done = duty("Sở hoàn thành 100 % hồ sơ.", bearers=(bearer("Sở", body=SO),), targets=(target,))
    store.write(batch("/a", text, duties=[done, duty("Sở rà soát.", bearers=(bearer("Sở", body=SO),))]))
    assert [d.targets for d in store.obligations(DutyFilter(with_targets=True))] == [(target,)]
    assert len(store.obligations()) == 2


def test_drafts_and_several_filters_of_instruments(store: Store) -> None:
    quote = "dự án Luật Đất đai"
    citing = cite(quote, type="luat", title="Đất đai", stage="draft")
    store.write(batch("/a", f"Góp ý {quote}.", citations=[citing], type="cong_van", number="1", symbol="UBND-NC"))

    def told(**where: object) -> list[InstrumentRef]:
        return store.instruments(InstrumentFilter(**where))  # type: ignore[arg-type]

    everything = told(stage=None)
    assert [r.type for r in told(stage="draft")] == ["luat"]
    assert sorted(r.id for r in everything) == sorted(r.id for r in [*told(), *told(stage="draft")])
    assert told(loaded=False, types=("cong_van",)) == []
    assert [r.type for r in told(loaded=True, types=("cong_van",))] == ["cong_van"]
    assert told(missing=("issuer",), stage="draft") == told(stage="draft")


def test_an_instrument_must_be_cited_by_all_documents_that_are_named(filled: Store) -> None:
    citing = [r.id for r in filled.instruments(InstrumentFilter(loaded=True)) if filled.instrument(r.id).above]
    alone = {iri: {r.id for r in filled.instruments(InstrumentFilter(cited_by=(iri,)))} for iri in citing}
    for one in citing:
        for two in citing:
            found = {r.id for r in filled.instruments(InstrumentFilter(cited_by=(one, two)))}
            assert found == alone[one] & alone[two]
    assert any(alone[one] & alone[two] for one in citing for two in citing if one != two)


def test_a_document_comes_back_by_its_path(filled: Store) -> None:
    for one in corpus():
        assert filled.batch(one.path) == one
    with pytest.raises(NotFoundError):
        filled.batch("/khong/co")


def test_pointings_are_what_a_document_is_and_then_what_it_cites(filled: Store) -> None:
    for one in corpus():
        own, *cited = filled.pointings(one.record.source.sha256)
        assert one.path in filled.instrument(own).files
        assert [filled.instrument(iri).instrument.number for iri in cited] == [c.number for c in one.record.citations]
    with pytest.raises(NotFoundError):
        filled.pointings("0" * 64)


@pytest.mark.parametrize("relation", ["implements", "details", "guides", "disseminates", "based_on", "replaces"])
def test_what_counts_as_carrying_out(store: Store, relation: str) -> None:
    quote = "Chỉ thị số 33/CT-TTg ngày 26/11/2021"
    citations = [cite(quote, relation=relation, **CT33)]
    store.write(batch("/a", quote, citations=citations, type="ke_hoach", number="1", symbol="KH-UBND"))
    children = store.implementers(named(store, "chỉ thị 33"), strength=Strength.MENTION).children
    assert [c.kind for c in children] == ([RelationKind(relation)] if relation != "replaces" else [])


def test_candidates_come_best_first(filled: Store) -> None:
    for typed in ("kế hoạch 30", "vận động quần chúng", "30/KH-UBND"):
        scores = [c.score for c in filled.find_instruments(typed)]
        assert scores == sorted(scores, reverse=True) != []
    for typed in ("Sở Công Thương", "văn phòng", "UBND"):
        scores = [c.score for c in filled.find_bodies(typed)]
        assert scores == sorted(scores, reverse=True) != []
    assert len(filled.find_bodies("Sở", limit=1)) == 1
    assert len(filled.find_instruments("vận động quần chúng", limit=1)) == 1
    hits = [h.score for h in filled.search("vận động quần chúng báo cáo")]
    assert hits == sorted(hits, reverse=True) != []


def test_paths_that_are_stated_come_before_derived_ones_and_short_before_long(filled: Store) -> None:
    [body] = [c.body.id for c in filled.find_bodies(SO)[:1] if c.body]
    paths = filled.why_bound(body, named(filled, "chỉ thị 33"))
    keys = [(p.duty is not None and p.duty.derived, len(p.hops)) for p in paths if p.duty]
    assert keys == sorted(keys)
    assert {derived for derived, _ in keys} == {False, True}


def test_a_body_shows_what_became_of_it(store: Store) -> None:
    old = "Sở Kế hoạch và Đầu tư tỉnh Quảng Ngãi"
    store.write(batch("/a", "Sở rà soát.", duties=[duty("Sở rà soát.", bearers=(bearer("Sở", body=old),))]))
    [body] = {p.body.id for d in store.obligations() for p in d.bearers}
    assert "Sở Tài chính" in str(store.body(body).changes)


def test_what_recurs_by_the_day_or_in_an_undated_document_has_no_countable_day(store: Store) -> None:
    text = "Sở báo cáo hằng ngày.\n\nSở báo cáo hằng tháng."
    daily = duty("Sở báo cáo hằng ngày.", bearers=(bearer("Sở", body=SO),), deadline=deadline("recurring", "P1D"))
    monthly = duty("Sở báo cáo hằng tháng.", bearers=(bearer("Sở", body=SO),), deadline=deadline("recurring", "P1M"))
    store.write(batch("/a", text, duties=[daily, monthly]))
    assert store.due("2000-01-01", "2099-12-31") == []
    store.write(batch("/a", text, duties=[daily, monthly], date="2023-02-17"))
    days = [d.day for d in store.due("2023-01-01", "2023-04-30")]
    assert days == ["2023-02-28", "2023-03-31", "2023-04-30"]


def test_adopting_is_all_or_nothing_and_counts_what_was_new(store: Store) -> None:
    store.write_many(iter(ten_and_forty()))
    [conflict] = store.conflicts()
    good, other = verdict(conflict, "same"), verdict(conflict, "later", at="2026-11-20T09:00:00Z")
    forged = Judgement(**{**{f: getattr(other, f) for f in other.__struct_fields__}, "by": "Người khác"})
    with pytest.raises(InvalidInputError):
        store.adopt([good, forged])
    assert store.judgements() == []
    assert store.adopt([good]) == 1
    assert store.adopt([good, other, other]) == 1
    assert store.adopt([]) == 0
    assert store.judgements() == [good, other]


def test_an_undo_of_what_is_not_there_is_not_found_by_judge_but_kept_by_adopt(store: Store) -> None:
    store.write_many(iter(ten_and_forty()))
    [conflict] = store.conflicts()
    record = verdict(conflict, "same", at=AT)
    store.judge(record)
    undo = store.undo(record.id, by="Hoa", reason="nhầm", at="2026-11-20T09:00:00Z")
    other = connect("memory:")
    with pytest.raises(NotFoundError):
        other.judge(undo)
    assert other.adopt([undo]) == 1


def test_the_revision_is_equal_where_the_same_is_kept_in_whatever_order(
    store: Store,
) -> None:
    def write(target: Store, batches: list[Batch]) -> int:
        for one in batches:
            target.write(one)
        return target.revision()

    memory = connect("memory:")
    first = write(store, [*corpus(), *ten_and_forty()])
    assert first == write(memory, [*reversed(ten_and_forty()), *reversed(corpus())])
    store.remove("/ten")
    assert store.revision() != first
    store.write(ten_and_forty()[0])
    assert store.revision() == first == store.status().revision


def test_the_corpus_says_how_many_documents_and_which_days(filled: Store) -> None:
    corpus_ = filled.corpus()
    assert (corpus_.documents, corpus_.from_, corpus_.to) == (4, "2021-04-01", "2023-03")
    assert corpus_ == filled.status().corpus


@pytest.mark.parametrize("question", ["relations", "why_bound", "due", "explain", "pictures of a body"])
def test_other_questions_about_what_never_was_there_are_not_found_either(filled: Store, question: str) -> None:
    iri, body = f"{BASE}instrument/x", f"{BASE}body/x"
    known = named(filled, "chỉ thị 33")
    asked: dict[str, Callable[[], object]] = {
        "relations": lambda: filled.relations(subject=iri),
        "why_bound": lambda: filled.why_bound(body, known),
        "due": lambda: filled.due("2021-01-01", "2021-12-31", body),
        "explain": lambda: filled.explain(iri),
        "pictures of a body": lambda: filled.neighbourhood(body),
    }
    with pytest.raises(NotFoundError):
        asked[question]()


def test_superiors_come_nearest_first(filled: Store) -> None:
    [office] = {p.body.id for d in filled.obligations() for p in d.bearers if p.body.name == f"Văn phòng {SO}"}
    assert [b.name for b in filled.body(office).superiors][:2] == [SO, UBND]


def test_evidence_tells_the_page_where_the_format_has_pages(store: Store) -> None:
    text = "Trang một.\n\nSở rà soát.\n"
    paged = batch("/a", text, duties=[duty("Sở rà soát.", bearers=(bearer("Sở", body=SO),))])
    store.write(msgspec.structs.replace(paged, pages=(0, text.index("Sở"))))
    store.write(batch("/b", text + "\n", duties=[duty("Sở rà soát.", bearers=(bearer("Sở", body=SO),))]))
    assert {e.file: e.page for d in store.obligations() for e in d.evidence} == {"a": 2, "b": None}


def test_the_cheap_questions_read_no_document(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    revision, digests = filled.revision(), filled.digests()

    def unpacked(*_: object, **__: object) -> None:
        raise AssertionError("a document was read")

    for place in ("sqlite.unpack", "sqlite_reading.unpack_text", "neo4j.unpack_batch", "neo4j_reading.unpack_batch"):
        monkeypatch.setattr(f"graph.backends.{place}", unpacked, raising=False)
    assert filled.revision() == revision
    assert filled.digests() == digests


def test_a_picture_that_is_full_says_so_and_goes_no_farther(filled: Store) -> None:
    centre = named(filled, "chỉ thị 33")
    whole = filled.neighbourhood(centre, 3, 200)
    for limit in range(1, len(whole.nodes) + 1):
        part = filled.neighbourhood(centre, 3, limit)
        assert len(part.nodes) == limit
        assert {n.id for n in part.nodes} <= {n.id for n in whole.nodes}
        assert part.cut > 0 or part.cut_at_least or limit == len(whole.nodes)
        assert part.cut <= len(whole.nodes) - limit


def test_what_every_answer_tells_of_the_corpus_is_not_counted_out_after_each_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = connect(f"sqlite:{tmp_path / 'x.db'}")
    store.write_many(iter(corpus()))
    store.write(batch("/late", "Văn bản sau cùng", type="ke_hoach", number="77", date="2031-02-03"))

    def counted(*_: object) -> None:
        raise AssertionError("everything was counted")

    monkeypatch.setattr("graph.backends.sqlite_reading.counts_of", counted)
    assert (store.corpus().documents, store.corpus().to) == (5, "2031-02-03")
    monkeypatch.undo()
    assert store.status().corpus == store.corpus()
    store.close()
