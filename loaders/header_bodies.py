"""Issuing bodies and jurisdiction: printed block, symbol, self reference, signature (domain.md 3)."""

import re
from collections import Counter
from dataclasses import dataclass

from loaders.document import Layout, Span, Zone
from loaders.header_fields import Field, head_blocks
from loaders.header_names import full_name, name_case
from loaders.header_people import signature_titles
from loaders.patterns_table import wordings
from loaders.wrapping import is_caps
from ontology.codes import org_of, split_party
from ontology.names import clean, place_of
from ontology.record import Issuer
from ontology.symbols import SymbolParts
from ontology.tables import Province, province_of_name, province_of_seat, provinces
from ontology.unlisted import unlisted
from ontology.vietnamese import fold

_W = wordings("structure")
_T = wordings("header")
_CONTINUES = _T["place_of_body"].pattern
_BODY_HEAD = _T["body_head"].pattern
_SELF = _T["self_reference"].pattern
_AND = _T["joint_and"].pattern
_IN_PROSE = _T["province_in_prose"].pattern
_BELOW_PROVINCE = _T["below_province"].pattern
_OF_PLACE = re.compile(
    r"(?P<level>tỉnh|thành phố|huyện|quận|thị xã|xã|phường|đặc khu)\s+(?!ủy|uỷ)(?P<name>[^\W\d_].*)$"
)
_PARTY_LEVEL = re.compile(r"(?:Tỉnh ủy|Thành ủy|Huyện ủy)")
_CENTRAL = ("Trung ương", "nhân dân tối cao", "Chính phủ", "Quốc hội", "Nhà nước", "nhà nước")
_CENTRAL_HEAD = (
    "Bộ ",
    "Thủ tướng",
    "Chính phủ",
    "Quốc hội",
    "Ngân hàng Nhà nước",
    "Tổng cục",
    "Cục ",
    "Kiểm toán",
    "Thanh tra Chính phủ",
    "Ban Chấp hành Trung",
)


@dataclass(frozen=True, slots=True)
class Issuers:
    """Who issued a document, where that stands, and for which province."""

    bodies: tuple[Issuer, ...]
    jurisdiction: str | None
    span: Span | None


def issuers_of(
    layout: Layout, parts: SymbolParts, place: Field | None, title: str | None, stated: str | None = None
) -> Issuers:
    """Find the issuing bodies, lead first; in the Party's documents the title says which collective speaks.

    Args:
        layout: The document laid out.
        parts: What its symbol says.
        place: Where it was issued.
        title: Its summary.
        stated: The body that a title sentence names; it goes before the block above the title.
    """
    lines, span = _block(layout)
    printed = [_bare_body(stated)] if stated else _bodies(lines)
    names = [] if printed else [name.removeprefix("Bộ trưởng ") for name in _inferred(layout, parts)]
    province = _province(layout, printed, names, place, parts)
    central = parts.level == "central" or any(_is_central(name) for name in (*printed, *names))
    speaks = [_placed(name, printed) for name in _of_title(title)] if parts.style == "party" else []
    if speaks:
        chosen = speaks
    elif printed:
        chosen = printed if len(parts.series) > 1 and len(printed) > 1 else [_under(printed)]
    else:
        chosen = names
    bodies = [
        Issuer(name=full_name(name, None if central else province), inferred=not (printed or speaks)) for name in chosen
    ]
    local = province.slug if province else None
    return Issuers(tuple(dict.fromkeys(bodies)), "vn" if central else local, span)


def _of_title(title: str | None) -> list[str]:
    """The Party's collectives in whose name a title speaks ("của Ban Thường vụ Tỉnh ủy về …")."""
    match = _T["title_issuers"].find(title or "")
    names = re.split(r",\s*(?:và\s+)?|\s+và\s+", match["bodies"]) if match else []
    return [clean(name_case(name)) for name in names]


def _bare_body(stated: str) -> str:
    """The body whose head a title sentence names ("Bộ trưởng Bộ Tài chính")."""
    return name_case(stated).removeprefix("Bộ trưởng ")


