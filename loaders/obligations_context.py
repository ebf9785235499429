"""What the place of a paragraph says about a duty in it: the kind of its section, who holds it, by when."""

import re
import unicodedata
from functools import lru_cache

import msgspec

from loaders.bodies import Mention, head_at, read_list
from loaders.bodies_classes import is_class
from loaders.deadlines import find_deadline
from loaders.deadlines_values import bounds
from loaders.document import Block, Kind, Layout, Zone
from loaders.obligations_clauses import Clauses
from loaders.obligations_lines import role_line
from loaders.obligations_tables import phrase, table
from loaders.obligations_words import Bearing
from ontology.record import Deadline
from ontology.terms import DeadlineKind, Role
from ontology.vietnamese import fold

_UNTIL_YEAR = phrase("until_year")
_LEAD_IN_END = re.compile(r"(?::|như sau:?|sau đây:?|sau:)\s*$")
_PLAIN_END = re.compile(r"[\s:.,;]*(?:\([^()]*\))?[\s:.,;]*$")
_TELLS_OF = re.compile(r"\s*[(\[]|\s+(?:có|chịu)\s+trách\s+nhiệm(?!\w)")
_LONGEST_HEADING = 260
_SHORT_HEADING = 60
_MOST_CLAUSES = 3
_TOLD = phrase("told")
_APPROVED = phrase("approved")
_TO_DO = phrase("to_do")
_JOINT = phrase("joint")
_PERIOD = phrase("period")
_PERIOD_ALONE = re.compile(rf"{_PERIOD.pattern}[:.]?\s*")
_SPEAKS = frozenset({Zone.PREAMBLE, Zone.BODY, Zone.CLOSING, Zone.ANNEX})


class Context(msgspec.Struct, frozen=True, gc=False):
    """The place of one block.

    Attributes:
        section: ``none`` | ``goals`` | ``aims`` | ``targets`` | ``money`` or empty.
        holders: Bearers that the heading, item or lead-in above names for all below.
        by_lead_in: The holders come from a paragraph that runs into a list, not from a heading over it.
        until: When the aims of the section are to be reached, as its heading says.
        normative: The block stands under an article (Điều), where rules and not orders are written.
        plan: The block stands in a plan that the document approves or annexes, whatever the document itself is.
        joint: Role of the holders where the heading only says "Chủ trì, phối hợp" and partners open the bullets below.
    """

    section: str = ""
    holders: tuple[Bearing, ...] = ()
    by_lead_in: bool = False
    until: Deadline | None = None
    normative: bool = False
    plan: bool = False
    joint: Role | None = None


@lru_cache(maxsize=1)
def _rules() -> tuple[list[tuple[str, re.Pattern[str]]], re.Pattern[str], re.Pattern[str]]:
    rows = table("obligations.yaml")
    sections = [(row["kind"], re.compile(f"(?:{row['pattern']})(?!\\w)")) for row in rows["sections"]]
    return sections, re.compile(rows["holders"]), re.compile(rows["plan_titles"])


def section_kind(folded: str) -> str:
    """Tell what a heading opens; empty where it opens duties or anything else."""
    for kind, pattern in _rules()[0]:
        if pattern.match(folded):
            return kind
    if len(folded) > _SHORT_HEADING:
        return ""
    bare = fold(folded)  # "MUC ĐÍCH": a damaged heading still says what it opens
    return next((kind for kind, pattern in _bare_rules() if pattern.fullmatch(bare)), "")


@lru_cache(maxsize=1)
def _bare_rules() -> list[tuple[str, re.Pattern[str]]]:
    """The patterns of whole headings without accents."""
    return [(kind, re.compile(rf"(?:{_without_accents(pattern.pattern)})[ .:,;]*")) for kind, pattern in _rules()[0]]


def _without_accents(pattern: str) -> str:
    bare = unicodedata.normalize("NFD", pattern.replace("đ", "d"))
    return "".join(c for c in bare if not unicodedata.combining(c))


