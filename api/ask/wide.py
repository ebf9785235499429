"""Questions that name neither a body nor an instrument ask of every duty: answered where there are not too many.

Half a million duties take a minute and gigabytes to look through, and nobody reads such an answer: a question so wide
is asked back for more, and one on a topic looks at what full-text search finds of it.
"""

from graph.results import DutyView, RelationView, SearchHit
from graph.store import DutyFilter, Store
from ontology.errors import InvalidInputError

WIDE = 50_000  # duties, or relations, that one question may look through
HITS = 300  # passages of a topic that are looked at


class TooWideError(InvalidInputError):
    """A question asks of more than can be looked through for it."""

    code = "question_too_wide"


def every_duty(store: Store) -> list[DutyView]:
    """All duties.

    Raises:
        TooWideError: There are more than ``WIDE``; ``details`` tells how many.
    """
    _check("câu hỏi quá rộng: hãy nêu cơ quan, văn bản hoặc chủ đề", duties=store.status().duties)
    return store.obligations()


def every_relation(store: Store) -> list[RelationView]:
    """All relations.

    Raises:
        TooWideError: There are more than ``WIDE``; ``details`` tells how many.
    """
    _check("câu hỏi quá rộng: hãy nêu văn bản", relations=store.status().relations)
    return store.relations()


def _check(message: str, **counts: int) -> None:
    if any(count > WIDE for count in counts.values()):
        raise TooWideError(message, **counts)


def on_topic(store: Store, topic: tuple[str, ...]) -> list[DutyView]:
    """Duties of the documents that full-text search finds for a topic; which are on it is for the caller to say."""
    documents = dict.fromkeys(hit.instrument.id for hit in _hits(store, topic)[:HITS])
    return [duty for iri in documents for duty in store.obligations(DutyFilter(document=iri))]


def topical(store: Store, topic: tuple[str, ...]) -> list[DutyView]:
    """All duties where they are few, else those that ``on_topic`` gives."""
    return store.obligations() if store.status().duties <= WIDE else on_topic(store, topic)


def leaves_out(store: Store, topic: tuple[str, ...], *, where_many: bool) -> bool:
    """Whether more passages have words of a topic than are looked at: always, or only ``where_many`` duties are."""
    if where_many and store.status().duties <= WIDE:
        return False
    return len(_hits(store, topic)) > HITS


def _hits(store: Store, topic: tuple[str, ...]) -> list[SearchHit]:
    """What is looked at, and one more: asked alike both times, so that a store may remember it."""
    return store.search(" ".join(topic), HITS + 1)
