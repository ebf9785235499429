"""Bodies, posts and classes of them in running text: where a name begins and ends, and lists of names."""

import re
from dataclasses import dataclass, field
from functools import cache

import msgspec

from loaders.anchors import first_letters
from loaders.bodies_classes import is_class
from loaders.bodies_patterns import STARTS_NAME, first_halves, patterns

_UPPER = "A-ZĐÁÀẢÃẠÂẤẦẨẪẬĂẮẰẲẴẶÉÈẺẼẸÊẾỀỂỄỆÍÌỈĨỊÓÒỎÕỌÔỐỒỔỖỘƠỚỜỞỠỢÚÙỦŨỤƯỨỪỬỮỰÝỲỶỸỴ"
_POLITE = re.compile(
    r"(?:[Cc]ác )?(?:[Đđ]ồng chí|[Ôô]ng|[Bb]à|đ/c) "
    r"(?:(?:[A-ZĐÂÔƯÁ][a-zà-ỹ]+ ){1,3}[A-ZĐÂÔƯÁ][a-zà-ỹ]+(?:,| -) )?(?=[A-ZĐỦ])"
)
_CAPITAL = re.compile(f"[{_UPPER}]")
_COLON_LIST = re.compile(r"[Cc]ác (Bộ|Sở|Cục|Vụ|Ban)(?:,? (?:ban|ngành|ban, ngành|cơ quan|cơ quan ngang Bộ))*$")
_PLACE_LIST = re.compile(
    r"(?:tỉnh|thành phố|xã|phường|đặc khu|huyện|thị xã|trường|ngân hàng|Tập đoàn|tập đoàn|[Tt]rung ương)$"
)
_APPOSITION = re.compile(r" - (?:[Cc]ơ quan|[Đđ]ơn vị|[Tt]rưởng|[Pp]hó|là)(?!\w)")
# "các cơ quan được giao chủ trì …" and "các xã có rừng …" are part of the name when a modal or adverb follows.
_RELATIVE = re.compile(
    r"\s(?:được )?(?:giao|phân công|chỉ định)[^.;]{0,140}?(?=\s(?:có|chịu) trách nhiệm)|"
    r"\scó (?!trách|nhiệm|ý kiến|kế hoạch|giải pháp|biện pháp|phương án|văn bản|hình thức|báo cáo|thể|xây dựng|"
    r"yêu cầu|nhu cầu|tối thiểu|ít nhất|từ |trên |khoảng |\d)"
    r"[^,.;]{3,80}?"
    r"(?=\s(?:thường xuyên|chủ động|khẩn trương|tiếp tục|tập trung|phải|có trách nhiệm|nghiêm túc|kịp thời|xây dựng|"
    r"tổ chức|phối hợp|rà soát|thực hiện|triển khai|lập|bố trí|chỉ đạo|báo cáo))"
)
_WIDENING = ("đơn vị", "cơ quan", "đoàn thể")
_WIDE = (*_WIDENING, "Cơ quan", "Đơn vị")
_OPENS_WIDE = re.compile(r"[Cc]ác |[Mm]ọi |[Cc]ơ quan|[Đđ]ơn vị")
_OWN_CLASS = ("cơ quan ngành dọc",)
_NEVER_WIDE = ("UBND", "Ủy ban", "Chủ tịch")
_PARTY_AND_STATE = re.compile(r"(?:[Cc]ác )?(?:cấp ủy|Cấp ủy)(?:(?:,| và) (?:tổ chức đảng|đảng ủy|chính quyền))*$")
_OPEN_CLASS = re.compile(r"[Cc]ác |[Qq]uý |[Mm]ỗi |Sở, |Bộ, ")
_GENERIC = ("cơ quan ", "cơ quan,", "đơn vị ", "đơn vị,", "địa phương ", "doanh nghiệp ")
_ASIDE = re.compile(r"(?:nhất là|đặc biệt là|trước hết là|trong đó có)(?!\w)")
_PLACE = re.compile(r"\snêu tại (?:Điều|khoản|Mục|Phụ lục) \w+")
_SINGLED_OUT = ("nhất là", "đặc biệt là")
_POSTS = ("Thủ trưởng", "Trưởng", "thủ trưởng", "Lãnh đạo", "lãnh đạo", "Người đứng đầu")
_NOT_GENERIC = (*_POSTS, "quý", "Quý", *_WIDE)
_LONGEST_NAME = 260


