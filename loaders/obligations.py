"""Duties: every obligation that a document lays on somebody, with bearers, counterparties, deadline and aims."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from loaders.annex_tables import read_tables
from loaders.bodies import Names, is_class, names_of, read_list
from loaders.deadlines import find_deadline
from loaders.document import Block, Kind, Layout, Span, Zone
from loaders.obligations_clauses import Bearing, Clauses, Reading
from loaders.obligations_context import Context, Contexts
from loaders.obligations_lines import RoleLine, inline_lines, role_line
from loaders.obligations_parties import Parties
from loaders.obligations_tables import table
from loaders.targets import find_targets
from ontology.record import Bearer, Citation, Counterparty, Deadline, Header, Obligation, Unparsed
from ontology.symbols import canonical_symbol
from ontology.terms import DeadlineKind, RelationKind, Role
from ontology.vietnamese import new_tone

_CARRIES_OUT = frozenset({RelationKind.IMPLEMENTS, RelationKind.DISSEMINATES, RelationKind.BASED_ON})
_READ_ZONES = frozenset({Zone.BODY, Zone.CLOSING, Zone.ANNEX, Zone.PREAMBLE})
_QUOTED = re.compile(r"“[^“”]{1,400}”|\"[^\"]{1,400}\"")
_TAIL = " \t\n.;,:/"
_SUSPECT = re.compile(r"có trách nhiệm|trước ngày \d|chậm nhất|(?:^|[.;] )giao |(?:^|[.;] )yêu cầu |(?:^|[.;] )đề nghị ")
_LONGEST_ACTION = 300
_FEWEST_WORDS = 4
_LEAF_HEADING_WORDS = 8


def find_obligations(layout: Layout, header: Header, citations: Sequence[Citation]) -> list[Obligation]:
    """Find the duties of a document.

    Args:
        layout: The document laid out.
        header: Its header, for the implied bearer and for full names.
        citations: Its citations in text order, for what a duty carries out.

    Returns:
        Duties in text order, offsets in the source text.
    """
    return read_duties(layout, header, citations)[0]


def read_duties(
    layout: Layout, header: Header, citations: Sequence[Citation]
) -> tuple[list[Obligation], list[Unparsed]]:
    """Find the duties of a document, and the places that looked like one and were not understood."""
    return _Finder(layout, header, citations).run()


@dataclass(slots=True)
class _Unit:
    """One paragraph to be read as a duty: its range in the view and the role lines that belong to it."""

    block: Block
    span: Span
    lines: list[RoleLine] = field(default_factory=list)


class _Finder:
    def __init__(self, layout: Layout, header: Header, citations: Sequence[Citation]) -> None:
        self._layout = layout
        self._header = header
        shaped = new_tone(layout.view.text)
        lowered = shaped.lower()
        # A few letters change length in lower case; then only those that do not are lowered, so that offsets hold.
        if len(lowered) != len(shaped):
            lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in shaped)
        self._low = lowered
        self._clauses = Clauses(shaped, lowered)
        self._parties = Parties(shaped, lowered)
        self._contexts = Contexts(layout, self._clauses)
        self._names: Names = names_of(layout, header)
        self._citations = sorted(citations, key=lambda c: c.start)
        self._cited_at = [c.start for c in self._citations]
        self._all_citations = citations
        self._year = int(header.date[:4]) if header.date else None
        rows = table("obligations.yaml")
        self._letter = header.type in rows["letter_kinds"]
        articles = any(b.label.startswith("dieu") and b.zone is Zone.BODY for b in layout.blocks)
        self._plan = not articles and (header.type is None or header.type in rows["plan_kinds"])
        self._children: dict[int | None, list[Block]] = {}
        for block in layout.blocks:
            self._children.setdefault(block.parent, []).append(block)
        self._line_of: dict[int, RoleLine] = {}
        self._lines: dict[int, list[RoleLine]] = {}
        self._used: set[int] = set()
        self._named: list[Span] = []
        self._found: list[Obligation] = []
        self._unparsed: list[Unparsed] = []

    def run(self) -> tuple[list[Obligation], list[Unparsed]]:
        self._collect_lines()
        for block in self._layout.blocks:
            if block.zone in _READ_ZONES and block.kind is not Kind.ROW and block.index not in self._used:
                self._block(block)
        self._found += read_tables(self._layout, self._clauses.text, self._low, self._from_row)
        self._found.sort(key=lambda o: (o.start, o.end))
        return self._found, self._unparsed

    # Role lines ---------------------------------------------------------------------------------------------------

    def _collect_lines(self) -> None:
        """Give every run of role lines to the paragraphs that it belongs to."""
        for block in self._layout.blocks:
            if block.zone in (Zone.BODY, Zone.ANNEX) and block.kind is not Kind.ROW:
                if self._low.find(":", block.body, block.body + 70) < 0:
                    continue
                line = role_line(self._low, block.body, block.end)
                if line:
                    self._line_of[block.index] = line
        for parent in {self._layout.blocks[i].parent for i in self._line_of}:
            self._share(parent)

    def _share(self, parent: int | None) -> None:
        carriers: list[Block] = []
        run: list[Block] = []
        for child in [*self._children[parent], None]:
            line = self._line_of.get(child.index) if child else None
            if child is not None and line is not None and line.what != "content":
                run.append(child)
                continue
            if run:
                self._give(parent, carriers, run)
                carriers, run = [], []
            if child is not None:
                carriers.append(child)

    def _give(self, parent: int | None, carriers: list[Block], run: list[Block]) -> None:
        content = [c for c in carriers if c.index in self._line_of]
        numbered = any(b.label for b in run)
        # "3. Thời gian thực hiện: …" beside other numbered items is the schedule of the whole plan, not of the item before.
        if numbered and carriers and not content:
            return
        owners = [c.index for c in (content or carriers)] or ([parent] if parent is not None else [])
        for owner in owners:
            self._lines.setdefault(owner, []).extend(self._line_of[b.index] for b in run)
        self._used.update(b.index for b in run if owners)

    def _lines_for(self, block: Block) -> list[RoleLine]:
        """Role lines of a block or of the nearest container that has some."""
        at: int | None = block.index
        while at is not None:
            if at in self._lines:
                return self._lines[at]
            at = self._layout.blocks[at].parent
        return []

    # Units --------------------------------------------------------------------------------------------------------

    def _block(self, block: Block) -> None:
        context = self._contexts.of(block)
        if context.section == "none" or block.section in ("notes", "before"):
            return
        if block.zone is Zone.PREAMBLE and not self._letter:
            return
        span = self._span(block)
        if not self._is_unit(block, span):
            return
        unit = _Unit(block, span, self._lines_for(block))
        inside = inline_lines(self._low, *span)
        if inside and inside[0].start > span[0]:
            unit.span = (span[0], inside[0].start)
            unit.lines = [*unit.lines, *inside]
        self._read(unit, context)

    def _span(self, block: Block) -> Span:
        line = self._line_of.get(block.index)
        start = line.value[0] if line and line.what == "content" else block.body
        end = block.end
        # A list of bodies broken after ";" goes on in the paragraph below.
        below = self._children.get(block.index, [])
        if len(below) >= 1 and below[0].kind is Kind.PARAGRAPH and self._low[start:end].rstrip().endswith((";", ",")):
            self._used.add(below[0].index)
            end = below[0].end
        return start, end

    def _is_unit(self, block: Block, span: Span) -> bool:
        text = self._low[span[0] : span[1]].rstrip()
        if len(text.split(None, _FEWEST_WORDS)) <= _FEWEST_WORDS - 1 or text.endswith(":"):
            return False
        kids = [c for c in self._children.get(block.index, []) if c.index not in self._used]
        if any(c.kind is not Kind.PARAGRAPH for c in kids):
            return False
        if kids and not text.endswith((".", ";", "/")):
            return False
        if block.kind is Kind.HEADING:
            if block.index in self._lines:
                return True
            raw = self._layout.view.text[span[0] : span[1]]
            return not kids and not raw.isupper() and len(text.split()) >= _LEAF_HEADING_WORDS
        return True

    def _read(self, unit: _Unit, context: Context) -> None:
        readings = [self._clauses.read(s, e) for s, e in self._clauses.sentences(*unit.span)]
        by_line = any(line.role for line in unit.lines)
        weight = 0.97 if by_line else self._accept(unit, context, readings)
        if weight <= 0:
            self._suspect(unit)
            return
        bearers = self._line_bearers(unit.lines) or self._bearers(readings, context)
        self._add(unit, bearers, context, weight)

    def _accept(self, unit: _Unit, context: Context, readings: list[Reading]) -> float:
        """Tell whether a paragraph is a duty: 0 where not, else how sure that is."""
        start, end = unit.span
        first = readings[0] if readings else Reading()
        named = any(r.bearers for r in readings)
        ordered = any(r.ordered for r in readings)
        described = self._clauses.describes(start, end)
        zone = unit.block.zone
        if zone is Zone.PREAMBLE:
            return 0.9 if ordered and not described else 0.0
        strict = context.normative or not self._plan
        if zone is Zone.ANNEX:
            strict = context.normative or not context.annex_plan
        if strict:
            return self._accept_rule(context, readings, described=described)
        if context.section == "targets":
            return 0.93
        if context.section == "goals":
            return 0.85 if find_targets(self._low, self._low, unit.span) else 0.0
        if described:
            return 0.8 if ordered else 0.0
        if first.bearers or ordered:
            return 0.96 if ordered else 0.93
        if context.section == "money":
            return 0.8 if named else 0.0
        if first.bare:
            return 0.92 if context.holders or zone is not Zone.CLOSING else 0.7
        if unit.block.kind in (Kind.ITEM, Kind.BULLET) and (named or any(r.bare for r in readings)):
            return 0.7
        return 0.6 if named and zone is not Zone.BODY else 0.65 if named else 0.0

    def _accept_rule(self, context: Context, readings: list[Reading], *, described: bool) -> float:
        """The same for articles of normative texts and decisions: a named body must act."""
        if described and not any(r.ordered for r in readings):
            return 0.0
        first = readings[0] if readings else Reading()
        if first.ordered:
            return 0.9
        if first.bearers and first.strong and not all(_anybody(b.mention.name) for b in first.bearers):
            return 0.88
        return 0.85 if first.bare and context.holders else 0.0

    def _suspect(self, unit: _Unit) -> None:
        """Report a paragraph with the words of a duty that was not read as one."""
        match = _SUSPECT.search(self._low, *unit.span)
        if match and unit.block.zone is Zone.BODY and not self._contexts.of(unit.block).normative:
            start, end = self._layout.view.raw(*match.span())
            self._unparsed.append(Unparsed(start=start, end=end, why="duty"))

    # Parts of a duty ----------------------------------------------------------------------------------------------

    def _bearers(self, readings: list[Reading], context: Context) -> list[Bearer]:
        found: dict[tuple[str, Role], Bearer] = {}
        first = readings[0] if readings else Reading()
        if not first.bearers or first.bare:
            for bearer in self._implied(context, first.role):
                found.setdefault((bearer.name.lower(), bearer.role), bearer)
        for reading in readings:
            for bearing in reading.bearers:
                self._named.append((bearing.mention.start, bearing.mention.end))
                made = self._bearer(bearing.mention.name, bearing.role)
                found.setdefault((made.name.lower(), made.role), made)
        if any(not b.implied for b in found.values()) and not first.bare:
            return [b for b in found.values() if not b.implied]
        return list(found.values())

    def _bearer(self, name: str, role: Role, *, implied: bool = False) -> Bearer:
        return Bearer(name=name, role=role, body=self._names.full(name), implied=implied)

    def _implied(self, context: Context, role: Role) -> Iterable[Bearer]:
        """The bearer from the heading above, the addressees of a letter, or the issuer."""
        if context.holders:
            alike = len({holder.role for holder in context.holders}) == 1
            for holder in context.holders:
                given = role if alike and role is not Role.PERFORMS else holder.role
                yield self._bearer(holder.mention.name, given, implied=True)
        elif self._letter and self._header.addressees:
            for addressee in self._header.addressees:
                yield self._bearer(addressee, role, implied=True)
        else:
            for issuer in self._header.issuers:
                yield Bearer(name=issuer.name, role=role, body=issuer.name, implied=True)

    def _line_bearers(self, lines: list[RoleLine]) -> list[Bearer]:
        found: dict[tuple[str, Role], Bearer] = {}
        for line in lines:
            role = line.role
            if role is None:
                continue
            for bearing in self._line_names(line, role):
                self._named.append((bearing.mention.start, bearing.mention.end))
                made = self._bearer(bearing.mention.name, bearing.role)
                found.setdefault((made.name.lower(), made.role), made)
        return list(found.values())

    def _line_names(self, line: RoleLine, role: Role) -> list[Bearing]:
        """The names of one role line; a sentence in it ("Sở A chủ trì …; Sở B …") gives its own roles."""
        start, end = line.value
        read = read_list(self._clauses.text, start, end, semicolons=True)
        if read and (not read.stopped or role is not Role.PERFORMS):
            return [Bearing(mention, role) for mention in read.mentions]
        said: list[Bearing] = []
        for s, e in self._clauses.sentences(start, end):
            said += self._clauses.read(s, e).bearers
        if said:
            return said
        return [Bearing(mention, role) for mention in read.mentions] if read else []

    def _add(self, unit: _Unit, bearers: list[Bearer], context: Context, weight: float) -> None:
        start, end = self._trim(unit.span)
        cited = self._cited(start, end)
        quoted = [m.span() for m in _QUOTED.finditer(self._low, start, end)]
        barred = [*cited, *quoted]
        parties = self._parties.find((start, end), [*barred, *self._named])
        self._named.clear()
        raw = self._layout.view.raw(start, end)
        self._found.append(
            Obligation(
                start=raw[0],
                end=raw[1],
                section=unit.block.section,
                action=_one_line(self._layout.view.text[start:end]),
                bearers=tuple(bearers),
                counterparties=tuple(
                    Counterparty(name=p.mention.name, kind=p.kind, body=self._names.full(p.mention.name)) for p in parties
                ),
                deadline=self._deadline(unit, (start, end), barred, context),
                targets=find_targets(self._layout.view.text, self._low, (start, end), barred),
                implements=self._carries_out(raw),
                confidence=weight,
            )
        )


    def _trim(self, span: Span) -> Span:
        start, end = span
        while end > start and self._low[end - 1] in _TAIL:
            end -= 1
        # A bracket or quotation mark that the cut left open is not part of the duty.
        while end > start and self._low[end - 1] in "(“":
            end -= 1
        return start, end

    def _deadline(self, unit: _Unit, span: Span, barred: list[Span], context: Context) -> Deadline | None:
        text = self._layout.view.text
        for line in unit.lines:
            if line.what == "deadline":
                found = find_deadline(text, self._low, line.value, year=self._year, line=True) or find_deadline(
                    text, self._low, line.value, year=self._year
                )
                if found:
                    return found
        found = find_deadline(text, self._low, span, year=self._year, skip=barred)
        if found is None and context.until:
            day = f"{context.until}-12-31"
            return Deadline(kind=DeadlineKind.BY, value=day, phrase=f"đến năm {context.until}", last_day=day)
        return found

    def _cited(self, start: int, end: int) -> list[Span]:
        """View ranges of the citations inside a view range, found from their raw ones."""
        raw_start, raw_end = self._layout.view.raw(start, end)
        lo, hi = bisect_left(self._cited_at, raw_start), bisect_right(self._cited_at, raw_end)
        return [_view_range(self._layout, c, start, end) for c in self._citations[lo:hi]]

    def _carries_out(self, raw: Span) -> tuple[str, ...]:
        lo, hi = bisect_left(self._cited_at, raw[0]), bisect_left(self._cited_at, raw[1])
        numbers: dict[str, None] = {}
        for citation in self._citations[lo:hi]:
            if citation.relation not in _CARRIES_OUT or citation.subject != "self" or citation.stage != "issued":
                continue
            full = citation
            if citation.refers_to is not None and 0 <= citation.refers_to < len(self._all_citations):
                full = self._all_citations[citation.refers_to]
            if full.number:
                numbers[_number(full)] = None
        return tuple(numbers)

    def _from_row(self, block: Block, span: Span, lines: list[RoleLine]) -> Obligation | None:
        """Build the duty of a table row from its task cell and the cells that say who and when."""
        self._named = []
        before = len(self._found)
        context = self._contexts.of(block)
        bearers = self._line_bearers(lines) or list(self._implied(context, Role.PERFORMS))
        self._add(_Unit(block, span, lines), bearers, context, 0.9)
        return self._found.pop() if len(self._found) > before else None


def _anybody(name: str) -> bool:
    """Whether a name means anyone that a rule applies to, rather than a body that is told to act."""
    lowered = name.lower()
    return is_class(name) and lowered.startswith(("các tổ chức", "tổ chức", "các doanh nghiệp", "các cá nhân", "các đối tượng"))


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    if len(line) <= _LONGEST_ACTION:
        return line
    return line[:_LONGEST_ACTION].rsplit(" ", 1)[0] + " …"


def _number(citation: Citation) -> str:
    if not citation.symbol:
        return citation.number or ""
    return canonical_symbol(citation.number, citation.symbol, citation.type)


def _view_range(layout: Layout, citation: Citation, start: int, end: int) -> Span:
    """Where a raw range stands in the view, by a search of the breakpoints."""
    return _to_view(layout, citation.start, start, end), _to_view(layout, citation.end, start, end)


def _to_view(layout: Layout, raw: int, start: int, end: int) -> int:
    k = max(0, bisect_right(layout.view.raw_at, raw) - 1)
    return min(max(layout.view.view_at[k] + raw - layout.view.raw_at[k], start), end)
