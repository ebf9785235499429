"""Duties: every obligation that a document lays on somebody, with bearers, counterparties, deadline and aims."""

import re
from collections.abc import Iterator, Sequence

from loaders.annex_tables import read_tables
from loaders.bodies_classes import is_class
from loaders.confidence import with_signal
from loaders.damage import odd_words
from loaders.deadlines_values import is_year
from loaders.document import Block, Kind, Layout, Span, Zone
from loaders.obligations_build import Builder
from loaders.obligations_clauses import Clauses
from loaders.obligations_context import Context, Contexts
from loaders.obligations_lines import RoleLine
from loaders.obligations_tables import phrase, table
from loaders.obligations_units import LONGEST_READ, Unit, Units
from loaders.obligations_words import Reading
from loaders.targets import find_targets
from ontology.record import Citation, Header, Obligation, Unparsed
from ontology.vietnamese import new_tone

_READ_ZONES = frozenset({Zone.BODY, Zone.CLOSING, Zone.ANNEX, Zone.PREAMBLE})
_FROM_NOW_ON = re.compile(r"(?:trong )?thời gian tới, ")
_ENFORCES = phrase("enforces")
_NO_DUTIES = frozenset({"notes", "before"})
_SUSPECT = re.compile(
    r"(?:có|chịu) trách nhiệm (?!hữu)|trước ngày \d|chậm nhất|chủ trì,? phối hợp|"
    r"(?:^|[.;:,] )(?:giao (?!thông|tiếp|dịch|lưu|nhận)|yêu cầu |đề nghị |phân công )"
)
_TIME = re.compile(
    r"(?<!\w)(?:trước|chậm\s+nhất|muộn\s+nhất|hạn|hoàn\s+thành|xong|kết\s+thúc|vào|trong|đến\s+hết)\s[^.;,()]{0,24}?"
    r"(?:ngày\s+\d|\d{1,2}/\d{1,2}|tháng\s+\d|quý\s+[iv\d]|năm\s+\d{4}|cuối\s+(?:năm|quý|tháng)|đầu\s+(?:năm|quý|tháng))"
    r"[^.;,()]{0,12}"
)
_FOUR_DIGITS = re.compile(r"(?<!\d)\d{4}(?!\d)")
_QUOTED = re.compile(r"“[^“”]{1,400}”|\"[^\"]{1,400}\"")
_BEFORE_CITATION, _AFTER_CITATION = 30, 40
_FORM = re.compile(r"[.…_](?:(?<=[.…])[.…]{5}|(?<=…)\s*…|(?<=_)___)")  # six points, two ellipses or four underscores
_FORM_REACH, _FIRST_WORDS = 160, 30
_ANYBODY = ("các tổ chức", "tổ chức", "các doanh nghiệp", "các cá nhân", "các đối tượng")


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