class Mention(msgspec.Struct, frozen=True, gc=False):
    """One body, post or class as written.

    Attributes:
        start, end: Its range in the text that was read.
        name: As written, on one line; "Bộ Tài chính" for the second of "Các Bộ: Quốc phòng, Tài chính".
    """

    start: int
    end: int
    name: str


class BodyList(msgspec.Struct, frozen=True, gc=False):
    """A coordinated list of names.

    Attributes:
        mentions: The names.
        end: Where the list ends.
        stopped: It ended at a word that says what they do or what is done to them.
        bounded: It ended where a body that the tables know is followed by a word that no table knows, surely a verb.
    """

    mentions: tuple[Mention, ...]
    end: int
    stopped: bool
    bounded: bool = False


def head_at(text: str, at: int) -> int:
    """Tell whether a name begins at an offset.

    Args:
        text: Text with new tone placement.
        at: Offset of the first letter; "đồng chí" and the like may stand before the name and belong to it.

    Returns:
        The offset, or -1 where no name begins there.
    """
    letters = name_letters()
    if letters is not None and text[at : at + 1] not in letters:
        return -1
    polite = _POLITE.match(text, at)
    if polite is None:
        return at if patterns()["head"].match(text, at) else -1
    if polite.group()[0] not in "Cc":  # "các đồng chí Bộ trưởng" is one class, "đồng chí Bí thư" a post
        at = polite.end()
    return at if _opened(text, at) else -1


@cache
def name_letters() -> frozenset[str] | None:
    """Give the letters with which a name, or what is said before it out of politeness, can begin."""
    return first_letters([_POLITE, patterns()["head"]])


def _opened(text: str, at: int) -> re.Match[str] | None:
    """The beginning of a name, "đồng chí" passed over."""
    polite = _POLITE.match(text, at)
    return patterns()["head"].match(text, polite.end() if polite else at)


def strip_polite(name: str) -> str:
    """Drop "đồng chí" and the like before a name."""
    polite = _POLITE.match(name)
    return name[polite.end() :] if polite else name


def one_line(name: str) -> str:
    """Write a name on one line, without the marks that end it."""
    return " ".join(name.split()).rstrip(" ,;-")


def read_list(text: str, at: int, end: int, *, semicolons: bool = False) -> BodyList | None:
    """Read the coordinated names that begin at an offset.

    Args:
        text: Text with new tone placement, quoted as is.
        at: Where the first name should begin.
        end: Where the text to read ends.
        semicolons: Whether ";" may stand between two names (subjects of orders) or ends the list.

    Returns:
        The names and where the list ends; None where no name begins there.

    Example:
        >>> [m.name for m in read_list("Sở Tài chính và các sở, ngành liên quan.", 0, 39).mentions]
        ['Sở Tài chính', 'các sở, ngành liên quan']
    """
    start = head_at(text, at)
    if start < 0:
        return None
    read = _Reader(text, min(end, len(text)), semicolons).read(start)
    return read if read.mentions else None


