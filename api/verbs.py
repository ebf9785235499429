"""The questions that have a command of their own: items as ``ask`` gives them, exact parameters, no sentence."""

import re

from msgspec import structs

from api.answers import (
    Answer,
    Item,
    answered,
    backed,
    body_label,
    hit_item,
    instrument_label,
    item,
    why_items,
)
from api.ask import identity
from api.ask.duties import is_report
from api.ask.saying import listed
from api.items import due_items, duty_items
from api.parts import WHOLE, Chain, Part, chain_part, cut
from api.resolving import resolve_body, resolve_instrument
from graph.paging import page_of
from graph.results import Candidate, DutyView, Evidence, InstrumentRef, SearchHit
from graph.store import DutyFilter, Store
from ontology.errors import InvalidInputError
from ontology.terms import Direction, Role, Strength
from ontology.vietnamese import fold

_FIRST, _LAST = "0001-01-01", "9999-12-31"
_LOOKED = 50  # places searched for one that names a body


def implements(
    store: Store, text: str, depth: int = 10, strength: Strength = Strength.TASK, part: Part = WHOLE
) -> Answer:
    """What carries out the instrument that a text means, nearest first.

    Raises:
        NotFoundError, AmbiguousReferenceError: See ``api.resolving.resolve_instrument``.
    """
    ref = resolve_instrument(store, text)
    chain = chain_part(lambda most: store.implementers(ref.id, depth, strength, limit=most), part)
    x = instrument_label(ref)
    told = f"{_count(chain)} văn bản thực hiện {x}{_named(chain, part)}."
    none = f"Các văn bản đã nạp không cho thấy văn bản nào thực hiện {x}."
    return _of_chain(store, text, "implementers", ref, told if chain.total else none, chain, part)


def basis(store: Store, text: str, depth: int = 10, part: Part = WHOLE) -> Answer:
    """What the instrument that a text means carries out or rests on; raises as ``implements``."""
    ref = resolve_instrument(store, text)
    chain = chain_part(lambda most: store.basis(ref.id, depth, limit=most), part)
    x = instrument_label(ref)
    least = "ít nhất " if chain.at_least else ""
    told = f"{x} thực hiện hoặc căn cứ {least}{chain.total} văn bản{_named(chain, part)}."
    none = f"Các văn bản đã nạp không nêu căn cứ của {x}."
    return _of_chain(store, text, "basis", ref, told if chain.total else none, chain, part)


def _count(chain: Chain) -> str:
    return f"Ít nhất {chain.total}" if chain.at_least else str(chain.total)


def _named(chain: Chain, part: Part) -> str:
    """The first documents by name where the answer begins with them."""
    return f": {listed(i.text for i in chain.items)}" if chain.total <= len(chain.items) and not part.offset else ""


def _of_chain(  # noqa: PLR0917 - the fields of an answer in their order
    store: Store, text: str, kind: str, ref: InstrumentRef, told: str, chain: Chain, part: Part
) -> Answer:
    parameters = {"instrument": instrument_label(ref)}
    return answered(
        store,
        text,
        kind,
        parameters,
        told,
        chain.items,
        total=chain.total,
        offset=part.offset,
        total_at_least=chain.at_least,
    )


def duties(
    store: Store,
    text: str,
    direction: Direction = Direction.OWN,
    *,
    under: str | None = None,
    from_: str | None = None,
    to: str | None = None,
    role: Role | None = None,
    reports: bool = False,
    units: bool = True,
    part: Part = WHOLE,
) -> Answer:
    """Duties of the body that a text means; raises as ``implements``."""
    body = resolve_body(store, text)
    where = DutyFilter(due_from=from_, due_to=to, role=role)
    parameters = {"body": body.name, "direction": direction.value}
    if under is not None:
        ref = resolve_instrument(store, under)
        where = DutyFilter(due_from=from_, due_to=to, role=role, under=ref.id)
        parameters["instrument"] = instrument_label(ref)
    if under is None and not reports:
        found = store.duties(body.id, direction, where, units=units, limit=part.limit, offset=part.offset)
    else:  # filters that no store knows: of the whole list
        whole: list[DutyView] = store.duties(body.id, direction, where, units=units)
        if under is not None:
            where = DutyFilter(due_from=from_, due_to=to, role=role, document=ref.id)
            laid = store.duties(body.id, direction, where, units=units) if ref.loaded else []
            whole = list({d.id: d for d in (*laid, *whole)}.values())
        found = page_of([d for d in whole if not reports or is_report(d)], part.limit, part.offset)
    told = f"{body_label(body)}: {found.total} nhiệm vụ."
    none = f"Các văn bản đã nạp không nêu nhiệm vụ như được hỏi của {body_label(body)}."
    sentence = told if found.total else none
    items = duty_items(store, found)
    return answered(store, text, "duties", parameters, sentence, items, total=found.total, offset=part.offset)


def why(store: Store, body_text: str, instrument_text: str, part: Part = WHOLE) -> Answer:
    """Why a body is bound by an instrument; raises as ``implements``."""
    body, ref = resolve_body(store, body_text), resolve_instrument(store, instrument_text)
    paths = store.why_bound(body.id, ref.id)
    x, y = body_label(body), instrument_label(ref)
    least = "ít nhất " if paths and paths[-1].more else ""
    told = f"{x} phải thực hiện {y} theo {least}{len(paths)} chuỗi văn bản, nhiệm vụ sau."
    none = f"Các văn bản đã nạp không cho thấy vì sao {x} phải thực hiện {y}."
    question = f"{body_text} ← {instrument_text}"
    parameters = {"body": body.name, "instrument": y}
    return cut(answered(store, question, "why_bound", parameters, told if paths else none, why_items(paths)), part)


