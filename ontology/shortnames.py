"""Short names of bodies in a document, written out by its issuer and province (domain.md 5.3)."""

import re
from functools import lru_cache

from ontology.codes import org_of, split_party
from ontology.names import clean, place_of, table
from ontology.tables import Province
from ontology.unlisted import province_or_unlisted
from ontology.vietnamese import fold

_OWN_WORDS = frozenset({"co quan", "co quan minh", "don vi minh"})
_MIN_CODE = 2
_BELOW_PROVINCE = re.compile(
    r"(?P<level>xã|phường|thị trấn|đặc khu|huyện|quận|thị xã) (?=[A-ZĐÂÔƠƯĂÊÁÀẢÃẠ0-9])(?P<name>[^,;()]+)$"
)
_SUPERIOR = re.compile(r"(?<!\w)(?:xã|phường|thị trấn|huyện|quận|thị xã|tỉnh|thành phố|Sở|Bộ|UBND|các)(?!\w)")
# Organs that a commune's document names without their place.
_OF_COMMUNE = frozenset(
    fold(name)
    for name in (
        "UBND",
        "HĐND",
        "Thường trực HĐND",
        "Chủ tịch UBND",
        "Phó Chủ tịch UBND",
        "Đảng ủy",
        "Ban Thường vụ Đảng ủy",
        "Thường trực Đảng ủy",
        "Văn phòng Đảng ủy",
        "Ủy ban Kiểm tra Đảng ủy",
        "Ban Xây dựng Đảng",
        "Văn phòng HĐND và UBND",
        "Trung tâm Phục vụ hành chính công",
        "Trạm Y tế",
    )
)
_SEVERAL = re.compile(r",| và (?:các|Sở|UBND|Văn phòng|Ban)\b|\bcác\b")


@lru_cache(maxsize=16384)
def expand_short(name: str, province: str | None = None, issuer: str | None = None) -> str:
    """Write a name out in full; what is not understood stays as it is.

    Args:
        name: As the document writes it ("UBND tỉnh", "Văn phòng Sở", "SCT").
        province: Name or slug of the document's province; None where unknown or central.
        issuer: Full name of the body that issued the document, for "Sở", "Văn phòng", "Phòng …".

    Example:
        >>> expand_short("Văn phòng Sở", "Quảng Ngãi", "Sở Công Thương tỉnh Quảng Ngãi")
        'Văn phòng Sở Công Thương tỉnh Quảng Ngãi'
    """
    text = _decode(clean(name))
    if not text:
        return name.strip()
    own = clean(issuer) if issuer else None
    place = _place(province) or (place_of(own).province if own else None)
    if place_of(text).province is not None or fold(text) in _central_names():
        return _tidy(text)
    return _by_commune(text, own) or _by_issuer(text, own) or _by_province(text, place, own) or text


def _decode(text: str) -> str:
    """Write out a code that stands as a whole name ("SCT", "BDVTU")."""
    if len(text) < _MIN_CODE or " " in text or not text.isupper() or text in {"UBND", "HĐND"}:
        return text
    org = org_of(text, family="state") or split_party(text) or org_of(text, family="party")
    ambiguous = org_of(text, family="state") is not None and org_of(text, family="party") is not None
    return org.name if org is not None and org.name and not ambiguous else text


def _place(province: str | None) -> Province | None:
    return province_or_unlisted(province) if province and province != "vn" else None


def _tidy(text: str) -> str:
    """Put the level before a province that a sở, UBND or HĐND names bare ("Sở Công Thương Quảng Ngãi")."""
    placed = place_of(text)
    if placed.province is None:
        return text
    return _with_place(placed.core, placed.province) or text


def _by_commune(text: str, issuer: str | None) -> str | None:
    """Name the commune or district that its own document points at: "UBND xã", "Đảng ủy", "Phòng Kinh tế" of it.

    Source:
        Law 72/2025/QH15 on local government: below the province stand communes, wards and special zones.
    """
    place = _BELOW_PROVINCE.search(issuer) if issuer else None
    if place is None:
        return None
    if fold(text) in _OF_COMMUNE or (text.startswith("Phòng ") and not _SUPERIOR.search(text)):
        return f"{text} {place.group()}"
    if text.endswith(f" {place['level']}") and not _SEVERAL.search(text):
        return f"{text.removesuffix(place['level'])}{place.group()}"
    return None


def _by_issuer(text: str, issuer: str | None) -> str | None:
    if issuer is None:
        return None
    key = fold(text)
    if key in _OWN_WORDS:
        return issuer
    own = next((h for h in table().self_heads if issuer.startswith(f"{h} ")), None)
    if own is not None:
        if key == fold(own):
            return issuer
        if text.endswith(f" {own}") and not text.endswith(f"Tỉnh ủy {own}"):
            return f"{text.removesuffix(own)}{issuer}"
    return f"{text} {issuer}" if _belongs_inside(text) and _is_agency(issuer, text) else None


