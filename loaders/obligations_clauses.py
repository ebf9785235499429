"""Who a sentence of a duty is laid on: orders, subjects, chains of direction, or nobody (a bare verb)."""

import re
from collections.abc import Iterator

import msgspec

from loaders.bodies import BodyList, Mention, head_at, one_line, read_list
from loaders.document import Span
from loaders.obligations_enforcers import enforcers, names_enforcers
from loaders.obligations_tables import phrase
from loaders.obligations_words import Bearing, Reading, order_words
from ontology.terms import Role

_SENTENCE = re.compile(r"[.!](?<=[^\s.][^\s.A-ZĐ].)(?:\s*\[\d+\])?\s+(?=[A-ZĐÁÀẢÂĂÊÉÍÔƠÚƯÝỦỨ“\"(*])")
_CLAUSE = re.compile(r";\s+")
_NEXT_PART = re.compile(r"[,:]\s+")
_FURTHER = re.compile(r",\s+(?=(?:[^\s,.;]+ ){0,7}(?:giao|đề nghị|yêu cầu|phân công) )")
_LABEL = re.compile(r"[^:.;,]{3,110}:\s+")
_CHAIN = re.compile(
    r"(?:(?:phối hợp |chủ trì, )?(?:(?:lãnh đạo|định hướng|hướng dẫn), )?chỉ đạo"
    r"(?:(?:,| và) (?:đôn đốc|hướng dẫn|yêu cầu))*|"
    r"lãnh đạo|giao|yêu cầu|đề nghị|phân công|đôn đốc|hướng dẫn)\s+(?:để |cho )?"
)
_ISSUER_ORDERS = re.compile(r"\s*(?:đề nghị|yêu cầu|giao|phân công)(?: cho)?\s+")
_GENERIC_NOUNS = ("cơ quan", "đơn vị", "địa phương", "cấp ")  # after a comma these go on with a list
_BARE_NOUNS = ("cơ quan", "đơn vị")
_REST_OF_LABEL = re.compile(r"[^:.;,]{3,90}:\s+")
_COLON = re.compile(r"\s*:\s*(?:\([ivx\d]{1,4}\)\s*)?")
_PLAIN_VERBS = (
    "tổ chức",
    "thực hiện",
    "triển khai",
    "rà soát",
    "xây dựng",
    "tham mưu",
    "bố trí",
    "tổng hợp",
    "xem xét",
    "quyết định",
    "bảo đảm",
    "đề xuất",
)
_STRENGTHENS = re.compile(r"\s*(?:tăng cường|đẩy mạnh|nâng cao)(?!\w)")
_BESIDE = re.compile(r",\s+(?=[^,.;]{3,90}? (?:có|chịu) trách nhiệm)|,\s+(?=[^,.;]{3,60} phối hợp)")
_HAPPENED = re.compile(r"\s(?:đã|đang|vẫn|còn|ước đạt|tiếp tục diễn biến)\s")
_TIME_OR_PLACE = re.compile(r"(?:trong (?!trường hợp|thời hạn|quá trình)|từ |tại |đến |qua |do |hiện )")
_WITH = re.compile(r"(?:chủ trì,? )?phối hợp(?: chặt chẽ)?(?: với| cùng)? (?=\w)")
_DIRECTS = re.compile(r"\s(?:tiếp tục |tăng cường |kịp thời |khẩn trương )?(?=chỉ đạo[\s,])")
_ASIDE = re.compile(r"\((?:do |giao )?(?=\w)|,\s+do (?=\w)")
_TAKES_ON = re.compile(
    r"\s(?:làm )?(?:chủ trì|đầu mối|thực hiện|đảm nhiệm|phụ trách|tham mưu|theo dõi)"
    r"(?=\s*(?:[),;.]|$)|,? (?:phối hợp|thực hiện|tham mưu|tổ chức|triển khai|trước|trong|theo dõi)(?!\w))"
)
_SHARES = re.compile(r"\(trong đó:?\s")
_SHARE = re.compile(r"(?<!\w)([A-ZĐ][\w&]*(?: [A-ZĐ][\w&]*){0,4}):? (?=\d)")
_BOUND = phrase("bound")
_LONGEST_LIST = 2000
_DEEPEST_CHAIN = 4
_MOST_STARTS = 10
_PREDICATE = 220


