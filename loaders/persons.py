"""Names of persons as they stand in signatures."""

import re

from loaders.wrapping import is_caps

RANKS = (
    "Thượng tướng",
    "Đại tướng",
    "Trung tướng",
    "Thiếu tướng",
    "Đại tá",
    "Thượng tá",
    "Trung tá",
    "Thiếu tá",
    "GS.",
    "PGS.",
    "TS.",
    "ThS.",
    "BS.",
)


def is_person(text: str) -> bool:
    """Whether a line is the name of a person: two to five capitalised words and nothing else.

    Example:
        >>> is_person("Trần Thị Diệu Thúy"), is_person("Như trên"), is_person("Đại tá Lê A")
        (True, False, True)
    """
    for rank in RANKS:
        if text.startswith(rank):
            text = text[len(rank) :].strip()
    words = text.split()
    if not 2 <= len(words) <= 6 or len(text) > 45 or (is_caps(text) and _POSTS.search(text)):
        return False
    return all(_is_name_word(word) for word in words)


_POSTS = re.compile(
    r"CHỦ TỊCH|GIÁM ĐỐC|TRƯỞNG|CHÁNH|THỦ TƯỚNG|BÍ THƯ|ỦY BAN|UBND|HĐND|THỐNG ĐỐC|NHIỆM|VĂN PHÒNG|BAN |SỞ |BỘ |"
    r"ĐẢNG|CHÍNH|PHÓ |DÂN|PHỤ LỤC|DANH MỤC"
)


def _is_name_word(word: str) -> bool:
    bare = word.replace("'", "").replace("’", "").replace("-", "")
    return (
        bare.isalpha()
        and word[0].isupper()
        and (bare[1:].islower() or len(bare) == 1 or bare.isupper() or "-" in word or "'" in word or "’" in word)
    )