class Contexts:
    """The contexts of all blocks of one document, worked out once in text order."""

    def __init__(self, layout: Layout, clauses: Clauses, *, report: bool = False) -> None:
        """Take the document; a report orders nothing but under a heading over what is to be done."""
        self._layout = layout
        self._clauses = clauses
        self._report = report
        self._of: list[Context] = []
        self._lead_in: dict[int | None, tuple[Bearing, ...]] = {}
        self._lead_until: dict[int | None, Deadline] = {}
        self._annex_plan = False
        self._announced: int | None = None
        self._listing = {b.parent for b in layout.blocks if b.kind in (Kind.BULLET, Kind.ITEM) and b.parent is not None}
        self._parents = {b.parent for b in layout.blocks if b.parent is not None}
        for block in layout.blocks:
            self._of.append(self._work_out(block))

    def of(self, block: Block) -> Context:
        """The context that a block stands in, its own heading included."""
        return self._of[block.index]

    def has_children(self, block: Block) -> bool:
        """Whether other blocks stand below this one."""
        return block.index in self._parents

    def _work_out(self, block: Block) -> Context:
        low = self._clauses.low
        above = self._of[block.parent] if block.parent is not None else self._top(block)
        given = self._lead_in.get(block.parent)
        if given and block.zone is not Zone.CLOSING:
            above = msgspec.structs.replace(above, holders=given, by_lead_in=True)
        if block.parent in self._lead_until and block.zone is not Zone.CLOSING:
            above = msgspec.structs.replace(above, until=self._lead_until[block.parent])
        if block.label.startswith("dieu"):
            # "Điều 1. Phê duyệt Đề án … với những nội dung sau:": what stands below is a plan, not rules.
            plan = _APPROVED.match(low, block.body, block.end) is not None
            above = msgspec.structs.replace(above, normative=not plan, plan=plan or above.plan, holders=())
        opens = block.kind is Kind.HEADING or self.has_children(block)
        if self._announced is not None and block.kind in (Kind.BULLET, Kind.ITEM) and not above.holders:
            # "Cục sẽ tạm dừng các chức năng sau: - …" announces, "… đã đạt kết quả như sau: 1. …" reports.
            return msgspec.structs.replace(above, section="none")
        if block.kind is not Kind.PARAGRAPH:
            self._announced = None
        if not opens:
            if block.kind is Kind.PARAGRAPH or block.zone is Zone.PREAMBLE:
                self._note_lead_in(block)
            return above
        heading = low[block.body : block.end]
        return self._opened(block, above, heading)

    def _top(self, block: Block) -> Context:
        if block.zone is Zone.ANNEX:
            if block.kind is not Kind.ROW and _rules()[2].match(self._clauses.low, block.body):
                self._annex_plan = True
            return Context(plan=self._annex_plan)
        return Context()

    def _opened(self, block: Block, above: Context, heading: str) -> Context:
        """The context of a heading or item and of all below it."""
        kind = above.section if above.section == "none" else (section_kind(heading) or "")
        if not kind and above.section in ("goals", "aims", "targets", "money"):
            kind = above.section
        short = len(heading) < _LONGEST_HEADING
        if self._report and not kind and _TO_DO.match(heading):
            above = msgspec.structs.replace(above, plan=True)
        year = _UNTIL_YEAR.search(heading) if short and kind in ("goals", "aims", "targets") else None
        period = self._period(block) if _PERIOD_ALONE.fullmatch(heading) or heading.endswith(":") else None
        holders = self._named(block) if kind != "none" else ()
        opened = msgspec.structs.replace(
            above, section=kind, until=(_due(year) if year else period) or above.until, joint=_joint(heading)
        )
        return msgspec.structs.replace(opened, holders=holders, by_lead_in=False) if holders else opened

    def _note_lead_in(self, block: Block) -> None:
        """Keep whom a paragraph that ends in "như sau:" orders, for the items that follow it."""
        start, end = block.body, block.end
        low = self._clauses.low
        if block.zone not in _SPEAKS:
            return
        if block.kind is Kind.PARAGRAPH and low.endswith(":", start, end) and _TOLD.search(low, start, end):
            self._announced = block.index
        if not _LEAD_IN_END.search(low, max(start, end - 12), end) and not low.endswith(":", start, end):
            return
        key = None if block.zone is Zone.PREAMBLE else block.parent
        period = self._period(block) if block.zone is not Zone.PREAMBLE else None
        if period:
            self._lead_until[key] = period
        stop = end
        # "Đề nghị X tập trung …; trong đó lưu ý các nội dung sau:": the clause before the last may name X.
        for _ in range(_MOST_CLAUSES):
            begin = max(low.rfind("; ", start, stop) + 2, low.rfind(". ", start, stop) + 2, start)
            reading = self._clauses.read(begin, end)
            if reading.bearers and (reading.ordered or block.zone is not Zone.PREAMBLE):
                self._lead_in[key] = reading.bearers
                return
            if begin <= start or reading.bearers:
                return
            stop = begin - 2

    def _period(self, block: Block) -> Deadline | None:
        """The time with which a lead-in or heading begins ("Trong giai đoạn 2026 - 2030, …:", "Năm 2026")."""
        opening = _PERIOD.match(self._clauses.low, block.body, block.end)
        if opening is None:
            return None
        text = self._layout.view.text
        return find_deadline(text, self._clauses.low, (block.body, opening.end("period")), line=True)

    def _named(self, block: Block) -> tuple[Bearing, ...]:
        """The bodies that a heading or lead-in item names as holders of what stands below."""
        start, end = block.body, block.end
        low, text = self._clauses.low, self._clauses.text
        if role_line(low, start, end) and not low[start:end].startswith("trách nhiệm"):
            return ()
        prefix = _rules()[1].match(low, start, end)
        at = prefix.end() if prefix else start
        mentions, stop = _heading_names(text, at, end)
        if prefix and not mentions and block.kind is Kind.HEADING and prefix.group().startswith("trách nhiệm của"):
            # "Điều 11. Trách nhiệm của cơ quan, tổ chức đặt hàng": whoever it is, the rest of the heading names it.
            name = " ".join(text[at:end].split()).rstrip(" .,;:")
            return (Bearing(Mention(at, end, name), Role.PERFORMS),) if name else ()
        role = Role.LEADS if prefix and prefix.group().startswith(("giao", "phân công")) else Role.PERFORMS
        if mentions and _PLAIN_END.match(low, stop, end):
            return tuple(Bearing(m, role) for m in mentions)
        if block.kind is Kind.HEADING and mentions and is_class(mentions[0].name) and not low.endswith(":", start, end):
            # "5. Các chủ đầu tư kinh doanh hạ tầng khu công nghiệp": the whole heading is the name of the class.
            # What stands in brackets or begins with "có trách nhiệm" tells of the class and is no part of its name.
            told = _TELLS_OF.search(low, mentions[0].start, end)
            end = told.start() if told else end
            name = " ".join(text[mentions[0].start : end].split()).rstrip(" .,;")
            return (Bearing(Mention(mentions[0].start, end, name), role),)
        if low.rstrip().endswith(":", start, end) or _LEAD_IN_END.search(low, max(start, end - 12), end):
            if mentions and low.find(":", stop, end) >= 0 and prefix:
                return tuple(Bearing(m, role) for m in mentions)
            said = self._clauses.read(start, end).bearers
            return said or tuple(Bearing(m, role) for m in mentions)
        reading = self._clauses.read(start, end)
        return reading.bearers if block.index in self._listing and not reading.bare else ()


