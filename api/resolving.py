"""What people type → the instrument or body that they mean; several → a question back; none → said so."""

import re
from collections.abc import Sequence
from functools import cache

from api.answers import Choice, choice_of, instrument_label
from api.ask.bodies import bodies_named, grouped
from api.ask.places import find_places, same_province
from api.ask.reading import read_question
from api.ask.tables import vocabulary
from api.ask.text import read
from graph.results import BodyRef, Candidate, InstrumentRef
from graph.store import Store
from ontology.errors import AmbiguousReferenceError, NotFoundError
from ontology.vietnamese import fold

_SHA256 = re.compile(r"[0-9a-f]{64}")
# All files are looked through only for what looks like one, or where nothing else fits: there may be a million.
_LIKE_A_FILE = re.compile(rf"\.\w{{2,5}}$|^[/\\~]|_|^{_SHA256.pattern}$")
_NAMED = "ghi thêm số, ngày hoặc trích yếu, ví dụ: Kế hoạch 58, 58/KH-SCT"
_HAS_DIGIT = re.compile(r"\d")
_SURE = 90.0  # score from which a name without digits is taken, where it leads clearly
_LEAD = 5.0
_MAX_CHOICES = 10


def resolve_instrument(store: Store, text: str) -> InstrumentRef:
    """Find the one instrument that a person means.

    Args:
        store: Where to look.
        text: An IRI, a file name of a loaded document, a number ("33/CT-TTg", "chi thi 33"), a title.

    Returns:
        The instrument.

    Raises:
        AmbiguousReferenceError: Several fit; ``details`` hold ``choices`` and ``ids``.
        NotFoundError: None fits; ``details`` hold ``suggestions``.
    """
    typed = text.strip()
    if typed.startswith(("http://", "https://")):
        return store.instrument(typed).instrument
    loaded = _by_file(store, typed) if _LIKE_A_FILE.search(typed) else None
    if loaded is not None:
        return loaded
    found = store.find_instruments(typed) if typed else []
    chosen = _narrow(found, typed)
    if len(chosen) == 1 and chosen[0].instrument is not None:
        return chosen[0].instrument
    told = _told(store, typed)
    if len(told) == 1:
        return told[0]
    if told or chosen:
        choices = [Choice(text=instrument_label(r), id=r.id) for r in told] or [choice_of(c) for c in chosen]
        raise _ambiguous(typed, choices)
    loaded = _by_file(store, typed)
    if loaded is not None:
        return loaded
    if fold(typed) in _kind_words():
        raise NotFoundError(f"«{typed}» chỉ nêu loại văn bản, chưa nói văn bản nào", remedy=_NAMED, text=typed)
    raise _not_found(typed, found)


def _told(store: Store, typed: str) -> tuple[InstrumentRef, ...]:
    """What the text names as a question would: with province, issuer or year, or by description."""
    mentions = read_question(read(typed), store).instruments
    return mentions[0].found if len(mentions) == 1 else ()


def resolve_body(store: Store, text: str) -> BodyRef:
    """Find the one body, post or class that a person means.

    Args:
        store: Where to look.
        text: An IRI or a name, accents and case free, with or without its province.

    Returns:
        The body; of short forms of one name the full one.

    Raises:
        AmbiguousReferenceError: Several fit.
        NotFoundError: None fits.
    """
    typed = text.strip()
    if typed.startswith(("http://", "https://")):
        return store.body(typed).body
    places = find_places(read(typed), store)
    named = bodies_named(store, typed) if typed else ()
    if len(places) == 1:
        named = tuple(b for b in named if b.jurisdiction and same_province(b.jurisdiction, places[0].slug))
    groups = grouped(typed, named)
    if len(groups) == 1:
        return groups[0][0]
    if groups:
        raise _ambiguous(typed, [Choice(text=g[0].name, id=g[0].id) for g in groups])
    found = store.find_bodies(typed) if typed else []
    exact = [c.body for c in found if c.exact and c.body is not None]  # of a place that no table knows
    exact = [b for b in exact if not places or same_province(b.jurisdiction or "", places[0].slug)]
    if len(exact) == 1:
        return exact[0]
    if exact:
        raise _ambiguous(typed, [Choice(text=b.name, id=b.id) for b in exact[:_MAX_CHOICES]])
    raise _not_found(typed, found)


def _by_file(store: Store, typed: str) -> InstrumentRef | None:
    """A document by its checksum, path, or file name with or without suffix."""
    if _SHA256.fullmatch(typed):
        try:
            return store.documents(sha256=typed, limit=1)[0].instrument
        except NotFoundError:
            return None
    name = typed.replace("\\", "/")
    documents = store.documents()
    for d in documents:
        if name in {d.path, d.file, d.file.rsplit(".", 1)[0]}:
            return d.instrument
    return None


@cache
def _kind_words() -> frozenset[str]:
    """Words that only say of what kind a document is."""
    return frozenset(fold(word) for kind in vocabulary().types for word in kind.words)


def _narrow(found: Sequence[Candidate], typed: str) -> list[Candidate]:
    exact = [c for c in found if c.exact]
    if exact:
        return exact[:_MAX_CHOICES]
    if _HAS_DIGIT.search(typed) or not found:
        return []  # digits are never guessed
    best = found[0]
    rivals = [c for c in found if best.score - c.score < _LEAD]
    return list(rivals[:_MAX_CHOICES]) if best.score >= _SURE else []


def _ambiguous(typed: str, choices: Sequence[Choice]) -> AmbiguousReferenceError:
    return AmbiguousReferenceError(
        f"«{typed}» có thể là: " + "; ".join(c.text for c in choices),
        text=typed,
        choices=[c.text for c in choices],
        ids=[c.id for c in choices],
    )


def _not_found(typed: str, found: Sequence[Candidate]) -> NotFoundError:
    near = [choice_of(c).text for c in found[:3]]
    hint = f"; gần nhất: {'; '.join(near)}" if near else ""
    return NotFoundError(f"«{typed}» không có trong các văn bản đã nạp{hint}", text=typed, suggestions=near)
