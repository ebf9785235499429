"""How the name of a body that a header prints in capitals is written in running text, with its province."""

import re

from loaders.patterns_table import wordings
from ontology.tables import Province, codes, provinces
from ontology.vietnamese import fold

_BELOW_PROVINCE = wordings("header")["below_province"].pattern


def full_name(name: str, province: Province | None) -> str:
    """Write a name as it is printed, with its province where it states none."""
    name = re.sub(r"\s*\([^)]*\)", "", name).strip(" ,.;")
    if province is None or fold(province.name) in fold(name):
        return name
    level = province.level if province.name != "Hồ Chí Minh" else "Thành phố"
    if _BELOW_PROVINCE.search(name):
        return name
    if re.search(r"(?:[Tt]ỉnh(?: ủy)?|[Tt]hành phố|Thành ủy)$", name):
        return f"{name} {province.name}"
    if name.startswith(_PROVINCIAL):
        tail = f"{level} {province.name}"
        return f"{name} {province.name}" if name.endswith(level) else f"{name} {tail}"
    return name


_PROVINCIAL = (
    "Sở ",
    "Thanh tra",
    "Ban ",
    "Công an",
    "Chi cục",
    "Hội ",
    "Liên đoàn",
    "UBND",
    "HĐND",
    "Ủy ban nhân dân",
    "Uỷ ban nhân dân",
    "Hội đồng nhân dân",
    "Văn phòng UBND",
    "Văn phòng Ủy ban nhân dân",
    "Văn phòng Uỷ ban nhân dân",
)


def name_case(text: str) -> str:
    """Write a body's name printed in capitals as in running text: known names by the table, others by their rules.

    Example:
        >>> name_case("ỦY BAN NHÂN DÂN TỈNH LAI CHÂU")
        'Ủy ban nhân dân tỉnh Lai Châu'
    """
    if not text.isupper():
        return text
    text = re.sub(r"\s+", " ", text.strip(" ,.:-*"))
    low = text.lower()
    for row in (*codes().state, *codes().party, *codes().mass):
        if row.name and low.startswith(row.name.lower()):
            return _party_place(row.name + _rest_case(low[len(row.name) :]))
    name = _party_place(_rest_case(low[0].upper() + low[1:]))
    return _UNDER_HEAD.sub(lambda match: match[1] + match[2].upper(), name)


def _party_place(name: str) -> str:
    """Capitals for the place behind a Party committee: Tỉnh ủy Sơn Hải."""
    placed = _PARTY_PLACED.search(name)
    return f"{name[: placed.start(1)]}{_capitalised(placed[1])}" if placed else name


def _capitalised(name: str) -> str:
    return " ".join(w[:1].upper() + w[1:] for w in name.split())


_PROPER = (
    "Trung ương",
    "Mặt trận",
    "Việt Nam",
    "Đảng",
    "Tỉnh ủy",
    "Thành ủy",
    "Chính phủ",
    "Nhà nước",
    "Hồ Chí Minh",
    "Ban Chấp hành",
    "Ban Tuyên giáo và Dân vận",
    "Ban Dân vận",
    "Ban Tổ chức",
    "Bộ Chính trị",
    "Ban Thường vụ",
    "Tổng Kiểm toán",
    "Ủy ban nhân dân",
    "Uỷ ban nhân dân",
    "Hội đồng nhân dân",
    "Quốc hội",
)
# The word behind the kind of an agency begins its proper name: Cục Thuế, Chi cục Kiểm lâm.
_UNDER_HEAD = re.compile(r"^((?:Chi cục|Tổng cục|Cục|Sở|Bộ|Ban|Phòng|Trung tâm|Thanh tra|Viện|Trường)\s)(\w)")
_PARTY_PLACED = re.compile(r"\b(?:[Tt]ỉnh|[Tt]hành|[Hh]uyện|[Qq]uận|[Tt]hị) ủy ((?:[^\W\d_]{1,7} ){1,4}[^\W\d_]{1,7})$")
_PLACED = re.compile(r"\b(tỉnh|thành phố|tp\.?|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)\s+(?!ủy)([^,;()]+)$")


def _rest_case(low: str) -> str:
    """Capitals inside a name in small letters: provinces, places after their level, a few fixed words."""
    for proper in _PROPER:
        low = re.sub(re.escape(proper), proper, low, flags=re.IGNORECASE)
    placed = _PLACED.search(low)
    if placed:
        low = f"{low[: placed.start(2)]}{_capitalised(placed.group(2))}"
    for province in provinces():
        found = re.search(rf"(?<=\s){re.escape(province.name)}\b", low, re.IGNORECASE)
        if found:
            low = low[: found.start()] + province.name + low[found.end() :]
    return low
