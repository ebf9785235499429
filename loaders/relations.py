"""Say how each cited instrument stands to the document, or to the instrument whose title names it."""

import re
from collections.abc import Sequence

from loaders.citations_mention import Mention
from loaders.document import Kind, Layout, Zone
from loaders.letters import spell_out
from loaders.relations_above import Above
from loaders.relations_alike import codes_of, one_instrument, rank_of
from loaders.relations_bond import Bond, unsaid
from loaders.relations_gaps import Gaps
from loaders.relations_notes import apart, behind_quote, marks_of
from loaders.relations_table import CHANGES, RelationTable, Trigger, relation_table
from loaders.relations_titles import amended_too, judged, title_before
from loaders.resolve import short_targets
from ontology.record import Header
from ontology.terms import RelationKind

_SEPARATOR = re.compile(r"[\s,;&()]*(?:(?:và|hoặc|cùng|với|cùng với)\b)?[\s,]*(?:các\s*|những\s*)?(?:[-+•]\s*)?\Z")
_LISTED = re.compile(
    r"(?:[,;]|(?<!\w)gắn với|(?<!\w)cùng với|(?<!\w)kết hợp với|(?<!\w)và|(?<!\w)hoặc|[,;]\s*và)\s*(?:các\s*)?\Z"
)
_SENTENCE = re.compile(spell_out(r"[.!?]\s+(?=(?:[-+•]\s+)?[<U>])|\n"))
_LAWS = frozenset({"luat", "bo_luat", "phap_lenh"})
_LETTERS = frozenset({"cong_van", "cong_dien", "thong_bao", "huong_dan", "to_trinh", "bao_cao"})
_WORKING = frozenset(
    {"ke_hoach", "cong_van", "cong_dien", "thong_bao", "huong_dan", "chuong_trinh", "to_trinh", "bao_cao"}
)
_WITHIN = re.compile(r"(?<!\w)(?:tại|trong)\s*(?:các\s*)?\Z")
_KEM_THEO = re.compile(r"kèm(?:\s+theo)?\s*(?:các\s*)?\Z")
_REACH, _FAR, _LEAD, _DETAIL, _PASSING, _DIRECTLY = 700, 1500, 3, 140, 60, 24
# "(6) Đề án 06 mang lại hiệu quả": an item of its own, behind items that name no instrument.
_LATER_ITEM = re.compile(r"\((?:[2-9]|\d\d|i{2,3}|iv|vi{0,3})\)\s*\Z")
_ALIAS = re.compile(r"(?:\(|gọi tắt là|gọi là|viết tắt là)[\s:“\"']*\Z")
_OPENING = re.compile(
    r"(?:[^;]{0,60}\sngày\s\d{1,2}\stháng\s\d{1,2}\snăm\s\d{4}\s)?(?:điều\s+\d+)?[\W\d_]*"
    r"(?:(?:về|về việc|việc|[^,;.]{0,60}\snày)\s+)?(?:quy định\s+)?\Z"
)
_LISTED_AT = re.compile(r"\s*(?:,|và|,\s*và)\s+(?:[^,;.]{0,60}\s)?(?:tại|kèm(?:\s+theo)?)(?:\s+các)?\s*\Z")
_OF_LAWS = re.compile(r"(?:sửa đổi|quy định chi tiết)[^;]{0,60}của (?:các )?luật\s*:")
_SINCE = re.compile(r"(?<!\w)(?:sau|trước|từ|đến|khi|ngày|thời điểm)\s*\Z")
_AT = re.compile(r"(?<!\w)(?:tại|nêu trong)(?:\s+các)?\Z")
# "Chỉ thị này thay thế …": the document itself does it, whatever its kind.
_BY_ITSELF = re.compile(
    r"(?<!\w)này\s+(?:có hiệu lực[^;]{0,80}(?:và|,)\s+)?"
    r"(?:thay thế|thay cho|bãi bỏ|hủy bỏ|huỷ bỏ|sửa đổi|đính chính|bổ sung)\s[^;.]{0,160}\Z"
)
_CONTINUED = re.compile(r"tiếp tục\s+(?:đẩy mạnh\s+)?(?:thực hiện|triển khai(?:\s+thực hiện)?)\s*\Z")


