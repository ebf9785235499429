"""The questions that have a command of their own: items as ``ask`` gives them, exact parameters, no sentence."""

from api.answers import (
    Answer,
    Item,
    answered,
    body_label,
    chain_items,
    hit_item,
    instrument_label,
    item,
    why_items,
)
from api.ask import identity
from api.ask.duties import is_report
from api.ask.saying import listed
from api.items import due_items, duty_items
from api.resolving import resolve_body, resolve_instrument
from graph.results import Candidate, DutyView, Evidence
from graph.store import DutyFilter, Store
from ontology.terms import Direction, Role, Strength

_FIRST, _LAST = "0001-01-01", "9999-12-31"


def implements(store: Store, text: str, depth: int = 10, strength: Strength = Strength.TASK) -> Answer:
    """What carries out the instrument that a text means.

    Raises:
        NotFoundError, AmbiguousReferenceError: See ``api.resolving.resolve_instrument``.
    """
    ref = resolve_instrument(store, text)
    items = chain_items(store.implementers(ref.id, depth, strength))
    x = instrument_label(ref)
    told = f"{len(items)} văn bản thực hiện {x}: {listed(i.text for i in items)}."
    none = f"Các văn bản đã nạp không cho thấy văn bản nào thực hiện {x}."
    return answered(store, text, "implementers", {"instrument": x}, told if items else none, items)


def basis(store: Store, text: str, depth: int = 10) -> Answer:
    """What the instrument that a text means carries out or rests on; raises as ``implements``."""
    ref = resolve_instrument(store, text)
    items = chain_items(store.basis(ref.id, depth))
    x = instrument_label(ref)
    told = f"{x} thực hiện hoặc căn cứ {len(items)} văn bản: {listed(i.text for i in items)}."
    none = f"Các văn bản đã nạp không nêu căn cứ của {x}."
    return answered(store, text, "basis", {"instrument": x}, told if items else none, items)


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
) -> Answer:
    """Duties of the body that a text means; raises as ``implements``."""
    body = resolve_body(store, text)
    where = DutyFilter(due_from=from_, due_to=to, role=role)
    parameters = {"body": body.name, "direction": direction.value}
    if under is not None:
        ref = resolve_instrument(store, under)
        where = DutyFilter(due_from=from_, due_to=to, role=role, under=ref.id)
        parameters["instrument"] = instrument_label(ref)
    found = store.duties(body.id, direction, where, units=units)
    if under is not None:
        where = DutyFilter(due_from=from_, due_to=to, role=role, document=ref.id)
        laid = store.duties(body.id, direction, where, units=units) if ref.loaded else []
        found = list({d.id: d for d in (*laid, *found)}.values())
    if reports:
        found = [d for d in found if is_report(d)]
    told = f"{body_label(body)}: {len(found)} nhiệm vụ."
    none = f"Các văn bản đã nạp không nêu nhiệm vụ như được hỏi của {body_label(body)}."
    return answered(store, text, "duties", parameters, told if found else none, duty_items(store, found))


def why(store: Store, body_text: str, instrument_text: str) -> Answer:
    """Why a body is bound by an instrument; raises as ``implements``."""
    body, ref = resolve_body(store, body_text), resolve_instrument(store, instrument_text)
    paths = store.why_bound(body.id, ref.id)
    x, y = body_label(body), instrument_label(ref)
    told = f"{x} phải thực hiện {y} theo {len(paths)} chuỗi văn bản, nhiệm vụ sau."
    none = f"Các văn bản đã nạp không cho thấy vì sao {x} phải thực hiện {y}."
    question = f"{body_text} ← {instrument_text}"
    parameters = {"body": body.name, "instrument": y}
    return answered(store, question, "why_bound", parameters, told if paths else none, why_items(paths))


def due(store: Store, from_: str | None, to: str | None, body_text: str | None = None) -> Answer:
    """Duties with a last day in a window, open at an end that is not given; raises as ``implements``."""
    first, last = from_ or _FIRST, to or _LAST
    parameters = {k: v for k, v in (("from", from_), ("to", to)) if v}
    body = resolve_body(store, body_text) if body_text is not None else None
    if body is not None:
        parameters["body"] = body.name
    found = store.due(first, last, body.id if body is not None else None)
    told = f"{len(found)} nhiệm vụ đến hạn trong khoảng được hỏi."
    none = "Các văn bản đã nạp không nêu nhiệm vụ nào đến hạn trong khoảng được hỏi."
    question = f"{from_ or '…'} – {to or '…'}"
    return answered(store, question, "due", parameters, told if found else none, due_items(store, found))


def find(store: Store, text: str, limit: int = 20) -> Answer:
    """Instruments and bodies that fit a text, best first; what was guessed is marked derived."""
    found = sorted(
        store.find_instruments(text, limit) + store.find_bodies(text, limit), key=lambda c: (-c.exact, -c.score)
    )
    items = [_candidate(store, c) for c in found[:limit]]
    told = f"{len(items)} văn bản hoặc cơ quan khớp với «{text}»."
    none = f"«{text}» không có trong các văn bản đã nạp."
    return answered(store, text, "find", {"text": text}, told if items else none, items)


def _candidate(store: Store, candidate: Candidate) -> Item:
    if candidate.instrument is not None:
        ref = candidate.instrument
        title = f": {ref.title}" if ref.title else ""
        evidence = identity.told_in(store, store.instrument(ref.id))[:3]
        return item(instrument_label(ref) + title, ref.id, evidence, derived=not candidate.exact)
    return item(candidate.label, candidate.id, body_evidence(store, candidate.id), derived=not candidate.exact)


def body_evidence(store: Store, body: str) -> tuple[Evidence, ...]:
    """A sentence that names a body."""
    for direction in (Direction.OWN, Direction.UP, Direction.DOWN):
        found: list[DutyView] = store.duties(body, direction, units=False)
        if found and found[0].evidence:
            return found[0].evidence[:1]
    return ()


def search(store: Store, text: str, limit: int = 20) -> Answer:
    """Full text over documents and duties."""
    items = [hit_item(h) for h in store.search(text, limit)]
    told = f"{len(items)} chỗ có «{text}» trong các văn bản đã nạp."
    none = f"Không có «{text}» trong các văn bản đã nạp."
    return answered(store, text, "search", {"text": text}, told if items else none, items)


__all__ = ["basis", "due", "duties", "find", "implements", "search", "why"]
