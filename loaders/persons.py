"""Names of persons as they stand in signatures."""

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
    if len(text) > _LONGEST:
        return False
    words = text.split()
    if not _FEWEST <= len(words) <= _MOST:
        return False
    if is_caps(text) and words[0] not in _SURNAMES:
        return False
    return all(_is_name_word(word) for word in words)


_FEWEST, _MOST, _LONGEST = 2, 6, 45
# Surnames that tell a name in capitals from a post or a heading in capitals.
_SURNAMES = frozenset(
    [
        "NGUYỄN",
        "TRẦN",
        "LÊ",
        "PHẠM",
        "HOÀNG",
        "HUỲNH",
        "PHAN",
        "VŨ",
        "VÕ",
        "ĐẶNG",
        "BÙI",
        "ĐỖ",
        "HỒ",
        "NGÔ",
        "DƯƠNG",
        "LÝ",
        "ĐÀO",
        "ĐOÀN",
        "VƯƠNG",
        "TRỊNH",
        "TRƯƠNG",
        "ĐINH",
        "LÂM",
        "PHÙNG",
        "MAI",
        "TÔ",
        "TRIỆU",
        "THÁI",
        "HÀ",
        "LƯƠNG",
        "CAO",
        "CHU",
        "TẠ",
        "QUÁCH",
        "NÔNG",
        "HỨA",
        "LƯU",
        "TỐNG",
        "VI",
        "LÒ",
        "CẦM",
        "QUÀNG",
        "GIÀNG",
        "HẦU",
        "LA",
        "MÃ",
        "ÂU",
        "KHỔNG",
        "NGHIÊM",
        "BẠCH",
        "TỪ",
    ]
)


def _is_name_word(word: str) -> bool:
    bare = word.replace("'", "").replace("’", "").replace("-", "")
    return (
        bare.isalpha()
        and word[0].isupper()
        and (bare[1:].islower() or len(bare) == 1 or bare.isupper() or "-" in word or "'" in word or "’" in word)
    )