class Clauses:
    """Reads the clauses of one document's text."""

    def __init__(self, text: str, folded: str) -> None:
        """Take the text with new tone placement, and the same in lower case."""
        self.text = text
        self.low = folded
        self._words = order_words()

    def sentences(self, start: int, end: int) -> Iterator[Span]:
        """Split a range into sentences, and these at ";" into clauses; a list of names broken by ";" stays whole."""
        at = start
        for stop in [*(m for m in _SENTENCE.finditer(self.text, start, end)), None]:
            close = stop.start() if stop else end
            begin = at
            whole = names_enforcers(self.text, self.low, (at, close))
            for semicolon in [*(m for m in _CLAUSE.finditer(self.text, at, close) if not whole), None]:
                finish = semicolon.start() if semicolon else close
                if finish <= begin or (semicolon and self._only_names(begin, finish)):
                    continue
                yield begin, finish
                begin = semicolon.end() if semicolon else close
            at = stop.end() if stop else end

    def _only_names(self, start: int, end: int) -> bool:
        if end - start > _LONGEST_LIST:
            return False
        named = read_list(self.text, start, end, semicolons=True)
        return named is not None and not named.stopped and named.end >= end

    def describes(self, start: int, end: int) -> bool:
        """Whether a paragraph begins as a description, a formula or a statement of force."""
        return self._words.not_duty.match(self.low, start, end) is not None

    def may_open(self, start: int, end: int) -> bool:
        """Whether a paragraph begins with a word that is no known noun, so that it may be a verb not in the table."""
        words = self._words
        return not words.noun.match(self.low, start, end) and not words.not_duty.match(self.low, start, end)

    def orders(self, start: int, end: int) -> bool:
        """Whether an order to a named body stands at an offset ("Giao Ủy ban nhân dân tỉnh …")."""
        order = self._words.order.match(self.low, start, end)
        return order is not None and head_at(self.text, order.end()) >= 0

    def opens(self, start: int, end: int) -> bool:
        """Whether a duty verb stands at an offset."""
        return self._words.opener.match(self.low, start, end) is not None

    def read(self, start: int, end: int) -> Reading:
        """Read one clause.

        Args:
            start: First letter of the clause.
            end: Its end.
        """
        words = self._words
        skipped = words.connector.match(self.low, start, end)
        at = skipped.end() if skipped else start
        for begin in self._starts(at, end):
            found = self._order(begin, end) or self._subject(begin, end)
            if found and not (found.strong or found.ordered) and names_enforcers(self.text, self.low, (at, end)):
                break  # the list was cut short by a verb or a place inside a name
            if found:
                return self._with_others(found, begin, end)
            if begin == at and words.opener.match(self.low, begin, end) and not self._leads_in(begin, end):
                break
        told = enforcers(self.text, self.low, (at, end))
        if told:
            return Reading(tuple(Bearing(mention, Role.PERFORMS) for mention in told), strong=True)
        return self._bound(at, end) or self._bare(at, end)

    def _bound(self, at: int, end: int) -> Reading | None:
        """Read a subject that no table knows but that is said to be responsible ("Người sử dụng đất …")."""
        for begin in self._starts(at, end):
            bound = _BOUND.match(self.text, begin, end)
            if bound:
                name = Mention(bound.start("name"), bound.end("name"), one_line(bound["name"]))
                role = self._roles(bound.end("name"), end, leads=False)[0]
                return Reading((Bearing(name, role),), strong=True)
        return None

    def _with_others(self, found: Reading, at: int, end: int) -> Reading:
        """Add the subjects of further clauses: "X có trách nhiệm …, Y có trách nhiệm …"."""
        others: list[Bearing] = []
        for comma in _BESIDE.finditer(self.low, at, end):
            beside = self._subject(comma.end(), end)
            others += beside.bearers if beside else ()
        known = [bearing.mention for bearing in found.bearers]
        others = [o for o in others if not any(m.start <= o.mention.start < m.end for m in known)]
        return msgspec.structs.replace(found, bearers=(*found.bearers, *others)) if others else found

    def _leads_in(self, at: int, end: int) -> bool:
        """Whether the clause begins with an adverbial that a subject may follow ("Căn cứ chức năng, nhiệm vụ, …")."""
        return self._words.lead_in.match(self.low, at, end) is not None

    def _starts(self, at: int, end: int) -> Iterator[int]:
        """Places where a subject or an order may begin: the clause itself and, after a lead-in, behind its commas."""
        yield at
        leads = self._leads_in(at, end)
        for n, comma in enumerate(_NEXT_PART.finditer(self.low, at, end)):
            if n >= _MOST_STARTS and not leads:
                return
            if n >= 4 * _MOST_STARTS:
                return
            after = comma.end()
            if (leads or comma.group().startswith(":")) and not self.text.startswith(_GENERIC_NOUNS, after):
                yield after
        for comma in _FURTHER.finditer(self.low, at, end):
            yield comma.end()

    def _order(self, at: int, end: int) -> Reading | None:
        """Read "Giao X …", "Đề nghị X …", and "Giám đốc Sở yêu cầu X …" whose X bears the duty."""
        words = self._words
        order = words.order.match(self.low, at, end)
        if order is None:
            issuer = read_list(self.text, at, end)
            told = _ISSUER_ORDERS.match(self.low, issuer.end, end) if issuer and issuer.stopped else None
            if told is None or head_at(self.text, told.end()) < 0:
                return None
            order_word, after = told.group().strip(), told.end()
        else:
            order_word, after = order.group().strip(), order.end()
        named = read_list(self.text, after, end, semicolons=True)
        if named is None:
            return None
        leads = words.leading_order.match(order_word) is not None
        named = self._past_colon(named, end)
        if order is None and not self._owes(named, end) and self.low[named.end : end].strip(" .:/"):
            return None
        return self._bearing(named, end, leads=leads, ordered=True)

    def _subject(self, at: int, end: int) -> Reading | None:
        """Read "X, Y và Z + verb"."""
        named = read_list(self.text, at, end, semicolons=True)
        named = self._past_colon(named, end) if named else None
        if named is None or not named.stopped or self._is_label(named, end) or not self._owes(named, end):
            return None
        return self._bearing(named, end, leads=False, ordered=False)

    def _is_label(self, named: BodyList, end: int) -> bool:
        """Whether a bare "cơ quan" opens a label and not a sentence: "Cơ quan tổ chức lập quy hoạch: UBND tỉnh"."""
        if named.mentions[0].name.lower() not in _BARE_NOUNS:
            return False
        label = _REST_OF_LABEL.match(self.low, named.end, end)
        return label is not None and head_at(self.text, label.end()) >= 0

    def _past_colon(self, named: BodyList, end: int) -> BodyList:
        """Take "Sở Y tế: phối hợp …" and "Giao Sở Y tế: (i) rà soát …" as if no colon stood there."""
        colon = _COLON.match(self.low, named.end, end)
        if colon is None or colon.end() >= end:
            return named
        if not self.opens(colon.end(), end) and not (
            colon.group().lstrip()[0] == ":" and self._verb(colon.end(), end) >= 0
        ):
            return named
        return BodyList(named.mentions, colon.end(), stopped=True)

    def _owes(self, named: BodyList, end: int) -> bool:
        """Whether the words after a list of names say what these must do."""
        if self._words.describes.match(self.low, named.end, end):
            return False
        return named.bounded or self._verb(named.end, end) >= 0

    def _verb(self, at: int, end: int) -> int:
        """Offset of the first duty verb of a predicate, adverbs and adjuncts passed over; -1 where there is none."""
        words = self._words
        limit = min(end, at + _PREDICATE)
        at += len(self.low[at:limit]) - len(self.low[at:limit].lstrip())
        adverb = words.adverbs.match(self.low, at, limit)
        after = adverb.end() if adverb else at
        if words.opener.match(self.low, after, limit) or self._role_at(after, limit):
            return after
        if words.opener.match(self.low, at, limit) or adverb:
            return at
        # "theo chức năng, nhiệm vụ được giao khẩn trương rà soát …": the verb stands behind an adjunct.
        if words.lead_in.match(self.low, at, limit):
            for part in re.finditer(r"\s(?=\w)", self.low[at:limit]):
                here = at + part.end()
                verb = words.adverbs.match(self.low, here, limit)
                if verb:
                    return verb.end() if words.opener.match(self.low, verb.end(), limit) else here
                if self._role_at(here, limit) or self.low.startswith(_PLAIN_VERBS, here):
                    return here
        return -1

    def _role_at(self, at: int, end: int) -> Role | None:
        for role, pattern in self._words.roles:
            if pattern.match(self.low, at, end):
                return role
        return None

    def _roles(self, at: int, end: int, *, leads: bool) -> list[Role]:
        """Roles that a predicate gives: its first verb, and "đầu mối" or a monitoring verb beside it."""
        verb = self._verb(at, end)
        role = self._role_at(verb if verb >= 0 else at, end) or Role.PERFORMS
        if role is Role.DIRECTS and _STRENGTHENS.match(self.low, at, end):
            role = Role.PERFORMS  # to strengthen direction is a task like another
        if leads and role is Role.PERFORMS:
            role = Role.LEADS
        roles = [role]
        predicate = self.low[at : min(end, at + 4 * _PREDICATE)]
        if role is not Role.LEADS and self._words.also_leads.search(predicate):
            roles.append(Role.LEADS)
        if role is Role.LEADS and self._words.also_monitors.match(predicate.lstrip()):
            roles.append(Role.MONITORS)
        return roles

    def _bearing(self, named: BodyList, end: int, *, leads: bool, ordered: bool) -> Reading:
        roles = self._roles(named.end, end, leads=leads)
        bearers = [Bearing(mention, role) for role in roles for mention in named.mentions]
        bearers += self._chain(named.end, end)
        tail = self.low[named.end : min(end, named.end + _PREDICATE)].strip()
        adverbs = self._words.adverbs.match(tail)
        strong = ordered or any(self._words.strong.match(tail, at) for at in (0, adverbs.end() if adverbs else 0))
        return Reading(tuple(bearers), ordered=ordered, role=roles[0], strong=strong)

    def _chain(self, at: int, end: int) -> list[Bearing]:
        """Read "… chỉ đạo Y chỉ đạo Z thực hiện": Y and Z bear what they are directed to do."""
        found: list[Bearing] = []
        for _ in range(_DEEPEST_CHAIN):
            verb = self._past_partners(self._verb(at, end), end)
            chain = _CHAIN.match(self.low, verb, end) if verb >= 0 else None
            named = read_list(self.text, chain.end(), end) if chain else None
            if chain is None or named is None:
                break
            told = named.stopped and self._owes(named, end)
            if not told and "chỉ đạo" not in chain.group():
                break
            if chain.group().startswith(("đôn đốc", "hướng dẫn")):
                break
            role = self._roles(named.end, end, leads=False)[0] if told else Role.PERFORMS
            role = Role.PERFORMS if role is Role.MONITORS else role
            found += [Bearing(mention, role) for mention in named.mentions]
            at = named.end
        return found

    def asides(self, start: int, end: int) -> tuple[Bearing, ...]:
        """Read who bears a duty beside its text: "(Sở A chủ trì)", "do Sở A thực hiện", "(Trong đó: VNPT 22 trạm)"."""
        found: list[Bearing] = []
        for beside in _ASIDE.finditer(self.low, start, end):
            named = read_list(self.text, beside.end(), end, semicolons=True)
            if named and named.stopped and _TAKES_ON.match(self.low, named.end, end):
                role = self._roles(named.end, end, leads=False)[0]
                found += [Bearing(mention, role) for mention in named.mentions]
        shares = _SHARES.search(self.low, start, end)
        if shares:
            close = self.low.find(")", shares.end(), end)
            for share in _SHARE.finditer(self.text, shares.end(), close if close >= 0 else end):
                found.append(Bearing(Mention(share.start(1), share.end(1), share[1]), Role.PERFORMS))
        return tuple(found)

    def _past_partners(self, verb: int, end: int) -> int:
        """Pass over "(chủ trì,) phối hợp với Y" where "chỉ đạo Z" follows: the partner is not who is directed."""
        joint = _WITH.match(self.low, verb, end) if verb >= 0 else None
        partners = read_list(self.text, joint.end(), end) if joint else None
        directs = _DIRECTS.match(self.low, partners.end, end) if partners else None
        return directs.end() if directs else verb

    def _bare(self, at: int, end: int) -> Reading:
        """Read a clause without subject: a duty verb at its head or behind a lead-in."""
        words = self._words
        opener = words.opener.match(self.low, at, end)
        if opener and not self.low.startswith(":", opener.end()):
            role = self._roles(at, end, leads=False)[0]
            return Reading(tuple(self._chain(at, end)), bare=True, role=role)
        label = _LABEL.match(self.low, at, end)
        if label and words.opener.match(self.low, label.end(), end):
            return Reading(bare=True, role=self._roles(label.end(), end, leads=False)[0])
        if self._leads_in(at, end):
            for n, comma in enumerate(_NEXT_PART.finditer(self.low, at, end)):
                if n >= _MOST_STARTS:
                    break
                if _TIME_OR_PLACE.match(self.low, at, end) and _HAPPENED.search(self.low, at, comma.end()):
                    break  # "Trong tháng 11, do mưa lớn, đã xảy ra …": told, not asked
                if words.opener.match(self.low, comma.end(), end):
                    return Reading(bare=True, role=self._roles(comma.end(), end, leads=False)[0])
        return Reading()