def _joint(heading: str) -> Role | None:
    joint = _JOINT.match(heading)
    return None if joint is None else Role.LEADS if joint["leads"] else Role.COORDINATES


def _due(year: re.Match[str]) -> Deadline | None:
    """Turn "… đến năm 2026" or "… trong năm 2024" of a heading over aims into their common deadline.

    A bare "năm 2024" only names the year of the plan, as in its title: no date is laid on anybody.
    """
    value = year["year"] or year["within"]
    days = bounds(value)
    if days is None:
        return None
    kind = DeadlineKind.BY if year["by"] else DeadlineKind.INTERVAL
    return Deadline(kind=kind, value=value, phrase=year.group(), last_day=days[1].isoformat())


def _heading_names(text: str, at: int, end: int) -> tuple[tuple[Mention, ...], int]:
    """Read the names of a heading, upper-case headings included."""
    raw = text[at:end]
    if raw.startswith(("TỔ CHỨC", "BÁO CÁO")):  # "organise", "report": never "team" (Tổ), "newspaper" (Báo) in capitals
        return (), at
    if not raw.isupper():
        read = read_list(text, at, end, semicolons=True)
        return (read.mentions, read.end) if read else ((), at)
    for shaped in (raw[:1] + raw[1:].lower(), raw.title()):
        if len(shaped) == len(raw) and head_at(shaped, 0) == 0:
            read = read_list(shaped, 0, len(shaped), semicolons=True)
            if read and _PLAIN_END.match(shaped, read.end):
                return tuple(
                    Mention(at + m.start, at + m.end, " ".join(raw[m.start : m.end].split())) for m in read.mentions
                ), at + read.end
    return (), at
