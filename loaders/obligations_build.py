"""Builds the record of one duty: bearers, counterparties, deadline, aims and what it carries out."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

import msgspec

from loaders.bodies import Mention, one_line, read_list
from loaders.bodies_names import Names, names_of
from loaders.confidence import rated
from loaders.confidence_duties import duty_signals
from loaders.damage import damage_of
from loaders.deadlines import find_deadline
from loaders.deadlines_values import infers_year
from loaders.document import Layout, Span
from loaders.obligations_clauses import Clauses
from loaders.obligations_context import Context
from loaders.obligations_lines import RoleLine
from loaders.obligations_parties import Parties, Party
from loaders.obligations_tables import phrase
from loaders.obligations_units import LONGEST_READ, Unit
from loaders.obligations_unnamed import Unnamed, only_instructs
from loaders.obligations_words import Bearing, Reading
from loaders.targets import find_targets
from ontology.record import Bearer, Citation, Counterparty, Deadline, Header, Obligation
from ontology.symbols import canonical_symbol
from ontology.terms import CounterpartyKind, DeadlineKind, RelationKind, Role

_CARRIES_OUT = frozenset({RelationKind.IMPLEMENTS, RelationKind.DISSEMINATES, RelationKind.BASED_ON})
_QUOTED = re.compile(r"“[^“”]{1,400}”|\"[^\"]{1,400}\"")
_SCOPE = re.compile(r"\s*(?:trong phạm vi|theo chức năng|theo phạm vi|căn cứ)")
_JOINT = re.compile(r"\svà (?=các )")
_CELL_NAME = phrase("cell_name")
_TAIL = " \t\n.;,:/"
_LONGEST_ACTION = 300
_ALWAYS = " thường xuyên "
_LONGEST_CELL_NAME = 8
_AIMS = frozenset({"goals", "aims", "targets"})
_ABOVE, _WHOLE = "bearer_above", "bearer_of_all"  # named by the heading; by the document as a whole


class Builder:
    """Turns the units of one document into obligations."""

    def __init__(self, layout: Layout, header: Header, citations: Sequence[Citation], clauses: Clauses) -> None:
        self._layout = layout
        self._header = header
        self._clauses = clauses
        self._low = clauses.low
        self._parties = Parties(clauses.text, clauses.low)
        self._names: Names = names_of(layout, header, clauses.text, instructs=only_instructs(header))
        self._all = citations
        self._citations = sorted(citations, key=lambda c: c.start)
        self._cited_at = [c.start for c in self._citations]
        self._named: list[Span] = []
        self._partners: tuple[Mention, ...] = ()
        self._unnamed = Unnamed(header, self._names)
        self._damage = damage_of(layout.view.text)

    def from_paragraph(self, unit: Unit, readings: list[Reading], context: Context, reason: str) -> Obligation:
        """Build the duty of a paragraph from what its clauses and role lines say."""
        self._named = []
        self._partners = ()
        if context.joint and context.holders and readings and readings[0].bearers and not readings[0].ordered:
            # "Công an tỉnh … b) Chủ trì, phối hợp: - Sở A và Sở B rà soát …": the heading leads, A and B work with it.
            self._partners = tuple(bearing.mention for bearing in readings[0].bearers)
            self._named += [(mention.start, mention.end) for mention in self._partners]
            bearers = [self._bearer(h.mention, context.joint, implied=True) for h in context.holders]
        else:
            bearers = self._line_bearers(unit.lines) or self._bearers(unit, readings, context)
        return self._made(unit, bearers, context, reason)

    def from_row(self, unit: Unit, context: Context, reason: str) -> Obligation | None:
        """Build the duty of a table row; None where its cells name nobody."""
        self._named, self._partners = [], ()
        bearers = self._line_bearers(unit.lines) or self._cell_bearers(unit.lines)
        return self._made(unit, bearers, context, reason) if bearers else None

    def _bearers(self, unit: Unit, readings: list[Reading], context: Context) -> list[Bearer]:
        found: dict[tuple[str, Role], Bearer] = {}
        first = readings[0] if readings else Reading()
        # "Sở A: … yêu cầu các doanh nghiệp …" binds Sở A as well.
        passes_on = first.ordered and bool(context.holders) and not context.by_lead_in
        if not first.bearers or first.bare or passes_on:
            for bearer in self._implied(context, first.role):
                found.setdefault((bearer.name.lower(), bearer.role), bearer)
        named: tuple[Bearing, ...] = ()
        if not any(reading.bearers for reading in readings):
            readings = [Reading(self._clauses.asides(unit.span[0], min(unit.span[1], unit.span[0] + LONGEST_READ)))]
            if readings[0].bearers:
                found, first = {}, readings[0]
        for reading in readings:
            if named and reading.bare and reading.role is Role.LEADS:
                # "Bộ X theo dõi …; chủ trì …": the same bodies also lead.
                for bearing in named:
                    made = self._bearer(bearing.mention, Role.LEADS)
                    found.setdefault((made.name.lower(), made.role), made)
            named = reading.bearers or named
            for bearing in reading.bearers:
                self._named.append((bearing.mention.start, bearing.mention.end))
                made = self._bearer(bearing.mention, bearing.role)
                found.setdefault((made.name.lower(), made.role), made)
        if any(not b.implied for b in found.values()) and not first.bare and not passes_on:
            return [b for b in found.values() if not b.implied]
        return list(found.values())

    def _bearer(self, mention: Mention, role: Role, *, implied: bool = False) -> Bearer:
        return Bearer(name=self._written(mention), role=role, body=self._names.full(mention.name), implied=implied)

    def _written(self, mention: Mention) -> str:
        """The name with the tone marks of the document, whatever the placement that it was found by."""
        found = one_line(self._clauses.text[mention.start : mention.end])
        if not mention.name.endswith(found):
            return mention.name
        prefix = mention.name[: len(mention.name) - len(found)]
        return prefix + one_line(self._layout.view.text[mention.start : mention.end])

    def _implied(self, context: Context, role: Role) -> Iterable[Bearer]:
        """The bearer from the heading above, or whom the document as a whole binds."""
        if context.holders:
            alike = len({holder.role for holder in context.holders}) == 1
            for holder in context.holders:
                given = role if alike and role is not Role.PERFORMS else holder.role
                yield self._bearer(holder.mention, given, implied=True)
        else:
            yield from self._unnamed.bearers(role)

    def _line_bearers(self, lines: list[RoleLine]) -> list[Bearer]:
        found: dict[tuple[str, Role], Bearer] = {}
        for line in lines:
            role = line.role
            if role is None:
                continue
            for bearing in self._line_names(line, role):
                self._named.append((bearing.mention.start, bearing.mention.end))
                made = self._bearer(bearing.mention, bearing.role)
                found.setdefault((made.name.lower(), made.role), made)
        return list(found.values())

    def _line_names(self, line: RoleLine, role: Role) -> list[Bearing]:
        """The names of one role line; a sentence in it ("Sở A chủ trì …; Sở B …") gives its own roles."""
        start, end = line.value
        read = read_list(self._clauses.text, start, end, semicolons=True)
        if read and (not read.stopped or role is not Role.PERFORMS or _SCOPE.match(self._low, read.end, end)):
            return [Bearing(mention, role) for mention in (*read.mentions, *self._after_scope(read.end, end))]
        said: list[Bearing] = []
        for s, e in self._clauses.sentences(start, end):
            said += self._clauses.read(s, e).bearers
        if said:
            return said
        return [Bearing(mention, role) for mention in read.mentions] if read else []

    def _after_scope(self, at: int, end: int) -> tuple[Mention, ...]:
        """Names that go on after an aside: "Sở A trong phạm vi chức năng của mình và các cơ quan liên quan"."""
        joint = _JOINT.search(self._low, at, end) if _SCOPE.match(self._low, at, end) else None
        read = read_list(self._clauses.text, joint.end(), end, semicolons=True) if joint else None
        return read.mentions if read else ()

    def _made(self, unit: Unit, bearers: list[Bearer], context: Context, reason: str) -> Obligation:
        start, end = self._trim(unit.span)
        reach = (start, min(end, start + LONGEST_READ))
        quoted = [m.span() for m in _QUOTED.finditer(self._low, *reach)]
        barred = [*self._cited(*reach), *quoted]
        with_whom = [Party(mention, CounterpartyKind.COORDINATES_WITH) for mention in self._partners]
        parties = [*with_whom, *self._parties.find(reach, [*barred, *self._named])]
        raw = self._layout.view.raw(start, end)
        deadline = self._deadline(unit, reach, barred, context)
        noted = [_ABOVE if context.holders else _WHOLE] if any(bearer.implied for bearer in bearers) else []
        if deadline and infers_year(deadline.value, deadline.phrase):
            noted.append("year_inferred")
        duty = Obligation(
            start=raw[0],
            end=raw[1],
            section=unit.block.section,
            action=_one_line(self._layout.view.text[start:end]),
            bearers=tuple(bearers),
            counterparties=tuple(
                Counterparty(name=self._written(p.mention), kind=p.kind, body=self._names.full(p.mention.name))
                for p in parties
            ),
            deadline=deadline,
            targets=find_targets(self._layout.view.text, self._low, reach, barred, aims=context.section in _AIMS),
            implements=self._carries_out(raw),
        )
        signals = duty_signals(duty, reason, noted, self._damage, self._clauses.text[start:end])
        return rated(duty, signals)

    def _trim(self, span: Span) -> Span:
        start, end = span
        while end > start and self._low[end - 1] in _TAIL:
            end -= 1
        # A bracket or quotation mark that the cut left open is not part of the duty.
        while end > start and self._low[end - 1] in "(“":
            end -= 1
        return start, end

    def _deadline(self, unit: Unit, span: Span, barred: list[Span], context: Context) -> Deadline | None:
        """The deadline that the duty says, or the one that a line, cell or heading beside or above it says for it."""
        for line in unit.lines:
            if line.what == "deadline":
                found = self._said(line.value, line=True) or self._said(line.value)
                if found:
                    inside = span[0] <= line.value[0] and line.value[1] <= span[1]
                    return found if inside else msgspec.structs.replace(found, implied=True)
        found = self._said(span, barred)
        if found is None and any(self._low.startswith(_ALWAYS, end) for _, end in self._named):
            found = Deadline(kind=DeadlineKind.CONTINUOUS, phrase=_ALWAYS.strip())
        if found is None and context.until is not None:
            return msgspec.structs.replace(context.until, implied=True)
        return found

    def _said(self, span: Span, barred: Iterable[Span] = (), *, line: bool = False) -> Deadline | None:
        """The deadline that stands in a range of the view."""
        text = self._layout.view.text
        return find_deadline(text, self._low, span, issued=self._header.date, line=line, skip=barred)

    def _cited(self, start: int, end: int) -> list[Span]:
        """View ranges of the citations inside a view range, found from their raw ones."""
        raw_start, raw_end = self._layout.view.raw(start, end)
        lo, hi = bisect_left(self._cited_at, raw_start), bisect_right(self._cited_at, raw_end)
        return [
            (_to_view(self._layout, c.start, start, end), _to_view(self._layout, c.end, start, end))
            for c in self._citations[lo:hi]
        ]

    def _carries_out(self, raw: Span) -> tuple[str, ...]:
        lo, hi = bisect_left(self._cited_at, raw[0]), bisect_left(self._cited_at, raw[1])
        numbers: dict[str, None] = {}
        for citation in self._citations[lo:hi]:
            if citation.relation not in _CARRIES_OUT or citation.subject != "self" or citation.stage != "issued":
                continue
            full = citation
            if citation.refers_to is not None and 0 <= citation.refers_to < len(self._all):
                full = self._all[citation.refers_to]
            if full.number:
                numbers[_number(full)] = None
        return tuple(numbers)

    def _cell_bearers(self, lines: list[RoleLine]) -> list[Bearer]:
        """Take a short cell that is no known name ("P. KSTTHC") as the name of the bearer."""
        cells = ((line.role, " ".join(self._layout.view.text[slice(*line.value)].split())) for line in lines)
        return [
            Bearer(name=name, role=role, body=self._names.full(name))
            for role, name in cells
            if role and _CELL_NAME.match(name) and len(name.split()) <= _LONGEST_CELL_NAME
        ]


def _one_line(text: str) -> str:
    shown = text[: 4 * _LONGEST_ACTION]  # the words of a paragraph of millions of letters would fill the memory
    line = " ".join(shown.split())
    if len(line) <= _LONGEST_ACTION and len(shown) < len(text):
        line = " ".join(text.split())
    if len(line) <= _LONGEST_ACTION:
        return line
    return line[:_LONGEST_ACTION].rsplit(" ", 1)[0] + " …"


def _number(citation: Citation) -> str:
    if not citation.symbol:
        return citation.number or ""
    return canonical_symbol(citation.number, citation.symbol, citation.type)


def _to_view(layout: Layout, raw: int, start: int, end: int) -> int:
    """Where a raw offset stands in the view, by a search of the breakpoints."""
    k = max(0, bisect_right(layout.view.raw_at, raw) - 1)
    return min(max(layout.view.view_at[k] + raw - layout.view.raw_at[k], start), end)
