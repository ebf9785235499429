"""What people type → the instrument or body that they mean; several → a question back; none → said so."""

import re
from collections.abc import Sequence

from api.answers import choice_of
from graph.results import BodyRef, Candidate, InstrumentRef
from graph.store import Store
from ontology.errors import AmbiguousReferenceError, NotFoundError
from ontology.vietnamese import fold

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
    loaded = _by_file(store, typed)
    if loaded is not None:
        return loaded
    found = store.find_instruments(typed) if typed else []
    chosen = _narrow(found, typed)
    if len(chosen) == 1 and chosen[0].instrument is not None:
        return chosen[0].instrument
    if chosen:
        raise _ambiguous(typed, chosen)
    raise _not_found(typed, found)


def resolve_body(store: Store, text: str, province: str | None = None) -> BodyRef:
    """Find the one body, post or class that a person means.

    Args:
        store: Where to look.
        text: An IRI or a name, accents and case free.
        province: Slug that the body must belong to, where the question tells.

    Raises:
        AmbiguousReferenceError: Several fit.
        NotFoundError: None fits.
    """
    typed = text.strip()
    if typed.startswith(("http://", "https://")):
        return store.body(typed).body
    found = store.find_bodies(typed) if typed else []
    chosen = narrow_bodies(found, province)
    if len(chosen) == 1 and chosen[0].body is not None:
        return chosen[0].body
    if chosen:
        raise _ambiguous(typed, chosen)
    raise _not_found(typed, found)


def narrow_bodies(found: Sequence[Candidate], province: str | None) -> list[Candidate]:
    """Keep the exact bodies, in the province asked for."""
    if province is not None:
        found = [c for c in found if c.body is not None and same_province(c.body.jurisdiction, province)]
    return [c for c in found if c.exact]


def same_province(jurisdiction: str | None, province: str) -> bool:
    """True where a jurisdiction slug, with or without epoch ("quang-ngai-2025"), is that province."""
    return jurisdiction is not None and re.sub(r"-\d{4}$", "", jurisdiction) == re.sub(r"-\d{4}$", "", province)


def _by_file(store: Store, typed: str) -> InstrumentRef | None:
    """A document by file name, stem or path; by a leading part of the name where only one file has it."""
    name = typed.replace("\\", "/")
    documents = store.documents()
    for d in documents:
        if name in {d.path, d.file, d.file.rsplit(".", 1)[0], d.sha256}:
            return d.instrument
    return None


def _narrow(found: Sequence[Candidate], typed: str) -> list[Candidate]:
    exact = [c for c in found if c.exact]
    if exact:
        return exact[:_MAX_CHOICES]
    if _HAS_DIGIT.search(typed) or not found:
        return []  # digits are never guessed
    best = found[0]
    rivals = [c for c in found if best.score - c.score < _LEAD]
    return list(rivals[:_MAX_CHOICES]) if best.score >= _SURE else []


def _ambiguous(typed: str, chosen: Sequence[Candidate]) -> AmbiguousReferenceError:
    choices = [choice_of(c) for c in chosen]
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


def folded_tokens(text: str) -> list[str]:
    """Words of a text, folded."""
    return fold(text).split()