class _Finder:
    def __init__(self, layout: Layout, header: Header, citations: Sequence[Citation]) -> None:
        rows = table("obligations.yaml")
        self._layout = layout
        self._letter = header.type in rows["letter_kinds"]
        articles = any(b.label.startswith("dieu") and b.zone is Zone.BODY for b in layout.blocks)
        self._plan = not articles and (
            header.type is None or header.type in (*rows["plan_kinds"], *rows["old_rule_kinds"])
        )
        shaped = new_tone(layout.view.text)
        self._low = _lower(shaped)
        self._clauses = Clauses(shaped, self._low)
        self._contexts = Contexts(layout, self._clauses, report=header.type in rows["report_kinds"])
        self._units = Units(layout, self._clauses)
        self._citations = citations
        self._builder = Builder(layout, header, citations, self._clauses)
        self._found: list[Obligation] = []
        self._unparsed: list[Unparsed] = []

    def run(self) -> tuple[list[Obligation], list[Unparsed]]:
        for block in self._layout.blocks:
            if self._may_hold_duty(block):
                unit = self._units.unit(block)
                if unit:
                    self._read(unit)
        self._found += read_tables(self._layout, self._clauses.text, self._low, self._from_row)
        self._found.sort(key=lambda o: (o.start, o.end))
        return self._found, self._unparsed

    def _may_hold_duty(self, block: Block) -> bool:
        if block.zone not in _READ_ZONES or block.kind is Kind.ROW or block.section in _NO_DUTIES:
            return False
        # Only a letter gives its orders before the first item.
        if block.zone is Zone.PREAMBLE and not self._letter:
            return False
        # An assessment may close with what is to be done from now on, an article on force with who is to enforce.
        return (
            self._contexts.of(block).section != "none"
            or _FROM_NOW_ON.match(self._low, block.body) is not None
            or _ENFORCES.search(self._low, block.body, block.end) is not None
            or self._clauses.orders(block.body, block.end)
        )

    def _read(self, unit: Unit) -> None:
        if _FORM.search(self._low, unit.span[0], min(unit.span[1], unit.span[0] + _FORM_REACH)):
            return  # a form to be filled in
        context = self._contexts.of(unit.block)
        start, end = unit.span
        readings = [self._clauses.read(s, e) for s, e in self._clauses.sentences(start, min(end, start + LONGEST_READ))]
        reason = "lines" if any(line.role for line in unit.lines) else self._accept(unit, context, readings)
        if reason:
            made = self._builder.from_paragraph(unit, readings, context, reason)
            if (made.deadline is None or made.deadline.implied) and self._suspect_time(made):
                made = with_signal(made, "time_unread")
            self._found.append(made)
        else:
            self._suspect(unit, context)

    def _from_row(self, block: Block, span: Span, lines: list[RoleLine]) -> Obligation | None:
        return self._builder.from_row(Unit(block, span, lines), self._contexts.of(block), "row")

    def _accept(self, unit: Unit, context: Context, readings: list[Reading]) -> str:
        """Tell whether a paragraph is a duty: the reason in one word (a signal of its confidence), empty where not."""
        described = self._clauses.describes(*unit.span)
        ordered = any(r.ordered for r in readings)
        if unit.block.zone is Zone.PREAMBLE:
            return "letter" if ordered and not described else ""
        if self._is_strict(unit.block, context):
            told = _ENFORCES.search(self._low, *unit.span) is not None
            return self._accept_rule(context, readings, described=described, told=told)
        if context.section == "targets":
            return "" if self._low.startswith("(", unit.span[0]) else "target"
        if context.section == "aims" and readings and readings[0].bare:
            return "aim"
        if context.section in ("goals", "aims"):
            return "goal" if find_targets(self._low, self._low, unit.span) else ""
        if described:
            told = unit.block.zone is Zone.CLOSING and any(r.bearers for r in readings[1:])
            return "described" if ordered or told else ""
        return self._accept_plan(unit, context, readings, ordered=ordered)

    def _is_strict(self, block: Block, context: Context) -> bool:
        """Whether a block stands among rules, where a bare verb orders nothing."""
        if context.normative or context.plan:
            return context.normative
        return block.zone is Zone.ANNEX or not self._plan

    def _accept_plan(self, unit: Unit, context: Context, readings: list[Reading], *, ordered: bool) -> str:
        """The same for a paragraph of a plan, directive, letter or conclusion."""
        first = readings[0] if readings else Reading()
        named = any(r.bearers for r in readings)
        if first.bearers or ordered:
            return "order" if ordered else "name"
        if context.section == "money":
            return "money" if named else ""
        if first.bare:
            return "verb" if context.holders or unit.block.zone is not Zone.CLOSING else "closing_verb"
        if not named:
            return "among" if self._units.among_duties(unit.block) and self._clauses.may_open(*unit.span) else ""
        return "name_behind"

    def _accept_rule(self, context: Context, readings: list[Reading], *, described: bool, told: bool) -> str:
        """The same for articles of normative texts and decisions: a named body must act."""
        first = readings[0] if readings else Reading()
        if first.ordered:
            return "rule_order"
        if described:
            return ""
        if first.bearers and first.strong and (told or not all(_anybody(b.mention.name) for b in first.bearers)):
            return "rule_name"
        return "rule_verb" if first.bare and context.holders else ""

    def _suspect_time(self, duty: Obligation) -> bool:
        """Report a time phrase of a duty for which no deadline was read; dates of citations are none."""
        for a, b in _times_in(self._layout.source.text[duty.start : min(duty.end, duty.start + LONGEST_READ)].lower()):
            start, end = duty.start + a, duty.start + b
            if not any(c.start - _BEFORE_CITATION <= start <= c.end + _AFTER_CITATION for c in self._citations):
                years = [int(year) for year in _FOUR_DIGITS.findall(self._layout.source.text[start:end])]
                why = "thời hạn đọc không được" if all(map(is_year, years)) else "năm không hợp lý"
                self._unparsed.append(Unparsed(start=start, end=end, why=why))
                return True
        return False

    def _suspect(self, unit: Unit, context: Context) -> None:
        """Report a paragraph with the words of a duty that was not read as one, or an item with damaged first words."""
        if unit.block.zone is not Zone.BODY or context.normative:
            return
        match = _SUSPECT.search(self._low, *unit.span)
        first = (unit.span[0], min(unit.span[1], unit.span[0] + _FIRST_WORDS))
        listed = unit.block.kind in (Kind.ITEM, Kind.BULLET) and not context.section
        if match or (listed and odd_words(self._clauses.text[slice(*first)])):
            start, end = self._layout.view.raw(*(match.span() if match else first))
            self._unparsed.append(Unparsed(start=start, end=end, why="có thể là nhiệm vụ"))


def _times_in(text: str) -> Iterator[Span]:
    """Time phrases of any form, quoted titles left out."""
    quoted = [m.span() for m in _QUOTED.finditer(text)]
    for match in _TIME.finditer(text):
        if not any(a <= match.start() < b for a, b in quoted):
            yield match.span()


def _lower(text: str) -> str:
    """Lower the case so that offsets hold: the few letters that change length stay as they are."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _anybody(name: str) -> bool:
    """Whether a name means anyone that a rule applies to, rather than a body that is told to act."""
    return is_class(name) and name.lower().startswith(_ANYBODY)
