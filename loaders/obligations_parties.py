"""The other bodies of a duty: to whom it reports or sends, through whom, with whom it works, whom it oversees."""

import re
from collections.abc import Iterable
from functools import lru_cache

import msgspec

from loaders.bodies import Mention, read_list
from loaders.document import Span
from loaders.obligations_tables import table, words
from ontology.terms import CounterpartyKind

_NOUN_BEFORE = re.compile(
    r"(?:theo|về|nghe|tại|các|những|chế độ|trong|dự thảo|từ|qua|hội nghị|nội dung|mẫu|bản|chương|công|quy|quá|tiến|lộ|"
    r"giáo|lịch|hành|"
    r"mục|việc|của|văn bản|tờ|dự|tổng|được|biểu|thông tin,|yêu cầu|được|gửi|nộp) $"
)
_VERB_PAIRED = re.compile(
    r"(?:tổng hợp|theo dõi|đánh giá|kết quả|đề xuất|phát hiện|tham mưu|gửi|rà soát|xem xét|xây dựng) và $"
)
_NOUN_AFTER = re.compile(r"\s*(?:của|số(?= ?[\d:/….-])|tại|cáo|tự|độ|năm \d|\d)(?!\w)")
_MANNER = re.compile(
    r"(?: (?:kịp thời|ngay|trực tiếp|bằng văn bản|định kỳ|đột xuất|nhanh)){1,3}(?: (?:về|cho|đến|tới|với))? (?=\w)"
)
_TO = re.compile(r"\s(?:gửi )?(?:về|cho|lên|tới|đến|gửi|với)(?: cho| về| đến| tới)?\s+(?=\w)")
_VIA = re.compile(r"[\s(](?:thông )?qua\s+(?=\w)")
_VIA_ASIDE = re.compile(r"\((?:thông )?qua\s+(?=\w)")
_TOGETHER = re.compile(
    r"phối hợp(?:,? hỗ trợ)?(?: (?:chặt chẽ|hiệu quả|thường xuyên|tốt|đồng bộ|kịp thời|nhịp nhàng|,))*"
    r"(?: với| cùng| cùng với)? +(?=\w)"
)
_SENT = ("được ", "khi ", "nơi ", "bên ", "thư ")  # words that make "gửi" a description
_WORKS_WITH = CounterpartyKind.COORDINATES_WITH
_MEANT_FOR = re.compile(r"(?:để|nhằm|giúp)(?: (?:chỉ đạo|hướng dẫn|theo dõi|kiểm tra|điều hành),?)* $")
_FOR_OTHERS = re.compile(r"phối hợp,? [^.;]{0,60}?tạo điều kiện[^.;]{0,40}? (?:để|cho) +(?=\w)")
_LEADS_WITH = re.compile(r"chủ trì,? cùng(?: với)? (?=\w)")
_OVERSEE = r"(?:theo dõi|kiểm tra|giám sát|đôn đốc|thanh tra|nhắc nhở)"
_OVERSEES = re.compile(rf"{_OVERSEE}(?:(?:,| và|, và) (?:{_OVERSEE}|hướng dẫn|chỉ đạo|đánh giá))*\s+(?=\w)")
_AT = re.compile(r"[^.;]{0,240}? (?:tại|đối với) +(?=\w)")
_BREAK = re.compile(r"[.;](?=\s|$)")
_LOCAL = "địa bàn"
# "báo cáo Bộ (qua Văn phòng Bộ)": a body that calls itself by its kind alone.
_SHORT = re.compile(r"\s(Bộ|Sở|Tỉnh|Thành phố|Cục)(?=\s*(?:[,.;(]|$)|\s(?:trước|để|theo|kết quả|tình hình)(?!\w))")
_LOCALITY = re.compile(r"(?:địa phương|tỉnh)(?! (?:khác|đó|này|có(?! liên quan)|[a-zà-ỹ]+ (?:và|,)))(?!\w)")
_REPORTS_WITH = re.compile(r"(?:, giải trình)? với (?=\w)")
_ASKS = frozenset({"đề nghị", "kiến nghị"})  # verbs whose receiver stands right behind them
_PART_OF_NAME = re.compile(r"(?:ban|tổ|đoàn|cơ quan|ủy ban|chánh|phòng) $")
_AFTER_STOP = re.compile(r"[.;:)-]\s*$")