def _belongs_inside(text: str) -> bool:
    """Whether a name is that of a unit, post or class inside the agency that writes, with no superior of its own."""
    if _names_superior(text):
        return False
    key = f"{fold(text)} "
    if _has_own_body(text):
        return False
    heads = (
        *(h.head for h in table().unit_heads),
        "Giám đốc",
        "Phó Giám đốc",
        "Chánh Văn phòng",
        "Phó Chánh Văn phòng",
    )
    posts = (
        "Chánh Thanh tra",
        "Trưởng phòng",
        "Phó Trưởng phòng",
        "Lãnh đạo",
        "Chủ tịch Công đoàn",
        "Bí thư Chi bộ",
        "Kế toán",
    )
    if any(key.startswith(f"{fold(head)} ") for head in (*heads, *posts)):
        return True
    return key.startswith(("cac phong ", "truong cac phong ", "thu truong cac phong ", "lanh dao cac phong ")) or (
        "truc thuoc" in key and key.startswith(("cac ", "truong cac ", "thu truong cac "))
    )


def _has_own_body(text: str) -> bool:
    """Whether a Party cell or union names the body it belongs to ("Đảng ủy Quân khu", "Công đoàn Viên chức")."""
    return any(
        text.startswith(f"{row.head} ") and text[len(row.head) + 1].isupper()
        for row in table().unit_heads
        if row.family != "state"
    )


def _names_superior(text: str) -> bool:
    if place_of(text).pointed:
        return True
    key = f" {fold(text).replace('bo phan', 'bophan')} "  # a part is no ministry
    inside = (
        " so ",
        " bo ",
        " ubnd ",
        " hdnd ",
        " tinh uy ",
        " chinh phu ",
        " trung uong ",
        " huyen ",
        " xa ",
        " phuong ",
    )
    return any(mark in key.removeprefix(" ") or key.startswith(mark) for mark in inside)


def _is_agency(issuer: str, text: str) -> bool:
    """Whether the issuer is an agency with units; those of a people's committee are named with it."""
    if issuer.startswith(("Sở ", "Văn phòng ", "Bộ ", "Ban ", "Chi cục ", "Cục ", "Thanh tra ", "Trung tâm ")):
        return True
    return issuer.startswith("UBND ") and fold(text) in {"van phong", "chanh van phong", "lanh dao van phong"}


def _by_province(text: str, place: Province | None, issuer: str | None) -> str | None:
    if place is None:
        return None
    placed = place_of(text)
    core = placed.core
    if placed.pointer and placed.pointer != place.level:
        return None
    if placed.pointed:
        return _with_place(core, place) or _pointed(text, core, place)
    if core in {"UBND", "HĐND", "Chủ tịch UBND", "Phó Chủ tịch UBND"}:
        below = issuer is not None and any(
            w in f" {fold(issuer)} " for w in (" huyen ", " xa ", " phuong ", " thi xa ")
        )
        return None if below else f"{core} {place.full}"
    return _with_place(core, place)


def _pointed(text: str, core: str, place: Province) -> str | None:
    """Name the province that "… tỉnh" points at; "thành phố" only points at a province where it is one."""
    if core.endswith("Tỉnh ủy"):
        return _party(core, place)
    return f"{core} {place.full}" if place_of(text).pointer == place.level else None


def _with_place(core: str, place: Province) -> str | None:
    """Add a province to a name that the tables know as provincial."""
    if core.endswith("Tỉnh ủy"):
        return _party(core, place)
    row = _local_rows().get(fold(core))
    if row is not None:
        return f"{core} {place.full if row == 'tinh' else place.name}"
    if core.startswith("Sở ") and len(core.split(" ")) > 1:
        return f"{core} {place.full}"
    if " Sở " in core and _SEVERAL.search(core) is None:  # posts and units of a sở: "Giám đốc Sở Nội vụ"
        return f"{core} {place.full}"
    ends = (" UBND", " HĐND")
    if core.endswith(ends) or core in {"UBND", "HĐND"}:
        return f"{core} {place.full}"
    if any(fold(words) in fold(core) for words in table().province_classes):
        return f"{core} {place.full}"
    return None


def _party(core: str, place: Province) -> str:
    name = "Thành ủy" if place.level == "thành phố" else "Tỉnh ủy"
    return f"{core.removesuffix('Tỉnh ủy')}{name} {place.name}"


@lru_cache(maxsize=1)
def _local_rows() -> dict[str, str]:
    rows = (row for row in table().local if not row.needs_place)
    return {fold(place_of(clean(name)).core): row.place for row in rows for name in (row.name, *row.aliases)}


@lru_cache(maxsize=1)
def _central_names() -> frozenset[str]:
    return frozenset(fold(clean(name)) for row in table().central for name in (row.name, *row.aliases))
