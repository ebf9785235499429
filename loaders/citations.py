"""Find every citation of a document: numbered, named and short forms, with relation, subject, issuer and confidence."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from loaders.citations_lexicon import lowered, plain_letters
from loaders.citations_mention import Mention, Puzzle, Region
from loaders.citations_merge import apart, merge
from loaders.citations_named import NamedScanner
from loaders.citations_pinpoint import provision_before
from loaders.citations_puzzles import puzzles_of
from loaders.citations_scan import Scanner
from loaders.citations_tail import Tails
from loaders.confidence import citation_signals, probability
from loaders.damage import damage_of
from loaders.document import Kind, Layout, Span, Zone
from loaders.relations import Relator
from loaders.relations_bond import Bond
from loaders.resolve import Resolver, short_targets
from ontology.record import Citation, Header, Unparsed
from ontology.record import Warning as Note
from ontology.symbols import fold_code

_SILENT = frozenset({Zone.HEADER, Zone.SIGNATURE})
_BREAK = re.compile(r"[;.!?\n](?:(?<=\n)|(?=\s))")
_CLAUSE = 1200


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: the citations, and what looked like one and was not understood."""

    citations: tuple[Citation, ...]
    unparsed: tuple[Unparsed, ...] = ()
    warnings: tuple[Note, ...] = ()


def find_citations(layout: Layout, header: Header) -> list[Citation]:
    """Find every mention of another instrument, see ``read_citations``."""
    return list(read_citations(layout, header).citations)


def read_citations(layout: Layout, header: Header) -> Reading:
    """Find every mention of another instrument, repeats included, in text order.

    Args:
        layout: The document laid out.
        header: Its header: gives the document's own number (which is no citation), kind, issuer and province.

    Returns:
        Citations with offsets into the source text; places that were not understood.
    """
    scanner, tails, mentions = recognise(layout, header)
    text, lower = scanner.text, scanner.lower
    found = _Clauses(text, mentions)
    clauses = [found.of(mention) for mention in mentions]
    for (_, clause_end), mention, following in zip_longest(clauses, mentions, mentions[1:]):
        tails.leading(mention)
        if following is not None:
            tails.led_on(mention, following)
        tails.trailing(mention, clause_end, following.start if following else clause_end)
        pinpoint = provision_before(lower, mention.start, mention.floor)
        mention.before, mention.provision = pinpoint or (mention.start, None)
    bonds = Relator(layout, header, lower).relate(mentions)
    damage = damage_of(layout.view.text)
    writer = _Writer(layout, mentions, bonds, clauses, short_targets(mentions), Resolver(header), damage)
    citations = tuple(writer.citation(index) for index in range(len(mentions)))
    puzzles = {*scanner.puzzles, *tails.puzzles, *puzzles_of(scanner, header, mentions)}
    in_order = sorted(puzzles, key=lambda p: (p.start, p.end, p.why))  # a set has no order of its own
    return Reading(citations, tuple(_unparsed(layout, puzzle) for puzzle in in_order))


def recognise(layout: Layout, header: Header) -> tuple[Scanner, Tails, list[Mention]]:
    """Find the mentions with their kind, number, symbol, date and issuer; nothing yet of what they are there for."""
    text = plain_letters(layout.view.text)
    scanner = Scanner(text, lowered(text), _regions(layout))
    tails = Tails(text, scanner.lower)
    return scanner, tails, _mentions(scanner, tails, header)


def _regions(layout: Layout) -> list[Region]:
    """The pieces to read: blocks, rows cell by cell; header and signature are left out."""
    found: list[Region] = []
    for block in layout.blocks:
        if block.zone in _SILENT:
            continue
        if block.kind is Kind.ROW and block.cells:
            found += [Region(start, end, block.index) for start, end in block.cells if start < end]
        else:
            found.append(Region(block.start, block.end, block.index))
    return found


def _mentions(scanner: Scanner, tails: Tails, header: Header) -> list[Mention]:
    numbered, named = scanner.scan(), NamedScanner(scanner).scan()
    mentions = merge(scanner.text, scanner.lower, numbered, named)
    for mention in mentions:
        tails.read(mention)
    mentions = apart(mentions)
    tails.share(mentions)
    tails.opened(mentions)
    return [m for m in mentions if not _is_own(m, header, scanner.lower)]


def _is_own(mention: Mention, header: Header, lower: str) -> bool:
    """Tell whether a mention names the document itself ("Ban hành kèm theo Quyết định số …" over its annex)."""
    if mention.shape != "full" or not header.number or not header.symbol:
        return False
    one, own = (mention.number or "").lstrip("0"), header.number.lstrip("0")
    if one == own:
        return fold_code(mention.symbol or "") == fold_code(header.symbol)
    with_annex = lower[max(mention.floor, mention.start - 12) : mention.start].rstrip().endswith("kèm theo")
    return with_annex and mention.type == header.type and one.split("/")[0] == own.split("/")[0]


class _Clauses:
    """The sentence or clause around each mention, by one pass over the signs that end one."""

    def __init__(self, text: str, mentions: Sequence[Mention]) -> None:
        self.text = text
        self.breaks = [m.end() for m in _BREAK.finditer(text)] if mentions else []

    def of(self, mention: Mention) -> tuple[int, int]:
        """View range from the clause's first letter to its last sign."""
        k = bisect_right(self.breaks, mention.start)
        start = max(mention.floor, self.breaks[k - 1] if k else 0, mention.start - _CLAUSE)
        k = bisect_right(self.breaks, mention.end - 1)
        end = min(mention.limit, self.breaks[k] if k < len(self.breaks) else mention.limit, mention.end + _CLAUSE)
        while start < mention.start and self.text[start].isspace():
            start += 1
        return start, max(end, mention.end)


@dataclass(frozen=True, slots=True)
class _Writer:
    """Turns mentions and their bonds into citations of the record."""

    layout: Layout
    mentions: list[Mention]
    bonds: list[Bond]
    clauses: list[Span]
    targets: dict[int, int]
    resolver: Resolver
    damage: str

    def citation(self, index: int) -> Citation:
        mention, bond, view = self.mentions[index], self.bonds[index], self.layout.view
        start, end = view.raw(mention.start, mention.end)
        sentence = view.raw(*self.clauses[index])
        refers_to = self.targets.get(index)
        signals = citation_signals(
            mention,
            bond,
            resolved=refers_to is not None,
            written=view.text[mention.start : mention.end],
            damage=self.damage,
        )
        place = self.resolver.place(mention, self.mentions[refers_to] if refers_to is not None else None)
        return Citation(
            start=start,
            end=end,
            type=mention.type,
            number=mention.number,
            symbol=mention.symbol,
            date=mention.date,
            issuer=mention.issuer,
            title=mention.title,
            provision=mention.provision,
            section=self.layout.blocks[mention.block].section,
            relation=bond.relation,
            subject="self" if bond.parent is None else self._name(bond.parent),
            refers_to=refers_to,
            confidence=probability("citation", signals),
            relation_confidence=probability("relation", signals),
            signals=signals,
            jurisdiction=place.jurisdiction,
            issuer_body=place.body,
            stage="draft" if mention.stage == "draft" else bond.stage,
            sentence_start=sentence[0],
            sentence_end=sentence[1],
            also=tuple((relation, self._name(by)) for relation, by in bond.also),
        )

    def _name(self, index: int) -> str:
        return self.resolver.subject(index, self.mentions, self.targets)


def _unparsed(layout: Layout, puzzle: Puzzle) -> Unparsed:
    start, end = layout.view.raw(puzzle.start, puzzle.end)
    return Unparsed(start=start, end=end, why=puzzle.why)