class Party(msgspec.Struct, frozen=True, gc=False):
    """Another body of a duty, as written."""

    mention: Mention
    kind: CounterpartyKind


@lru_cache(maxsize=1)
def _verbs() -> tuple[re.Pattern[str], dict[str, CounterpartyKind]]:
    rows = table("obligations.yaml")["reports"]
    kinds = {verb: CounterpartyKind(kind) for kind, verbs in rows.items() for verb in verbs}
    return re.compile(rf"(?<!\w)(?:{words(list(kinds))})(?!\w)"), kinds


class Parties:
    """Finds the other bodies in the duties of one document's text."""

    def __init__(self, text: str, folded: str) -> None:
        """Take the text with new tone placement, and the same in lower case."""
        self.text = text
        self.low = folded

    def find(self, span: Span, taken: Iterable[Span]) -> list[Party]:
        """Find the counterparties in one duty.

        Args:
            span: Range of the duty.
            taken: Ranges of names that already bear the duty, and of citations; none of these is a counterparty.
        """
        self._start, self._end = span
        self._taken = list(taken)
        self._found: dict[tuple[str, CounterpartyKind], Party] = {}
        self._asked: list[Span] = []
        self._reports()
        self._together()
        self._overseen()
        return sorted(self._found.values(), key=lambda party: party.mention.start)

    def _add(self, at: int, kind: CounterpartyKind, *, semicolons: bool = False) -> int:
        """Add the names that begin at an offset; gives where their list ends, or -1."""
        read = read_list(self.text, at, self._end)
        if semicolons and read and self.text.startswith(";", read.end):
            whole = read_list(self.text, at, self._end, semicolons=True)
            # "A, B; C và D": only a list that ends in "và" goes on over ";", where a new clause may begin.
            if whole and " và " in self.text[max(at, self.text.rfind(";", at, whole.end)) : whole.end]:
                read = whole
        if read is None:
            return -1
        for mention in read.mentions:
            if any(a <= mention.start < b for a, b in self._taken):
                continue
            self._taken.append((mention.start, mention.end))
            self._found.setdefault((mention.name.lower(), kind), Party(mention, kind))
        return read.end

    def _reports(self) -> None:
        pattern, kinds = _verbs()
        for verb in pattern.finditer(self.low, self._start, self._end):
            if self._is_noun(verb) or self._in_a_name(verb.start()) or self._follows_receiver(verb.start()):
                continue
            kind = kinds[verb.group()]
            if (
                verb.group() == "trình"
                and self.low.startswith("cấp ", verb.end() + 1)
                and self.low.endswith("hoặc ", self._start, verb.start())
            ):
                continue  # "…, hoặc trình cấp có thẩm quyền" says what the receiver does
            known = len(self._found)
            end = self._add(verb.end() + 1, kind)
            if end < 0 and (short := _SHORT.match(self.text, verb.end(), self._end)):
                self._found.setdefault((short[1].lower(), kind), Party(Mention(*short.span(1), short[1]), kind))
                end = short.end()
            if verb.group() in _ASKS:
                stop = _BREAK.search(self.low, verb.end(), self._end)
                self._asked += [(verb.end(), stop.start() if stop else self._end)] if len(self._found) > known else []
                continue
            with_whom = _REPORTS_WITH.match(self.low, verb.end(), self._end) if end < 0 else None
            if with_whom:
                end = self._add(with_whom.end(), kind)
            manner = _MANNER.match(self.low, verb.end(), self._end) if end < 0 else None
            if manner:
                end = self._add(manner.end(), kind)
            if end < 0:
                end = self._addressed(verb, kind)
            if end >= 0:
                self._channel(end)

    def _follows_receiver(self, at: int) -> bool:
        """Whether a verb stands right behind the receiver, whose act it is: "báo cáo UBND tỉnh | trình HĐND tỉnh"."""
        return any(party.mention.end == at - 1 for party in self._found.values() if party.kind is not _WORKS_WITH)

    def _is_noun(self, verb: re.Match[str]) -> bool:
        if verb.group() == "gửi":
            return self.low.endswith(_SENT, self._start, verb.start())
        before = self.low[max(self._start, verb.start() - 30) : verb.start()]
        if before.endswith("chế độ ") and self.low.startswith(" về ", verb.end()):
            return False  # "thực hiện chế độ báo cáo về Sở"
        if _NOUN_AFTER.match(self.low, verb.end(), self._end):
            return True
        return _NOUN_BEFORE.search(before) is not None and not _VERB_PAIRED.search(before)

    def _addressed(self, verb: re.Match[str], kind: CounterpartyKind) -> int:
        """Read the receiver behind a preposition: "báo cáo kết quả … về X", "gửi hồ sơ về X"."""
        stop = _BREAK.search(self.low, verb.end(), self._end)
        limit = stop.start() if stop else self._end
        others = (m for m in _verbs()[0].finditer(self.low, verb.end() + 1, limit) if not self._is_noun(m))
        limit = next((other.start() for other in others), limit)
        for to in _TO.finditer(self.low, verb.end(), limit):
            if " với" in to.group() and verb.group() != "đăng ký":
                continue
            end = self._add(to.end(), kind)
            if end >= 0:
                return end
        return -1

    def _channel(self, at: int) -> None:
        """Read "(qua Sở Nội vụ)" right behind a receiver."""
        via = _VIA.match(self.low, at, self._end) or _VIA.match(self.low, at + 1, self._end)
        if via is None:
            stop = _BREAK.search(self.low, at, self._end)
            via = _VIA_ASIDE.search(self.low, at, stop.start() if stop else self._end)
        if via:
            self._add(via.end(), CounterpartyKind.VIA)

    def _together(self) -> None:
        for pattern in (_FOR_OTHERS, _LEADS_WITH, _TOGETHER):
            for match in pattern.finditer(self.low, self._start, self._end):
                if any(a <= match.start() < b for a, b in self._asked):
                    continue  # with whom another body works that was asked to
                end = self._add(match.end(), CounterpartyKind.COORDINATES_WITH, semicolons=True)
                if end < 0 and (place := _LOCALITY.match(self.low, match.end(), self._end)):
                    mention = Mention(*place.span(), self.text[place.start() : place.end()])
                    self._found.setdefault((place.group(), _WORKS_WITH), Party(mention, _WORKS_WITH))

    def _in_a_name(self, at: int) -> bool:
        """Whether a verb is part of a name ("Ban Thanh tra nhân dân", "Ban giám sát đầu tư")."""
        if _PART_OF_NAME.search(self.low[max(self._start, at - 12) : at]):
            return True
        return self.text[at].isupper() and at > self._start and not _AFTER_STOP.search(self.text[max(0, at - 4) : at])

    def _overseen(self) -> None:
        for match in _OVERSEES.finditer(self.low, self._start, self._end):
            before = max(self._start, match.start() - 60)
            if self._in_a_name(match.start()) or _MEANT_FOR.search(self.low, before, match.start()):
                continue  # "thành lập Ban Chỉ đạo để chỉ đạo, đôn đốc …": what the board is for
            if self._add(match.end(), CounterpartyKind.OVERSEES) >= 0:
                continue
            if self.low.startswith(("việc", "tình hình", "công tác"), match.end()):
                place = _AT.match(self.low, match.end(), self._end)
                if place and not self.low.startswith(_LOCAL, place.end()):
                    self._add(place.end(), CounterpartyKind.OVERSEES)