def _placed(name: str, printed: list[str]) -> str:
    """A collective that a title names by its level alone, with the place that the block above states."""
    place = _OF_PLACE.search(printed[-1]) if printed else None
    if place is None or place["name"] in name:
        return name
    if name.endswith(place["level"]):
        return f"{name} {place['name']}"
    return f"{name} {place.group()}" if name.endswith(("Đảng ủy", "Đảng uỷ", "Đảng bộ")) else name


def _block(layout: Layout) -> tuple[list[str], Span | None]:
    """Lines of the issuer block: capitals before the title that are not motto, number, date."""
    lines: list[str] = []
    first = last = None
    heads = [layout.text(b) for b in layout.blocks if b.zone is Zone.TITLE][:1]
    old = bool(heads) and _W["type_line"].find(heads[0]) is None  # a head in small letters
    for block in head_blocks(layout):
        if block.zone is not Zone.HEADER:
            break
        text = _without_motto(layout.text(block).upper() if old else layout.text(block))
        other = any(_W[name].find(text) for name in ("number_line", "place_date", "urgency", "subject_line"))
        if not text or other or not is_caps(text) or len(text) > 150 or text[0].isdigit() or _publisher(text):
            continue
        if not lines and not _BODY_HEAD.match(text):
            continue
        lines.append(text)
        first = block.start if first is None else first
        last = block.end
    return lines, (first, last) if first is not None and last is not None else None


def _publisher(text: str) -> bool:
    """Whether a line names who published the text: a law database, the gazette."""
    return _W["publisher"].find(text) is not None


def _without_motto(text: str) -> str:
    """A line without the motto that a second column put on it."""
    while match := _W["motto"].find(text):
        before = text[: match.start()].removesuffix("NƯỚC ").removesuffix("nước ")  # "QUỐC HỘI NƯỚC CỘNG HÒA …"
        text = f"{before} {text[match.end() :]}".strip()
    return text.strip(" -*")


def _bodies(lines: list[str]) -> list[str]:
    """Put the lines of the issuer block together to names, superior first."""
    names: list[str] = []
    for line in (part for whole in lines for part in _side_by_side(whole)):
        goes_on = names and (_CONTINUES.match(line) or names[-1] in ("CHỦ TỊCH", "CHỦ TỊCH ỦY BAN"))
        begins = _BODY_HEAD.match(line) and not goes_on
        if begins or not names:
            names.append(line)
        else:
            names[-1] += " " + line
    return [name_case(name) for name in names]


def _side_by_side(line: str) -> list[str]:
    """Part two issuers on one line ("BAN DÂN VẬN TỈNH ỦY - SỞ NỘI VỤ"); a dash inside a name stays."""
    parts = [line]
    for dash in re.finditer(r"\s[-–]\s", line):
        if _BODY_HEAD.match(line, dash.end()):
            parts = [*parts[:-1], *parts[-1].split(dash.group() + line[dash.end() :], 1)[:1], line[dash.end() :]]
    return parts


def _under(names: list[str]) -> str:
    """The issuer with what its superior adds to its name."""
    name = names[-1]
    above = names[-2] if len(names) > 1 else ""
    if not above:
        return name
    if name == "Văn phòng" and above.startswith("Ban Chấp hành Trung ương"):
        return "Văn phòng Trung ương Đảng"
    if name.startswith("Ban ") and above.startswith("Ban Chấp hành Trung ương"):
        return name if "Trung ương" in name else f"{name} Trung ương"
    if name == "Văn phòng" or (name.startswith(("Ban ", "Văn phòng")) and _PARTY_LEVEL.match(above)):
        return name if above in name else f"{name} {above}"
    local = re.search(r"\b(?:tỉnh|thành phố|Thành phố|huyện|quận|thị xã|xã|phường|đặc khu)\s.+$", above)
    if (
        local
        and local.group().lower() not in name.lower()
        and not re.search(r"\b(?:tỉnh|huyện|xã|phường|thành phố)\s", name)
    ):
        return f"{name} {local.group()}"
    return name