def due(store: Store, from_: str | None, to: str | None, body_text: str | None = None, part: Part = WHOLE) -> Answer:
    """Duties with a last day in a window, open at one end where that is not given; raises as ``implements``.

    Raises:
        InvalidInputError: Neither end is given.
    """
    if not from_ and not to:
        raise InvalidInputError("chưa có ngày nào", remedy="cho biết từ ngày nào hoặc đến ngày nào")
    first, last = from_ or _FIRST, to or _LAST
    parameters = {k: v for k, v in (("from", from_), ("to", to)) if v}
    body = resolve_body(store, body_text) if body_text is not None else None
    if body is not None:
        parameters["body"] = body.name
    owner = body.id if body is not None else None
    found = store.due(first, last, owner, limit=part.limit, offset=part.offset)
    told = f"{found.total} nhiệm vụ đến hạn trong khoảng được hỏi."
    none = "Các văn bản đã nạp không nêu nhiệm vụ nào đến hạn trong khoảng được hỏi."
    question = f"{from_ or '…'} – {to or '…'}"
    sentence = told if found.total else none
    items = due_items(store, found)
    return answered(store, question, "due", parameters, sentence, items, total=found.total, offset=part.offset)


def find(store: Store, text: str, limit: int = 20) -> Answer:
    """Instruments and bodies that fit a text, best first; what was guessed is marked derived."""
    reach = limit + 1  # one more tells whether there are more
    found = sorted(
        store.find_instruments(text, reach) + store.find_bodies(text, reach), key=lambda c: (-c.exact, -c.score)
    )
    items = [_candidate(store, c) for c in found[:limit]]
    kept = backed(items)
    shown = {i.id for i in kept}
    bare = listed(i.text for i in items if i.id not in shown)
    more = len(found) > limit
    told = f"{'ít nhất ' if more else ''}{len(kept)} văn bản hoặc cơ quan khớp với «{text}»."
    if bare:
        told += f" Còn biết mà không có câu nguồn riêng: {bare}."
    none = f"«{text}» không có trong các văn bản đã nạp."
    if bare:
        none = f"Khớp với «{text}» mà không có câu nguồn riêng: {bare}."
    sentence = _capital(told) if kept else none
    return answered(store, text, "find", {"text": text}, sentence, items, total_at_least=more)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _candidate(store: Store, candidate: Candidate) -> Item:
    if candidate.instrument is not None:
        ref = candidate.instrument
        title = f": {ref.title}" if ref.title else ""
        evidence = identity.told_in(store, store.instrument(ref.id))[:3]
        return item(instrument_label(ref) + title, ref.id, evidence, derived=not candidate.exact)
    return item(candidate.label, candidate.id, body_evidence(store, candidate.id), derived=not candidate.exact)


def body_evidence(store: Store, body: str) -> tuple[Evidence, ...]:
    """A sentence that names a body: of a duty, else any in a document of its place."""
    for direction in (Direction.OWN, Direction.UP, Direction.DOWN):
        found: list[DutyView] = store.duties(body, direction, units=False, limit=1)
        if found and found[0].evidence:
            return found[0].evidence[:1]
    detail = store.body(body)
    place = detail.body.jurisdiction
    for name in dict.fromkeys((detail.body.name, *detail.names)):
        alone = re.compile(
            rf"(?:^|\b(?:cua|do|cho|gui|ve|den|va) ){re.escape(fold(name))}\b"
        )  # no part of a longer name
        for hit in (*store.search(f"của {name}", _LOOKED), *store.search(name, _LOOKED)):
            here = place in {None, "vn"} or hit.instrument.jurisdiction == place
            if here and alone.search(fold(hit.evidence.text)):
                return (hit.evidence,)
    return ()


def search(store: Store, text: str, limit: int = 20) -> Answer:
    """Full text over documents and duties: places that hold all words, then the nearest that miss some."""
    hits = store.search(text, limit + 1)  # one more tells whether there are more
    more, hits = len(hits) > limit, hits[:limit]
    words = set(fold(text).split())
    all_ = [h for h in hits if words <= _words(h)]
    near = [h for h in hits if not words <= _words(h)]
    told = f"{'ít nhất ' if more else ''}{len(all_)} chỗ có đủ các từ «{text}» trong các văn bản đã nạp."
    if near and all_:
        told = f"{len(all_)} chỗ có đủ các từ «{text}» trong các văn bản đã nạp; sau đó là {len(near)} chỗ gần nhất."
    elif near:
        told = f"Không chỗ nào có đủ các từ «{text}»; dưới đây là {len(near)} chỗ gần nhất, thiếu một vài từ."
    none = f"Không có «{text}» trong các văn bản đã nạp."
    items = _of_hits([*all_, *near])
    sentence = _capital(told) if items else none
    return answered(store, text, "search", {"text": text}, sentence, items, total_at_least=more)


def _of_hits(hits: list[SearchHit]) -> list[Item]:
    """Items of matches; the places of one document or duty stand together."""
    items: dict[tuple[str, str], Item] = {}
    for hit in hits:
        told = hit_item(hit)
        first = items.setdefault((told.id, told.text), told)
        if first is not told and told.evidence[0] not in first.evidence:
            items[told.id, told.text] = structs.replace(first, evidence=(*first.evidence, *told.evidence))
    return list(items.values())


def _words(hit: SearchHit) -> set[str]:
    """The folded words that a place holds."""
    return {*fold(hit.label).split(), *fold(hit.evidence.text).split()}


__all__ = ["basis", "due", "duties", "find", "implements", "search", "why"]
