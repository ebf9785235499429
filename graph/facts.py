"""From one document's record to the facts that a store keeps: a pure function of the batch."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from itertools import accumulate

import msgspec

from graph.bodies import body_of
from graph.passages import Places
from graph.results import BodyRef, Evidence, PartyView
from graph.signs import LONGEST_TITLE, cited_sign, own_sign, same_number
from graph.statements import Body, DocumentFacts, Duty, Mention, Relation, Sign
from graph.store import Batch
from ontology.identity import duty_iri
from ontology.names import home_name
from ontology.record import Bearer, Citation, Counterparty, Obligation, Record
from ontology.shortnames import expand_short
from ontology.terms import RelationKind, Strength
from ontology.validity import interval

_LIST = re.compile(r"\s*(?:và|,)\s*")
_GAP = 6  # characters between two members of a list
_CARRIES_OUT = frozenset({RelationKind.IMPLEMENTS, RelationKind.DETAILS, RelationKind.GUIDES})


def facts_of(batch: Batch) -> DocumentFacts:
    """Give all facts of one document: the same batch always gives the same facts.

    Args:
        batch: The record with the text that its offsets mean.
    """
    return _Reading(batch).facts()


class _Reading:
    def __init__(self, batch: Batch) -> None:
        self.record: Record = batch.record
        self.text = batch.text
        self.places = Places(batch.text, self.record.source.file, self.record.source.sha256, batch.pages)
        header = self.record.instrument
        self.day = _valid(header.date) or _valid(header.earliest)
        named = (*(i.name for i in header.issuers), header.place or "")
        self.home = home_name(header.jurisdiction, named) or header.jurisdiction
        self.bodies: dict[str, Body] = {}
        self.names: set[tuple[str, str]] = set()
        self.puzzles: list[Evidence] = []
        self.ends = {c.end for c in self.record.citations}
        found = [self._self(), *(self._mention(n, c) for n, c in enumerate(self.record.citations, 1))]
        self.mentions = _completed(found)
        self.by_number = self._numbered()
        self.starts = [c.start for c in self.record.citations]
        ranges = sorted((o.start, o.end) for o in self.record.obligations)
        self.duty_starts = [low for low, _ in ranges]
        self.duty_ends = list(accumulate((high for _, high in ranges), max))
        self.headings = {p for o in self.record.obligations for p in _prefixes(o.section)}

    def facts(self) -> DocumentFacts:
        record, header = self.record, self.record.instrument
        duties = tuple(self._duty(n, o) for n, o in enumerate(record.obligations, 1))
        cited = list(enumerate(record.citations, 1))
        relations = [r for n, c in cited for r in (*self._relation(n, c), *self._also(n, c))]
        for mention in self.mentions:
            for name in mention.sign.issuers:
                self._body(name, name)
        return DocumentFacts(
            sha256=record.source.sha256,
            file=record.source.file,
            date=self.day,
            issuers=tuple(dict.fromkeys(self._body(i.name, i.name).id for i in header.issuers)),
            mentions=tuple(self.mentions),
            relations=tuple(relations),
            duties=tuple(map(self._told_alike, duties)),
            bodies=tuple(sorted(self.bodies.values(), key=lambda b: b.ref.id)),
            names=tuple(sorted(self.names)),
            signers=tuple(f"{s.name} ({s.position})" if s.position else s.name for s in header.signers),
            recipients=header.recipients,
            addressees=header.addressees,
            warnings=(*(w.message or w.code for w in record.warnings), *_impossible(header.date)),
            unparsed=(*(self.places.evidence(u.start, u.end, u.why) for u in record.unparsed), *self.puzzles),
            citations=len(record.citations),
            text_from=record.source.text_from,
        )

    def _self(self) -> Mention:
        header = self.record.instrument
        spans = header.spans
        low = min((s for s, _ in spans.values()), default=0)
        shown = spans.get("number") or spans.get("title") or (low, min(len(self.text), low + 80))
        return Mention(
            ordinal=0,
            sign=own_sign(header, self.record.source.sha256),
            evidence=self.places.evidence(*shown, "header"),
            proofs={name: self.places.evidence(*span, "header") for name, span in sorted(spans.items())},
        )

    def _mention(self, ordinal: int, citation: Citation) -> Mention:
        refers = citation.refers_to
        hops = 0
        full = citation
        while refers is not None and 0 <= refers < len(self.record.citations) and hops < len(self.record.citations):
            full, hops = self.record.citations[refers], hops + 1
            refers = full.refers_to
        at = full.end
        follows = "" if self._coordinated(full) else self.text[at : at + LONGEST_TITLE + 40]
        header = self.record.instrument
        sign = cited_sign(full, header, self.record.source.sha256, self.day, follows)
        return Mention(ordinal=ordinal, sign=sign, evidence=self._quote(citation))

    def _coordinated(self, citation: Citation) -> bool:
        """Whether it ends a list ("Quyết định số 1 và Quyết định số 2 ban hành …"): the title may be any member's."""
        near = (citation.start - n for n in range(1, _GAP + 1))
        return any(p in self.ends and _LIST.fullmatch(self.text, p, citation.start) for p in near)

    def _quote(self, citation: Citation) -> Evidence:
        start, end = citation.sentence_start, citation.sentence_end
        if end <= start:
            start, end = self.places.around(citation.start, citation.end)
        return self.places.evidence(start, end, citation.section)

    def _numbered(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for mention in reversed(self.mentions):
            sign = mention.sign
            for text in (sign.shown, sign.number if sign.symbol is None else None, sign.title):
                if text:
                    found[same_number(text)] = mention.ordinal
        return found

    def _relation(self, ordinal: int, citation: Citation) -> list[Relation]:
        subject = self._subject(citation, citation.subject)
        if subject is None or self.mentions[subject].sign == self.mentions[ordinal].sign:
            return []
        return [
            Relation(
                subject=subject,
                kind=citation.relation,
                object=ordinal,
                strength=self._strength(citation),
                stage=citation.stage,
                evidence=self._quote(citation),
            ),
        ]

    def _subject(self, citation: Citation, said: str) -> int | None:
        """Ordinal of the subject of a relation; one that the document does not name asserts nothing and is told."""
        found = 0 if said == "self" else self.by_number.get(same_number(said))
        if found is None:
            why = f"chủ thể của quan hệ không nhận ra: {said}"
            self.puzzles.append(self.places.evidence(citation.start, citation.end, why))
        return found

    def _also(self, ordinal: int, citation: Citation) -> list[Relation]:
        """Further relations that the sentence states of the cited instrument, by subjects that the document names."""
        found = []
        for kind, said in citation.also:
            subject = self._subject(citation, said)
            if subject is None or self.mentions[subject].sign == self.mentions[ordinal].sign:
                continue
            strength = Strength.MENTION if kind is RelationKind.MENTIONS else Strength.DOCUMENT
            found.append(
                Relation(
                    subject=subject,
                    kind=kind,
                    object=ordinal,
                    strength=strength,
                    stage=citation.stage,
                    evidence=self._quote(citation),
                )
            )
        return found

    def _strength(self, citation: Citation) -> Strength:
        if citation.relation is RelationKind.MENTIONS:
            return Strength.MENTION
        if citation.section in ("title", "preamble") or citation.subject != "self":
            return Strength.DOCUMENT  # the title of the subject itself says so
        at = bisect_right(self.duty_starts, citation.start) - 1
        inside = at >= 0 and citation.start < self.duty_ends[at]
        # the heading over bullets belongs to the duties that the bullets lay
        return Strength.TASK if inside or citation.section in self.headings else Strength.MENTION

    def _duty(self, ordinal: int, duty: Obligation) -> Duty:
        stated = [self.by_number.get(same_number(text)) for text in duty.implements]
        inside = [
            n
            for n in range(bisect_left(self.starts, duty.start) + 1, bisect_left(self.starts, duty.end) + 1)
            if self._carried_out(self.record.citations[n - 1])
        ]
        told = [n for n in stated if n is not None and self.mentions[n].sign.stage == "issued"]
        signs = {self.mentions[n].sign.id: n for n in reversed([*told, *inside])}
        return Duty(
            id=duty_iri(self.record.source.sha256, ordinal),
            ordinal=ordinal,
            section=duty.section,
            action=duty.action,
            bearers=tuple(
                PartyView(body=self._body(self._full(b), b.name), name=b.name, role=b.role, implied=b.implied)
                for b in duty.bearers
            ),
            counterparties=tuple(
                PartyView(body=self._body(self._full(c), c.name), name=c.name, kind=c.kind) for c in duty.counterparties
            ),
            deadline=duty.deadline,
            targets=duty.targets,
            implements=tuple(sorted(signs.values())),
            confidence=duty.confidence,
            evidence=self.places.evidence(duty.start, duty.end, duty.section),
        )

    @staticmethod
    def _carried_out(citation: Citation) -> bool:
        return citation.relation in _CARRIES_OUT and citation.subject == "self" and citation.stage == "issued"

    def _full(self, party: Bearer | Counterparty) -> str:
        """Full name of a party; a class is one of its document's issuer: "các phòng" of two departments are two."""
        issuers = self.record.instrument.issuers
        if party.body or len(issuers) != 1:
            return party.body or party.name
        return expand_short(party.name, self.home, issuers[0].name)

    def _body(self, full: str, written: str) -> BodyRef:
        body = body_of(full, self.home, self.day)
        self._keep(body)
        self.names.add((body.ref.id, written))
        for superior in body.superiors:
            self._keep(body_of(superior.name, self.home, self.day))
        return body.ref

    def _keep(self, body: Body) -> None:
        """Of a body that a document writes in two ways ("Các phòng", "các phòng") keep one, in the order of stores."""
        known = self.bodies.get(body.ref.id, body)
        self.bodies[body.ref.id] = body if known is body else min(known, body, key=msgspec.json.encode)

    def _told_alike(self, duty: Duty) -> Duty:
        """The duty with each body as the whole document has it."""
        if all(p.body == self.bodies[p.body.id].ref for p in (*duty.bearers, *duty.counterparties)):
            return duty
        parties = {
            field: tuple(msgspec.structs.replace(p, body=self.bodies[p.body.id].ref) for p in getattr(duty, field))
            for field in ("bearers", "counterparties")
        }
        return msgspec.structs.replace(duty, **parties)


def _valid(date: str | None) -> str | None:
    try:
        return date if date and interval(date) else None
    except ValueError:
        return None


def _impossible(date: str | None) -> tuple[str, ...]:
    return () if date is None or _valid(date) else (f"ngày của văn bản không có trên lịch: {date}",)


def _completed(mentions: list[Mention]) -> list[Mention]:
    """Take a later mention without a date for the one that the document told in full (Decree 30/2020/NĐ-CP)."""
    full: dict[tuple[object, ...], set[Sign]] = defaultdict(set)
    for mention in mentions[1:]:
        if mention.sign.date and not mention.sign.own:
            full[_counter(mention.sign)].add(mention.sign)
    done = []
    for mention in mentions:
        told = full.get(_counter(mention.sign), set())
        dates = {s.date for s in told}
        if mention.ordinal and mention.sign.num is not None and mention.sign.date is None and len(dates) == 1:
            done.append(msgspec.structs.replace(mention, sign=min(told, key=lambda s: (-len(s.title or ""), s.id))))
        else:
            done.append(mention)
    return done


def _counter(sign: Sign) -> tuple[object, ...]:
    return sign.type, sign.jurisdiction, sign.series, sign.num, sign.suffix, sign.year, sign.stage


def _prefixes(section: str) -> set[str]:
    labels = section.split(".") if section else []
    return {".".join(labels[: n + 1]) for n in range(len(labels))}
