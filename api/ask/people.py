"""People: who they are by what the loaded documents say, and who signed as the holder of a post."""

import re
from dataclasses import replace

from api.answers import Answer, Item, instrument_label, item
from api.ask.bodies import BodyMention, bodies_named, narrow
from api.ask.limits import of_issuer
from api.ask.reading import Reading
from api.ask.saying import give, listed
from api.ask.sources import name_of_signer, phrase_evidence
from api.ask.text import clipped
from graph.results import BodyRef, InstrumentRef, SearchHit
from graph.store import InstrumentFilter, Store
from ontology.terms import BodyKind
from ontology.vietnamese import fold, new_tone, nfc, strip_accents

_POST = re.compile(r"\b(giam doc|chu tich|bi thu|truong ban|truong phong|chanh van phong|thu truong|chanh thanh tra)\b")
_ENGLISH_POST = {"director": "giam doc", "chairman": "chu tich", "secretary": "bi thu", "chief": "chanh van phong"}
_HEADS = frozenset({"truong", "giam", "chanh", "chu", "vien", "cuc"})
_MOST = 500  # places looked at; where there are more the answer says so
_ABOUT = 200  # characters of a sentence shown from the name on
_SIGNED = re.compile(r"\b(ky|signed|sign)\b")


def person(store: Store, reading: Reading) -> Answer:
    """What the documents tell of a person: what they signed, the sentences that name them."""
    name = reading.people[0].text
    looked = store.search(name, _MOST)
    hits = [h for h in looked if _names(h.evidence.text, name)]
    refs = dict.fromkeys(h.instrument for h in hits if h.instrument.loaded)
    signed = [i for r in refs for i in _signatures(store, r, name)]
    places = {(e.file, e.line) for i in signed for e in i.evidence}
    told = [_told(h, name) for h in hits if (h.evidence.file, h.evidence.line) not in places and h.kind == "instrument"]
    items = signed if _SIGNED.search(reading.masked) else signed + told
    x = name if strip_accents(name) != name else _as_written(hits, name)
    values: dict[str, str | int] = {"x": x, "n": len(items), "list": listed((i.text for i in items), reading.english)}
    key = "person_at_least" if len(looked) == _MOST else "person"
    return give(store, reading, items, yes=(key, values), no=("no_person", {"x": x}))


def _names(text: str, name: str) -> bool:
    """True where a text holds a name; accents count where they were typed."""
    if strip_accents(name) != name:
        return new_tone(nfc(name)).casefold() in new_tone(nfc(text)).casefold()
    return f" {fold(name)} " in f" {fold(text)} "


def _signatures(store: Store, ref: InstrumentRef, name: str) -> list[Item]:
    signers = [s for s in store.instrument(ref.id).signers if _names(s, name)]
    return [
        item(f"{s} ký {instrument_label(ref)}", ref.id, phrase_evidence(store, ref, name_of_signer(s))) for s in signers
    ]


def _told(hit: SearchHit, name: str) -> Item:
    text = " ".join(hit.evidence.text.split())
    at = fold_find(text, name)
    return item(f"{clipped(text[at:], _ABOUT)} ({hit.instrument.label})", hit.id, (hit.evidence,))


def fold_find(text: str, name: str) -> int:
    """Where a name begins in a text, accents aside."""
    found = strip_accents(nfc(text)).casefold().find(strip_accents(nfc(name)).casefold())
    return max(found, 0)


def _as_written(hits: list[SearchHit], name: str) -> str:
    """The name with its accents, as a document writes it."""
    for hit in hits:
        text = nfc(hit.evidence.text)
        at = strip_accents(text).casefold().find(strip_accents(name).casefold())
        if at >= 0:
            return text[at : at + len(name)]
    return name


def holder(store: Store, reading: Reading) -> Answer:
    """Who signed as the holder of a post; who holds it now no document tells."""
    body, post = _post_asked(store, reading, reading.bodies[0])
    if body is None:
        return give(store, reading, [], yes=("holder", {}), no=("outside", {}))
    owner = _owner(store, body)
    refs = store.instruments(InstrumentFilter(loaded=True, jurisdiction=owner.jurisdiction))
    items = [i for r in refs if of_issuer(r, owner.name) for i in _signed_as(store, r, post)] if post else []
    values: dict[str, str | int] = {"list": listed((i.text for i in items), reading.english)}
    return give(store, reading, items, yes=("holder", values), no=("outside", {}))


def _post_asked(store: Store, reading: Reading, mention: BodyMention) -> tuple[BodyRef | None, str]:
    """The post, or the body whose post it is, and the folded words of the post."""
    if not mention.found:  # "Trưởng Ban Dân vận Tỉnh ủy", where only the board itself is known
        head, _, rest = mention.text.partition(" ")
        named = replace(mention, found=bodies_named(store, rest)) if rest else mention
        found = narrow(named, mention.province, must=True).found
        return (found[0] if found and fold(head) in _HEADS else None), fold(mention.text)
    body = mention.found[0]
    if body.kind is BodyKind.POST:
        return body, fold(body.name)
    said = _POST.search(reading.masked)
    if said is not None:
        return body, said[1]
    return body, next((vi for en, vi in _ENGLISH_POST.items() if en in reading.masked), "")


def _owner(store: Store, body: BodyRef) -> BodyRef:
    """The body whose post it is."""
    above = store.body(body.id).superiors if body.kind is BodyKind.POST else ()
    return above[0] if above else body


def _signed_as(store: Store, ref: InstrumentRef, post: str) -> list[Item]:
    signers = []
    for signer in store.instrument(ref.id).signers:
        said = re.search(r"\(([^)]+)\)", signer)
        if said is not None and f"{post} ".startswith(f"{fold(said[1])} "):
            signers.append(signer)
    if len(signers) != 1:  # two heads signed a joint document: which is whose it does not tell
        return []
    return [
        item(
            f"{signers[0]} ký {instrument_label(ref)}", ref.id, phrase_evidence(store, ref, name_of_signer(signers[0]))
        )
    ]
