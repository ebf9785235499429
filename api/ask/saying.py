"""Sentences and labels of answers, in the language of the question."""

import re
from collections.abc import Iterable

from api.answers import Answer, Item, answered
from api.ask.bodies import BodyMention
from api.ask.reading import Reading
from api.ask.tables import wording
from graph.results import BodyRef, InstrumentRef
from graph.store import Store
from ontology.validity import written

_SHOWN = 6
_NUMBER = re.compile(r"\[([^\[\]/]*)/([^\[\]/]*)\]")


def say(reading: Reading, key: str, **values: str | int) -> str:
    """Fill a sentence of ``wording.yaml``; of "[duty falls/duties fall]" take what the count asks for."""
    template = wording()[key]["en" if reading.english else "vi"]
    one = values.get("n") == 1
    return _NUMBER.sub(lambda m: m[1] if one else m[2], template).format(**values)


def listed(labels: Iterable[str], english: bool = False) -> str:
    """The first labels of a list, and how many more there are."""
    unique = list(dict.fromkeys(labels))
    more = len(unique) - _SHOWN
    tail = "" if more <= 0 else f" and {more} more" if english else f" và {more} mục khác"
    return "; ".join(unique[:_SHOWN]) + tail


def number_of(ref: InstrumentRef) -> str:
    """Number and symbol as one writes them ("33/CT-TTg", "13-ĐA/TU"); the label where there is no number."""
    if not ref.number:
        return ref.label
    if not ref.symbol:
        return ref.number
    return f"{ref.number}{'-' if '/' in ref.symbol else '/'}{ref.symbol}"


def parameters(reading: Reading, body: BodyRef | None = None) -> dict[str, str]:
    """What the question was understood to be about."""
    result: dict[str, str] = {}
    for k, mention in enumerate(reading.instruments):
        name = number_of(mention.found[0]) if len(mention.found) == 1 else mention.text
        result["instrument" if k == 0 else f"instrument_{k + 1}"] = name
    for k, found in enumerate(reading.bodies):
        name = found.found[0].name if len(found.found) == 1 else found.text
        result["body" if k == 0 else f"body_{k + 1}"] = name
    if body is not None:
        result["body"] = body.name
    if reading.places:
        result["province"] = reading.places[0].name
    if reading.periods:
        p = reading.periods[0]
        result["day" if p.unit == "day" else "period"] = (
            p.first if p.unit == "day" else p.year if p.unit == "year" else p.first[:7]
        )
    return result


def give(
    store: Store,
    reading: Reading,
    items: list[Item],
    *,
    yes: tuple[str, dict[str, str | int]],
    no: tuple[str, dict[str, str | int]],
) -> Answer:
    """Answer with items, or say that the documents do not tell; sentences are keys of ``wording.yaml`` with values."""
    kept = [i for i in items if i.evidence]
    key, values = yes if kept else no
    text = say(reading, key, **values)
    text = text[:1].upper() + text[1:]
    return answered(store, reading.question.asked, reading.kind or "", parameters(reading), text, items)


def called(body: BodyMention) -> str:
    """The name of a body that was found, else as it was typed."""
    return body.found[0].name if len(body.found) == 1 else body.text


def day(reading: Reading, iso: str | None) -> str:
    """A date as people read it."""
    return (iso or "") if reading.english else written(iso)