class Relator:
    """Finds the bonds of the mentions of one document, in text order."""

    def __init__(self, layout: Layout, header: Header, lower: str) -> None:
        self.layout, self.header, self.lower = layout, header, lower
        self.text = layout.view.text
        self.table: RelationTable = relation_table()
        self.gaps = Gaps(self.text, lower, self.table.openers)
        self.bonds: list[Bond] = []
        self.resolved: dict[int, int] = {}
        self.above = Above(layout, lower)

    def relate(self, mentions: Sequence[Mention]) -> list[Bond]:
        """Give one bond for each mention."""
        self.bonds = []
        self.resolved = short_targets(mentions)
        marks = marks_of(self.text, mentions)
        for index, mention in enumerate(mentions):
            bond = self._bond(index, mention, mentions)
            if bond.parent is None:
                bond = apart(bond, index, mention, self.text, marks)
            if bond.head < 0:
                bond.head = index if bond.parent is None else self.bonds[bond.parent].head
            self._finish(bond, mention)
            self.bonds.append(bond)
        return self.bonds

    def _bond(self, index: int, mention: Mention, mentions: Sequence[Mention]) -> Bond:
        previous = mentions[index - 1] if index else None
        if mention.stage == "draft":
            return Bond(RelationKind.DRAFTS, how="draft")
        if mention.amended_by is not None:
            head = next((k for k in range(index - 1, -1, -1) if mentions[k] is mention.amended_by), None)
            return Bond(RelationKind.AMENDS, parent=head, how="titled")
        if previous is not None and self._together(previous, mention):
            return self._after(index, mention, previous, mentions)
        return self._first(mention, mention.floor)

    def _together(self, left: Mention, right: Mention) -> bool:
        if left.floor == right.floor:
            return True
        one, two = self.layout.blocks[left.block], self.layout.blocks[right.block]
        return one.zone is two.zone is Zone.TITLE

    def _after(self, index: int, mention: Mention, previous: Mention, mentions: Sequence[Mention]) -> Bond:
        """The mention stands in one paragraph with the one before it."""
        start, stop = previous.end, mention.before
        same = self._alias(index, mention, mentions)
        if same is not None:
            other = self.bonds[same]
            return other.again()
        if stop - start > _FAR:
            return self._first(mention, stop - _REACH)
        if start >= stop or _SEPARATOR.match(self.lower, start, stop):
            self._changed_too(index, ";" in self.lower[start:stop])
            pure = ";" not in self.lower[start:stop]
            too = amended_too(index, mentions, self.bonds) if pure else None
            return too or self._sibling(index - 1, mention, mentions, pure=pure)
        sentence = self.gaps.sentence_break(start, stop)
        if sentence is not None:
            return self._first(mention, sentence)
        item = self.gaps.item_break(start, stop)
        if item is None or self._passive(self.lower[item:stop]):
            return self._same_item(index, mention, mentions)
        triggers = self.table.triggers(self.lower, item, stop)
        if triggers:
            bond = self._self_bond(triggers, item, stop)
            if (
                bond.relation is RelationKind.DETAILS
                and self._is(mention, Zone.PREAMBLE)
                and mentions[index - 1].number
            ):
                bond.parent = self._root(index - 1)  # "… về phân cấp; quy định chi tiết … Luật": the title goes on
            return bond
        return self._sibling(self.bonds[index - 1].head, mention, mentions, pure=False)

    def _changed_too(self, index: int, new_item: bool) -> None:
        """After "được sửa đổi, bổ sung bởi Luật số a, Luật số b", b changed it as a did."""
        for bond in self.bonds[max(0, index - 12) :]:
            changes = [relation for relation, by in bond.also if by == index - 1]
            if changes and not new_item:
                bond.also.append((changes[0], index))

    def _alias(self, index: int, mention: Mention, mentions: Sequence[Mention]) -> int | None:
        """A second name ("… (sau đây gọi tắt là Nghị quyết 57)") repeats what was said, it says nothing new."""
        if not _ALIAS.search(self.lower, max(mention.floor, mention.start - 40), mention.start):
            return None
        for other in range(index - 1, max(-1, index - 4), -1):
            if mentions[other].floor == mention.floor and one_instrument(mentions[other], mention):
                return other
        return None

    def _same_item(self, index: int, mention: Mention, mentions: Sequence[Mention]) -> Bond:
        """No ";" between the two: the second stands in the title of the first, in its list, or in a new clause."""
        start, stop = mentions[index - 1].end, mention.before
        gap = self.lower[start:stop]
        passive = self._passive(gap[-90:])
        if passive is not None:
            return self._changer(index, mention, mentions, passive)
        quote = behind_quote(self.text, mentions[index - 1], start, stop)
        if quote is not None or _SINCE.search(gap[-20:]):
            outside = self.table.triggers(self.lower, mention.floor, quote) if quote is not None else []
            return self._self_bond(outside, mention.floor, quote or stop) if outside else unsaid()
        if mention.shape == "named" and _OF_LAWS.search(gap) is not None:
            within = RelationKind.DETAILS if "chi tiết" in gap[:60] else RelationKind.AMENDS
            return Bond(within, parent=index - 1, how="titled")
        clause = self.gaps.clause_break(start, stop)
        listed_at = _LISTED_AT.match(gap) is not None and not (clause > start and gap.lstrip(" ,").startswith("xét "))
        if _LISTED.search(gap[-16:]) or listed_at:
            too = amended_too(index, mentions, self.bonds)
            return too or self._sibling(self.bonds[index - 1].head, mention, mentions, pure=False)
        triggers = self.table.triggers(self.lower, clause, stop)
        if clause > start and self.lower[clause:stop].lstrip().startswith("gắn với") and triggers:
            parent = self.bonds[index - 1].parent
            above = None if parent is None else self._root(parent)
            return Bond(self._relation(triggers, clause, stop), parent=above, how="behind")
        if clause > start:
            bond = self._self_bond(triggers, clause, stop) if triggers else unsaid()
            if self._is(mention, Zone.PREAMBLE):
                bond.head = self.bonds[index - 1].head  # the list of bases goes on after the ";"
            return bond
        if not triggers or triggers[-1].relation is None:
            titled = bool(triggers) and self.table.title_opener.match(self.lower, start, stop) is not None
            return unsaid(index - 1 if titled else None)
        return self._nested(index, mention, mentions, self._relation(triggers, start, stop))

    def _changer(self, index: int, mention: Mention, mentions: Sequence[Mention], passive: RelationKind) -> Bond:
        """The mention changed an earlier one ("A được sửa đổi bởi B") and stands as that one does."""
        changed = self._changed(index, mentions)
        bond = self._sibling(changed, mention, mentions, pure=True)
        if bond.relation in CHANGES:  # who ends A "as changed by B" does not end B
            bond = Bond(RelationKind.MENTIONS, parent=bond.parent, head=bond.head, sure=False, how="listed")
        if not one_instrument(mentions[changed], mention):
            self.bonds[changed].also.append((passive, index))
        return bond

    def _passive(self, gap: str) -> RelationKind | None:
        """What "… được sửa đổi, bổ sung bởi" says of the mention before it."""
        return next((word for word, pattern in self.table.passive if pattern.search(gap)), None)

    def _changed(self, index: int, mentions: Sequence[Mention]) -> int:
        """Whom "… được sửa đổi bởi" speaks of: a decree changes the decree, not the law that its title names."""
        last, kind = index - 1, mentions[index].type
        parent = self.bonds[last].parent
        if parent is None or mentions[parent].type != kind:
            return last
        return parent if mentions[last].type != kind or codes_of(mentions[last]) != codes_of(mentions[index]) else last

    def _nested(self, index: int, mention: Mention, mentions: Sequence[Mention], relation: RelationKind) -> Bond:
        """The mention stands in the title of the one before, unless no title begins there."""
        parent = index - 1
        start, stop = mentions[parent].end, mention.before
        gap = self.lower[start:stop]
        named = mentions[parent].shape != "short" or mentions[parent].symbol is not None or parent in self.resolved
        if relation in CHANGES and mentions[parent].type not in self.table.changing_kinds:
            # "Tờ trình … về việc ban hành Nghị quyết sửa đổi X": what is yet to come amends X, not the submission.
            return Bond(relation, head=self.bonds[parent].head, stage="proposed", sure=False, how="titled")
        if gap.lstrip().startswith(")"):
            parent = self._changed_by(parent)  # "Nghị định A (được sửa đổi tại Nghị định B) quy định chi tiết X"
            start = self.lower.index(")", start, stop) + 1
        if mentions[parent].stage == "draft" or not named or one_instrument(mentions[parent], mention):
            return Bond(relation, how="behind")
        if not self.table.title_opener.match(self.lower, start, stop):
            return Bond(relation, how="behind")
        if "gắn với" in gap and self.bonds[parent].parent is not None:
            parent = self._root(parent)  # "… gắn với X" goes on with what the head of the chain does
        elif "gắn với" in gap:
            return Bond(relation, how="behind")
        if relation is RelationKind.IMPLEMENTS and _CONTINUED.search(gap):
            relation = RelationKind.EXTENDS
        return Bond(relation, parent=parent, how="titled")

    def _changed_by(self, index: int) -> int:
        """The nearest earlier mention that this one changed, itself where there is none."""
        for other in range(index - 1, max(-1, index - 8), -1):
            if any(by == index for _, by in self.bonds[other].also):
                return other
        return index

    def _is(self, mention: Mention, zone: Zone) -> bool:
        return self.layout.blocks[mention.block].zone is zone

    def _root(self, index: int) -> int:
        """The mention at the outermost level whose title holds this one."""
        while (parent := self.bonds[index].parent) is not None:
            index = parent
        return index

    def _sibling(self, of: int, mention: Mention, mentions: Sequence[Mention], *, pure: bool) -> Bond:
        """The mention goes on a list: it stands as the earlier one does, unless it climbs out of a title."""
        other = self.bonds[of]
        if other.parent is None and not pure and 0 <= other.head < of:
            other = self.bonds[other.head]
        if other.parent is not None:
            kind, within = mentions[of].type, mentions[other.parent].type
            alike = (within == mention.type and rank_of(mention) <= rank_of(mentions[other.parent])) or (
                mention.type in _LETTERS and within in _WORKING and kind not in _WORKING
            )
            climbs = not pure or (kind != mention.type and (alike or kind in _LAWS))
            if climbs:
                other = self.bonds[self._root(of)]
        return other.again()

    def _self_bond(self, triggers: list[Trigger], start: int, stop: int) -> Bond:
        before = self.lower[max(start, stop - 90) : stop]
        if triggers[-1].relation is None or _SINCE.search(before[-20:]):
            return unsaid()
        if triggers[-1].relation in CHANGES and self._passive(before):
            return unsaid()
        return Bond(self._relation(triggers, start, stop))

    def _relation(self, triggers: list[Trigger], start: int, stop: int) -> RelationKind:
        """The last trigger says it; before "kèm theo" a change says it, for what is changed came with the decision."""
        before = self.lower[max(start, stop - 24) : stop]
        last = triggers[-1]
        ruled = last.relation in CHANGES or self.lower.startswith(("quy định", "được quy định"), last.start)
        if _KEM_THEO.search(before) or (_WITHIN.search(before) and ruled):
            changes = [t for t in triggers if t.relation in CHANGES and self._rules(t, start)]
            if changes and changes[0].relation is not None:
                return changes[0].relation
        if _WITHIN.search(before) and triggers[0].relation is RelationKind.CORRECTS and self._rules(triggers[0], start):
            return RelationKind.CORRECTS  # "Đính chính căn cứ pháp lý tại …"
        if self.lower.startswith("nêu tại", last.start) and len(triggers) > 1:
            return triggers[-2].relation or RelationKind.BASED_ON  # "Thực hiện các nhiệm vụ nêu tại …"
        if (
            last.relation in (RelationKind.IMPLEMENTS, RelationKind.GUIDES)
            and "thi hành" in self.lower[last.start : stop]
        ):
            near = [t for t in triggers[-4:] if t.relation is RelationKind.DETAILS and last.start - t.start < _DETAIL]
            if near:
                return RelationKind.DETAILS  # "quy định chi tiết một số điều và biện pháp thi hành Luật …"
        if last.relation is RelationKind.GUIDES and stop - last.end > _DIRECTLY and before.rstrip().endswith(" về"):
            return RelationKind.MENTIONS  # "hướng dẫn các chi bộ sinh hoạt chuyên đề về Nghị quyết 68": the cells are
        if last.relation is RelationKind.GUIDES and before.rstrip().endswith("("):
            return RelationKind.MENTIONS  # "Cục X hướng dẫn chỉnh lý dữ liệu (văn bản số …)": by it, not it
        return last.relation or RelationKind.MENTIONS

    def _rules(self, trigger: Trigger, start: int) -> bool:
        """Tell whether a word of change is the verb of the clause ("yêu cầu sửa đổi hồ sơ" is not)."""
        ends = trigger.relation in (RelationKind.REPLACES, RelationKind.REPEALS)
        return ends or _OPENING.match(self.lower[max(start, trigger.start - 90) : trigger.start]) is not None

    def _first(self, mention: Mention, start: int) -> Bond:
        """The first mention of a sentence."""
        stop = mention.before
        start = max(start, stop - _REACH)
        breaks = [m.end() for m in _SENTENCE.finditer(self.text, start, stop) if self.gaps.real_stop(m.start())]
        sentence = breaks[-1] if breaks else start
        triggers = self.table.triggers(self.lower, sentence, stop)
        block = self.layout.blocks[mention.block]
        if triggers and not _LATER_ITEM.search(self.lower, max(triggers[-1].end, stop - 8), stop):
            bond = self._self_bond(triggers, sentence, stop)
            active = not self.lower.endswith("được ", sentence, triggers[0].start)
            changes = active and block.zone is Zone.TITLE and triggers[0].relation in CHANGES
            if changes and bond.relation is RelationKind.BASED_ON and triggers[0].relation is not None:
                bond.relation = triggers[0].relation  # "SỬA ĐỔI MỨC CHI … THEO NGHỊ QUYẾT …": the resolution is changed
            return bond
        if block.kind is not Kind.ROW and self._ends(mention):
            return Bond(RelationKind.REPEALS, how="ends")
        if block.zone is Zone.PREAMBLE and not self._far(sentence, stop):
            plan = self.header.type in self.table.implementing_kinds
            return Bond(RelationKind.IMPLEMENTS if plan else RelationKind.BASED_ON, sure=False, how="placed")
        if block.zone is Zone.TITLE:
            return unsaid()
        head = self.lower[sentence:stop].strip(" -–+•*“\"'(") if stop > sentence else ""
        governed = (
            self.above.relation(block) if len(head) <= _LEAD or self.lower[block.body : stop].strip() == head else None
        )
        return Bond(governed, how="placed") if governed else unsaid()

    def _far(self, sentence: int, stop: int) -> bool:
        """Tell whether a preamble tells of an instrument in passing ("Ngày …, tại Thông báo số …, Thủ tướng giao")."""
        return stop - sentence > _PASSING or self.lower[max(sentence, stop - 8) : stop].rstrip().endswith("tại")

    def _ends(self, mention: Mention) -> bool:
        stop = min(mention.limit, mention.end + 400)
        sentence = _SENTENCE.search(self.text, mention.end, stop)
        clause = self.lower[mention.end : sentence.start() if sentence else stop]
        return any(pattern.search(clause) for _, pattern in self.table.after)

    def _finish(self, bond: Bond, mention: Mention) -> None:
        """A change that the document cannot make by itself, or that stands in a quoted draft, is only proposed."""
        if bond.relation not in CHANGES | {RelationKind.DETAILS} or bond.parent is not None or bond.stage != "issued":
            return
        zone = self.layout.blocks[mention.block].zone
        kind = self.header.type
        if zone is Zone.TITLE:
            before = title_before(mention, self.layout, self.lower)
            bond.relation, bond.stage = judged(bond.relation, mention, kind, before, self.table)
            return
        if zone is Zone.PREAMBLE and kind in self.table.changing_kinds:
            return
        before = self.lower[max(mention.floor, mention.start - 240) : mention.start]
        if self.table.itself.search(before):
            return  # "Kế hoạch này thay thế …": any kind ends an earlier one of its own issuer
        weak = kind is not None and kind not in self.table.changing_kinds and not _BY_ITSELF.search(before)
        if weak or self.table.proposed.search(before) or self.above.only_proposes(self.layout.blocks[mention.block]):
            bond.stage = "proposed"
