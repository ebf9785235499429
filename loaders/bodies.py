"""Bodies, posts and classes of them in running text: where a name begins and ends, lists of names, aliases of one document."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from loaders.document import Layout, Span, Zone
from loaders.obligations_tables import table
from ontology.record import Header
from ontology.vietnamese import fold, new_tone

_UPPER = "A-ZĐÁÀẢÃẠÂẤẦẨẪẬĂẮẰẲẴẶÉÈẺẼẸÊẾỀỂỄỆÍÌỈĨỊÓÒỎÕỌÔỐỒỔỖỘƠỚỜỞỠỢÚÙỦŨỤƯỨỪỬỮỰÝỲỶỸỴ"
_POLITE = re.compile(r"(?:[Cc]ác )?(?:[Đđ]ồng chí|[Ôô]ng|[Bb]à|các đ/c|đ/c) (?=[A-ZĐỦ])")
_CAPITAL = re.compile(f"[{_UPPER}]")
_COLON_LIST = re.compile(r"[Cc]ác (Bộ|Sở|Cục|Vụ|Ban)(?:,? (?:ban|ngành|ban, ngành|cơ quan|cơ quan ngang Bộ))*$")
_PLACE_LIST = re.compile(r"(?:tỉnh|thành phố|xã|phường|đặc khu|huyện|thị xã|trường|ngân hàng|Tập đoàn|tập đoàn)$")
_APPOSITION = re.compile(r" - (?:[Cc]ơ quan|[Đđ]ơn vị|[Tt]rưởng|[Pp]hó|là)(?!\w)")
_CLASS = re.compile(
    r"(?:^|[\s(])(?:[Cc]ác|[Nn]hững|[Mm]ỗi|[Tt]ừng|[Tt]oàn thể) |^(?:Sở|Bộ), |(?:nhân dân|UBND) (?:các |xã,|phường,|huyện,)|cấp (?:xã|huyện|tỉnh|ủy|trên|có thẩm|thẩm)|"
    r"^(?:Cấp|Chính quyền|Cơ quan \w|Đơn vị \w|Địa phương|Nhân dân|Cán bộ|Công chức|Doanh nghiệp)"
)
_RELATIVE = re.compile(r"\s(?:được )?(?:giao|phân công|chỉ định)[^.;]{0,140}?(?=\s(?:có|chịu) trách nhiệm)")
_GENERIC = ("cơ quan ", "đơn vị ", "địa phương ")
_ASIDES = ("nhất là", "đặc biệt là", "trước hết là", "trong đó có")
_POSTS = ("Thủ trưởng", "Trưởng", "thủ trưởng", "Lãnh đạo", "lãnh đạo", "Người đứng đầu")
_LONGEST_NAME = 260
_SELF = frozenset({"cơ quan", "đơn vị"})  # as a subject these mean the issuer


@dataclass(frozen=True, slots=True)
class Mention:
    """One body, post or class as written.

    Attributes:
        start, end: Its range in the text that was read.
        name: As written, on one line; "Bộ Tài chính" for the second of "Các Bộ: Quốc phòng, Tài chính".
    """

    start: int
    end: int
    name: str

    @property
    def is_class(self) -> bool:
        """Whether the name means several bodies without naming each ("các phòng, đơn vị trực thuộc")."""
        return is_class(self.name)


@dataclass(frozen=True, slots=True)
class BodyList:
    """A coordinated list of names, where it ends, and whether it ended at a word that says what they do."""

    mentions: tuple[Mention, ...]
    end: int
    stopped: bool


def is_class(name: str) -> bool:
    """Whether a name means a class of bodies.

    Example:
        >>> is_class("Trưởng các phòng, đơn vị"), is_class("Sở Nội vụ")
        (True, False)
    """
    return _CLASS.search(name) is not None


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    rows = table("bodies.yaml")
    nouns = "|".join(rows["nouns_of_class"])
    heads = [
        *rows["long_heads"],
        rf"[Cc]ác (?:{nouns})(?!\w)",
        *rows["heads"],
        *rows["class_heads"],
    ]
    # "hàng" ends a name, but not in "Ngân hàng": second halves of compounds are no stops.
    compounds = "".join(f"(?<!{word})" for word in rows["first_halves"])
    border = r"(?:(?<=\s)|(?!\w))"
    stops = "|".join(rows["stops"])
    return {
        "head": re.compile(f"(?:{'|'.join(heads)}){border}"),
        "goes_on": re.compile(f"(?:{'|'.join(rows['goes_on'])})(?!\\w)"),
        "event": re.compile(
            rf"(?P<end>[:\"“”?!…/]|(?<!TP)(?<! P)\.)|(?P<open>\()|(?P<close>\))|"
            rf"(?P<sep>\s*[,;]\s+|\s(?:và|hoặc|cùng với|hay)\s)|{compounds}\s(?P<stop>(?:{stops})(?!\w))"
        ),
        "stop": re.compile(f"(?:{stops})(?!\\w)"),
        "field": re.compile(f"(?:{'|'.join(rows['fields'])})(?!\\w)"),
    }


def head_at(text: str, at: int) -> int:
    """Tell whether a name begins at an offset.

    Args:
        text: Text with new tone placement.
        at: Offset of the first letter; "đồng chí" and the like are passed over.

    Returns:
        Offset at which the name itself begins, or -1.
    """
    polite = _POLITE.match(text, at)
    if polite:
        at = polite.end()
    return at if _patterns()["head"].match(text, at) else -1


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
    return _Reader(text, min(end, len(text)), semicolons).read(start)


@dataclass(slots=True)
class _Reader:
    """State of one list: the names closed so far, the range of the open one, the prefix of a "Các Bộ:" list."""

    text: str
    end: int
    semicolons: bool
    done: list[Mention] = field(default_factory=list)
    start: int = 0
    name_end: int | None = None
    prefix: str = ""

    def read(self, start: int) -> BodyList:
        patterns = _patterns()
        self.start = start
        opened = patterns["head"].match(self.text, start)
        at = max(start + 1, opened.end() - 1) if opened else start + 1
        while True:
            event = patterns["event"].search(self.text, at, self.end)
            if event is None or event.start() - self.start > _LONGEST_NAME:
                return self._finish(self.end if event is None else event.start(), stopped=False)
            kind = event.lastgroup
            if kind == "open":
                after = self._parenthesis(event)
                if after < 0:
                    return self._finish(event.start(), stopped=False)
                at = after
            elif kind == "sep":
                after = self._separator(event)
                if after < 0:
                    return self._finish(event.start(), stopped=False)
                at = after
            elif kind == "end" and event.group() == ":" and self._colon(event):
                at = event.end() + 1
            elif kind == "stop" and (relative := _RELATIVE.match(self.text, event.start(), self.end)):
                at = relative.end()
            else:
                return self._finish(event.start(), stopped=kind == "stop")

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
        head = head_at(self.text, after)
        if head >= 0 and self._widens_class(after):
            head = -1
        field_name = _patterns()["field"].match(self.text, after) if self.prefix else None
        if field_name or (head >= 0 and not self._inside_field(event)):
            self._close(event.start())
            if head >= 0 and not field_name:
                self.prefix = ""
            self.start, self.name_end = (after if field_name else head), None
            opened = field_name or _patterns()["head"].match(self.text, self.start)
            return max(after, opened.end() - 1) if opened else after
        if ";" in event.group():
            return -1
        if self.text.startswith(_GENERIC, after) and not self.text.startswith(_POSTS, self.start):
            if not is_class(self.text[self.start : event.start()]):
                self._close(event.start())
                self.start, self.name_end, self.prefix = after, None, ""
            return after
        if self.text.startswith(_ASIDES, after):
            self.name_end = event.start() if self.name_end is None else self.name_end
            return after
        capital = _CAPITAL.match(self.text, after)
        goes_on = _patterns()["goes_on"].match(self.text, after)
        return after if capital or goes_on else -1

    def _widens_class(self, after: int) -> bool:
        """Whether a lower-case noun goes on with an open class ("các phòng, | đơn vị liên quan")."""
        return self.text.startswith(("đơn vị", "cơ quan"), after) and is_class(self.text[self.start : after])

    def _inside_field(self, event: re.Match[str]) -> bool:
        """Whether "và" joins two halves of one field name ("Giáo dục và Đào tạo") rather than two bodies."""
        return False if "và" not in event.group() else self.text.startswith("Đào tạo", event.end())

    def _colon(self, event: re.Match[str]) -> bool:
        """Read on after "Các Bộ:" and "các tỉnh:" when a list of names follows."""
        before = self.text[self.start : event.start()]
        if not _CAPITAL.match(self.text, event.end() + 1) or _patterns()["stop"].match(self.text, event.end() + 1):
            return False
        listed = _COLON_LIST.search(before)
        if listed and _patterns()["field"].match(self.text, event.end() + 1):
            self.prefix = listed[1] + " "
            self.start = event.end() + 1
            return True
        return _PLACE_LIST.search(before) is not None

    def _close(self, end: int) -> None:
        end = self.name_end if self.name_end is not None else end
        raw = self.text[self.start : end]
        aside = _APPOSITION.search(raw)
        if aside:
            end = self.start + aside.start()
        name = " ".join(self.text[self.start : end].split()).rstrip(" ,;-")
        if name:
            self.done.append(Mention(self.start, end, self.prefix + name))

    def _finish(self, end: int, *, stopped: bool) -> BodyList:
        self._close(end)
        return BodyList(tuple(self.done), end, stopped)


class Names:
    """The names of one document: its aliases, its province and its issuer, for full names of what is written short."""

    def __init__(self, aliases: dict[str, str], province: str | None, issuer: str | None) -> None:
        self._aliases = aliases
        self._province = province
        self._issuer = issuer
        self._known: dict[str, str | None] = {}

    def full(self, name: str) -> str | None:
        """Give the full name of a body or post; None for a class, which is never spelt out here.

        Args:
            name: As written in the document.
        """
        if name not in self._known:
            self._known[name] = self._issuer if name.lower() in _SELF else self._full(name)
        return self._known[name]

    def _full(self, name: str) -> str | None:
        return None if is_class(name) else self._expand(self._unalias(name))

    def _unalias(self, name: str) -> str:
        for alias, meant in self._aliases.items():
            if name == alias:
                return meant
            # "Lãnh đạo Văn phòng" where "Văn phòng" was defined; not "Văn phòng Sở", which names another office.
            if name.endswith(" " + alias) and not meant.startswith(name.split()[0]):
                return name[: -len(alias)] + meant
        return name

    def _expand(self, name: str) -> str:
        from ontology.bodies import expand_short  # noqa: PLC0415 - the tables behind it are read on first use

        return expand_short(name, self._province, self._issuer)


_DEFINED = re.compile(
    r"\((?:(?P<said>sau đây )?(?:được )?(?P<verb>gọi tắt|gọi chung|gọi|viết tắt)(?: tắt)?(?: là|:)? )?[\"“]?(?P<alias>[^()\"“”;:]{2,60})[\"”]?\)"
)


def names_of(layout: Layout, header: Header) -> Names:
    """Collect the aliases that a document defines ("Văn phòng UBND tỉnh (Văn phòng)") and what its short names lean on."""
    issuer = header.issuers[0].name if header.issuers else None
    return Names(dict(_definitions(layout)), _province(header), issuer)


def _province(header: Header) -> str | None:
    from ontology.tables import provinces  # noqa: PLC0415 - as above

    if header.jurisdiction and header.jurisdiction != "vn":
        for province in provinces():
            if header.jurisdiction in (province.slug, province.id):
                return province.name
    return None


def _definitions(layout: Layout) -> Iterator[tuple[str, str]]:
    text = new_tone(layout.view.text)
    for block in layout.blocks:
        if block.zone in (Zone.HEADER, Zone.RECIPIENTS, Zone.SIGNATURE):
            continue
        for match in _DEFINED.finditer(text, block.body, block.end):
            alias = match["alias"].strip()
            name = _name_before(text, block.body, match.start())
            if name and _CAPITAL.match(alias) and (match["verb"] or _shortens(alias, name)):
                yield alias, name


def _name_before(text: str, start: int, end: int) -> str | None:
    """The body whose name ends right before an offset."""
    window = max(start, end - 160)
    at = end
    while True:
        at = max(text.rfind(" ", window, at), window - 1)
        begin = at + 1
        if head_at(text, begin) == begin:
            read = read_list(text, begin, end)
            if read and read.end >= end - 1 and len(read.mentions) == 1 and not _continues(text, window, begin):
                return read.mentions[0].name
        if at < window:
            return None


def _continues(text: str, window: int, begin: int) -> bool:
    """Whether the name in fact began earlier ("Văn phòng | UBND tỉnh")."""
    previous = text.rfind(" ", window, max(window, begin - 1))
    for _ in range(3):
        if previous < window:
            return False
        read = read_list(text, previous + 1, len(text)) if head_at(text, previous + 1) == previous + 1 else None
        if read and read.mentions and read.mentions[0].end > begin and "," not in text[previous:begin]:
            return True
        previous = text.rfind(" ", window, previous)
    return False


def _shortens(alias: str, name: str) -> bool:
    """Whether a bare bracket is an abbreviation of the name before it: its first words, or their initials."""
    short, full = fold(alias), fold(name)
    if full.startswith(short + " "):
        return True
    return (
        alias.isupper() and len(alias) >= 2 and "".join(w[0] for w in full.split()).startswith(short.replace(" ", ""))
    )


Expander = Callable[[str], str | None]


def spans_of(mentions: tuple[Mention, ...]) -> list[Span]:
    """The ranges of some names."""
    return [(m.start, m.end) for m in mentions]