def _inferred(layout: Layout, parts: SymbolParts) -> list[str]:
    """Issuers that are not printed: self reference in the preamble, then codes of the symbol, then the signature."""
    stated = _self_reference(layout)
    coded = [_of_code(code, parts.style) for code in parts.series]
    known = [name for name in coded if name]
    if len(known) > 1 and len(known) == len(parts.series):
        return known
    if known and known[0] != "Văn phòng":
        return known[:1]
    if stated:
        return stated
    if known:
        return known
    return [text for text in (_from_title(t) for t, _ in signature_titles(layout)) if text][:1]


def _of_code(code: str, style: str) -> str | None:
    org = split_party(code) or org_of(code, "party") if style == "party" else org_of(code)
    org = org or org_of(code) or split_party(code)
    return org.name if org and org.name else None


def _self_reference(layout: Layout) -> list[str]:
    """The body that speaks in the last clause of the preamble ("…, Sở X triển khai thực hiện như sau:")."""
    preamble = [b for b in layout.blocks if b.zone is Zone.PREAMBLE]
    for block in reversed(preamble[-6:]):
        text = layout.text(block)
        if text.isupper():
            continue
        tail = text[-500:]
        found = list(_SELF.finditer(tail))
        if found and ("sau" in tail[-40:] or tail.endswith(":") or block is preamble[-1]):
            body = found[-1]["body"].strip()
            if not body.startswith(("Giám đốc Sở", "Chủ tịch")):
                return [part.strip() for part in _AND.split(body)]
    return []


def _from_title(text: str) -> str | None:
    """The body that a signature names ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH ỦY BAN …")."""
    match = re.match(r"(?:TM\.|T/M)\s*(?P<body>.+)", text)
    return name_case(match["body"]) if match and _BODY_HEAD.match(match["body"]) else None


def _is_central(name: str) -> bool:
    if name.startswith(("Bộ Chỉ huy", "Bộ Tư lệnh Thành")):
        return False
    return name.startswith(_CENTRAL_HEAD) or any(word in name for word in _CENTRAL)


def _province(
    layout: Layout, printed: list[str], inferred: list[str], place: Field | None, parts: SymbolParts
) -> Province | None:
    """The province: from the issuer's name, the place, else the one that the text names most.

    One that no table knows is taken where an issuer's name states it with its level, or where a provincial body writes
    it as its place and no other province is named.
    """
    for name in reversed(printed):
        found = _named(name) or _stated(name)
        if found:
            return found
    if parts.level == "central":
        return None
    if place and (found := province_of_name(place.value) or province_of_seat(place.value)):
        return found
    here = unlisted(place.value) if place else None
    if not (printed or inferred or place):
        return None  # what a court tells of places says nothing of who wrote the document
    count = Counter(m["name"] for m in _IN_PROSE.finditer(layout.view.text, 0, 60000))
    for name, _ in count.most_common(6):
        words = name.split()
        for length in range(len(words), 0, -1):
            found = province_of_name(" ".join(words[:length]))
            if found:
                return found
            if here is not None and " ".join(words[:length]) == here.name:
                return here
    return here if any(_is_provincial(name) for name in (*printed, *inferred)) else None


def _stated(name: str) -> Province | None:
    """The province that a printed name states with its level and no table knows ("Ủy ban nhân dân tỉnh …")."""
    return None if _BELOW_PROVINCE.search(name) else place_of(clean(name)).province


def _is_provincial(name: str) -> bool:
    """Whether a body is one of a province by its name: it writes the province as its place."""
    return name.startswith(("Sở ", "Tỉnh ủy")) or re.search(r"\b(?:[Tt]ỉnh(?: ủy)?)$|\bUBND$", name) is not None


def _named(name: str) -> Province | None:
    """The province whose name ends a body's name."""
    folded = f" {fold(name)}"
    hits = [p for p in provinces() if folded.endswith(f" {fold(p.name)}") or f" {fold(p.full)}" in folded]
    return max(hits, key=lambda p: len(p.name)) if hits else None