@dataclass(slots=True)
class _Reader:
    """State of one list: names closed so far, the range of the open one, the prefix of a "Các Bộ:" list, an aside."""

    text: str
    end: int
    semicolons: bool
    done: list[Mention] = field(default_factory=list)
    start: int = 0
    name_end: int | None = None
    prefix: str = ""
    aside: bool = False

    def read(self, start: int) -> BodyList:
        shapes = patterns()
        self.start = start
        opened = _opened(self.text, start)
        at = max(start + 1, opened.end() - 1) if opened else start + 1
        several = shapes["several"].match(self.text, start, self.end)
        if several:
            self.prefix, self.start, at = several["kind"] + " ", several.end(), several.end()
        while True:
            limit = min(self.end, max(at, self.start + _LONGEST_NAME))  # no name is longer: never scan the whole text
            event = shapes["event"].search(self.text, at, limit)
            known = self._past_known(event.start() if event else limit)
            joined = head_at(self.text, known + 1) if known >= 0 else -1
            if joined >= 0 and STARTS_NAME.match(self.text, joined):
                self._close(known)  # "Sở Tài chính Các sở, ngành": two lines of a cell, or a comma forgotten
                self.start = joined
                opened = _opened(self.text, joined)
                at = max(joined + 1, opened.end() - 1) if opened else joined + 1
                continue
            if known >= 0:
                return self._finish(known, stopped=True, bounded=True)
            if event is None:
                return self._finish(limit, stopped=False)
            at = self._pass(event)
            if at < 0:
                return self._finish(event.start(), stopped=event.lastgroup == "stop")

    def _pass(self, event: re.Match[str]) -> int:
        """Where to read on behind a bracket, a separator or a word that may end the list; -1 where it does."""
        kind = event.lastgroup
        if kind == "open":
            return self._parenthesis(event)
        if kind == "note":  # "UBND cấp xã[17] có trách nhiệm": the mark of a footnote is no part of the name
            self.name_end = event.start() if self.name_end is None else self.name_end
            return event.end()
        if kind == "sep":
            return self._separator(event)
        if kind == "end" and event.group() == ":" and self._colon(event):
            return event.end() + 1
        return self._past_stop(event) if kind == "stop" else -1

    def _past_stop(self, event: re.Match[str]) -> int:
        """Where to read on behind a word that ends most names but not this one; -1 where it does end it."""
        aside = event["stop"] in _SINGLED_OUT
        # "các xã nêu tại Điều 1 có trách nhiệm": where they are listed is no part of the name
        place = _PLACE.match(self.text, event.start(), self.end)
        if aside or place:
            self.name_end = event.start() if self.name_end is None else self.name_end
            self.aside = self.aside or aside
            return place.end() if place else event.end()
        if " " not in event["stop"] and self.text.endswith(first_halves(), self.start, event.start()):
            return event.end()  # "hàng" ends a name, but not in "Ngân hàng"
        inner = self._inside_name(event)
        relative = _RELATIVE.match(self.text, event.start(), self.end) if inner < 0 else None
        return relative.end() if relative else inner

    def _past_known(self, end: int) -> int:
        """Where the open name ends because a known body is followed by a word that names nothing; else -1."""
        if self.prefix or self.name_end is not None:
            return -1
        known = patterns()["known"].search(self.text, self.start, end)
        if known is None or known.end() >= end:
            return -1
        return known.end() if patterns()["after_known"].match(self.text, known.end(), end) else -1

    def _inside_name(self, event: re.Match[str]) -> int:
        """Where to read on when a verb is part of a name inside the name ("Văn phòng Ban | chỉ đạo …"); else -1."""
        word = self.text.rfind(" ", self.start, event.start()) + 1
        for begin in (word, self.text.rfind(" ", self.start, max(self.start, word - 1)) + 1):
            inner = patterns()["inner"].match(self.text, begin, self.end) if begin > self.start else None
            if inner and inner.end() >= event.end():
                return inner.end()
        return -1

    def _parenthesis(self, event: re.Match[str]) -> int:
        """Pass over a remark in brackets; a channel ("(qua Sở Nội vụ)") ends the list."""
        close = self.text.find(")", event.end(), self.end)
        if close < 0 or self.text.startswith(("qua ", "thông qua "), event.end()):
            return -1
        if self.name_end is None:
            self.name_end = event.start()
        return close + 1

    def _separator(self, event: re.Match[str]) -> int:
        """Begin the next name or go on with this one; -1 where the list is over."""
        after = event.end()
        if ";" in event.group() and not self.semicolons:
            return -1
        if self.aside:
            return after
        head = head_at(self.text, after)
        if head >= 0 and self._widens_class(after):
            head = -1
        field_name = patterns()["field"].match(self.text, after) if self.prefix else None
        if field_name or (head >= 0 and not self._inside_field(event)):
            self._close(event.start())
            if head >= 0 and not field_name:
                self.prefix = ""
            self.start, self.name_end = (after if field_name else head), None
            opened = field_name or _opened(self.text, self.start)
            return max(after, opened.end() - 1) if opened else after
        if ";" in event.group():
            return -1
        if self.text.startswith(_GENERIC, after) and not self.text.startswith(_NOT_GENERIC, self.start):
            if not is_class(self.text[self.start : event.start()]):
                self._close(event.start())
                self.start, self.name_end, self.prefix = after, None, ""
            return after
        opens_aside = _ASIDE.match(self.text, after)
        if opens_aside:
            self.name_end = event.start() if self.name_end is None else self.name_end
            self.aside = True
            return opens_aside.end()
        capital = _CAPITAL.match(self.text, after)
        goes_on = patterns()["goes_on"].match(self.text, after)
        return after if capital or goes_on else -1

    def _widens_class(self, after: int) -> bool:
        """Whether a lower-case noun goes on with an open class ("các phòng, | đơn vị liên quan")."""
        if self.text.startswith(("chính quyền", "đoàn thể các cấp"), after):
            before = self.text[self.start : after].rstrip(" ,").removesuffix(" và").rstrip(" ,")
            if _PARTY_AND_STATE.match(before):
                return True
        if self.text.startswith("tổ chức, cá nhân", after):
            return _OPENS_WIDE.match(self.text, self.start, after) is not None
        if self.text.startswith(_NEVER_WIDE, self.start) or self.text.startswith(_OWN_CLASS, after):
            return False
        if self.text.startswith(_WIDENING, after) and self.text.startswith(_WIDE, self.start):
            return True  # "… và | cơ quan, | đơn vị liên quan"
        return self.text.startswith(_WIDENING, after) and _OPEN_CLASS.search(self.text, self.start, after) is not None

    def _inside_field(self, event: re.Match[str]) -> bool:
        """Whether "và" joins two halves of one field name ("Giáo dục và Đào tạo") rather than two bodies."""
        return False if "và" not in event.group() else self.text.startswith("Đào tạo", event.end())

    def _colon(self, event: re.Match[str]) -> bool:
        """Read on after "Các Bộ:" and "các tỉnh:" when a list of names follows."""
        before = self.text[self.start : event.start()]
        if not _CAPITAL.match(self.text, event.end() + 1) or patterns()["stop"].match(self.text, event.end() + 1):
            return False
        listed = _COLON_LIST.search(before)
        if listed and patterns()["field"].match(self.text, event.end() + 1):
            self.prefix = before[: listed.start()] + listed[1] + " "
            self.start = event.end() + 1
            return True
        if _PLACE_LIST.search(before) is None:
            return False
        self.name_end = event.start()  # the places behind the colon are no part of the name
        return True

    def _close(self, end: int) -> None:
        end = self.name_end if self.name_end is not None else end
        if self.text.startswith("[", end) and not self.text[end + 1 : end + 2].isdigit():
            return  # "Thủ trưởng [đơn vị]": a form that leaves the name to be filled in
        raw = self.text[self.start : end]
        aside = _APPOSITION.search(raw)
        if aside:
            end = self.start + aside.start()
        name = one_line(self.text[self.start : end])
        if name:
            self.done.append(Mention(self.start, end, self.prefix + name))

    def _finish(self, end: int, *, stopped: bool, bounded: bool = False) -> BodyList:
        self._close(end)
        return BodyList(tuple(self.done), end, stopped, bounded)
