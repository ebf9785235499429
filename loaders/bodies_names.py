"""The names of one document: aliases that it defines, and full names for what it writes short."""

import re
from collections.abc import Iterator

from loaders.bodies import head_at, read_list, strip_polite
from loaders.bodies_classes import is_class
from loaders.document import Layout, Zone
from ontology.record import Header
from ontology.vietnamese import fold

_CENTRAL = "vn"
_SPELT_OUT = (("UBND", "Ủy ban nhân dân"), ("HĐND", "Hội đồng nhân dân"))
_LONGEST_PLACE = 4  # words
_VISITED = re.compile(
    r"làm việc với [^.;]{0,80}?(?:tỉnh ủy|thành ủy|tỉnh|thành phố)\s+(?P<name>\w+(?:[ -]+\w+){0,4})", re.IGNORECASE
)
_SELF = frozenset({"cơ quan", "đơn vị"})  # as a subject these mean the issuer

_FIELD = re.compile(r"\s+phụ trách\s.*$")  # "Phó Chánh Văn phòng phụ trách nội chính" is that post


class Names:
    """The names of one document: its aliases, its province and its issuer, for full names of what is written short."""

    def __init__(
        self, aliases: dict[str, str], province: str | None, issuer: str | None, itself: str | None = None
    ) -> None:
        self._aliases = aliases
        self._itself = itself
        self._province = province
        self._issuer = issuer
        self._known: dict[str, str | None] = {}

    def full(self, name: str) -> str | None:
        """Give the full name of a body or post; None for a class, which is never spelt out here.

        Args:
            name: As written in the document.
        """
        if name not in self._known:
            self._known[name] = self._itself if name.lower() in _SELF else self._full(name)
        return self._known[name]

    def _full(self, name: str) -> str | None:
        return None if is_class(name) else self._expand(self._unalias(_FIELD.sub("", strip_polite(name))))

    def _unalias(self, name: str) -> str:
        for alias, meant in self._aliases.items():
            if name == alias:
                return meant
            # "Lãnh đạo Văn phòng" where "Văn phòng" was defined; not "Văn phòng Sở", which names another office.
            if name.endswith(" " + alias) and not meant.startswith(name.split(maxsplit=1)[0]):
                return name[: -len(alias)] + meant
        return name

    def _expand(self, name: str) -> str:
        from ontology.bodies import expand_short  # noqa: PLC0415 - the tables behind it are read on first use

        full = expand_short(name, self._province, self._issuer)
        for short, long in _SPELT_OUT:  # the table writes UBND; a document that spells it out goes on to
            if long in name and long not in full:
                full = full.replace(short, long, 1)
        return full


_DEFINED = re.compile(
    r"\((?:(?P<said>sau đây )?(?:được )?(?P<verb>gọi tắt|gọi chung|gọi|viết tắt)(?: tắt)?(?: là|:)? )?"
    r"[\"“]?(?P<alias>[^()\"“”;:]{2,60})[\"”]?\)"
)


def names_of(layout: Layout, header: Header, text: str, *, instructs: bool = False) -> Names:
    """Collect the aliases that a document defines, and what its short names lean on.

    Args:
        layout: The document laid out.
        header: Its header.
        text: The view with new tone placement.
        instructs: The document tells others what to do, so "cơ quan, đơn vị" in it is not its issuer.
    """
    issuer = header.issuers[0].name if header.issuers else None
    return Names(dict(_definitions(layout, text)), _province(header), issuer, None if instructs else issuer)


def _province(header: Header) -> str | None:
    from ontology.names import home_name  # noqa: PLC0415 - as above

    names = (*(issuer.name for issuer in header.issuers), header.place or "")
    return _visited(header) if header.jurisdiction == _CENTRAL else home_name(header.jurisdiction, names)


def _visited(header: Header) -> str | None:
    """The province whose leaders a central office worked with, as the title says: "Tỉnh ủy" in it is that of there."""
    from ontology.tables import province_of_name  # noqa: PLC0415 - as above

    place = _VISITED.search(header.title or "")
    words = place["name"].split() if place else []
    for length in range(min(len(words), _LONGEST_PLACE), 0, -1):
        found = province_of_name(" ".join(words[:length]), header.date)
        if found:
            return found.name
    return None


def _definitions(layout: Layout, text: str) -> Iterator[tuple[str, str]]:
    for block in layout.blocks:
        if block.zone in (Zone.HEADER, Zone.RECIPIENTS, Zone.SIGNATURE):
            continue
        for match in _DEFINED.finditer(text, block.body, block.end):
            alias = match["alias"].strip()
            if not alias[:1].isupper():
                continue
            name = _name_before(text, block.body, match.start())
            if name and (match["verb"] or _shortens(alias, name)):
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
