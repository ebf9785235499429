"""Provinces that no table knows (new, historic, misspelt, invented), taken from the words of a document itself."""

import re
from functools import lru_cache

from ontology.tables import Province, province_of_name
from ontology.vietnamese import slug

_WORD = r"[A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ][^\W\d_A-Z]{1,6}"
_BARE = re.compile(rf"{_WORD} {_WORD}\Z")
_END = re.compile(rf"(?:\A|\s)(?P<level>tỉnh|Tỉnh ủy)\s(?P<name>{_WORD} {_WORD})\Z")
_SEVERAL = re.compile(r"(?:\A|\s)(?:các|những|hai|ba|liên)\Z")
# "Chủ tịch UBND tỉnh Lê Hà" names a person: the surnames of nine people in ten, which no province begins with.
_SURNAMES = frozenset(
    {
        *("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi"),
        *("Đỗ", "Hồ", "Ngô", "Dương", "Lý", "Trương", "Đinh", "Trịnh", "Đoàn", "Mai", "Tô"),
    }
)


@lru_cache(maxsize=4096)
def unlisted(name: str) -> Province | None:
    """Make a province of a bare name ("Sơn Hải") or one with its level ("tỉnh Sơn Hải") that no table knows.

    Only two capitalised words make one, as in nearly every province's name; a slug tells no name and gives None.

    Example:
        >>> unlisted("tỉnh Sơn Hải").slug, unlisted("son-hai")
        ('son-hai', None)
    """
    bare = name.removeprefix("tỉnh ").strip()
    if _BARE.match(bare) is None or bare.split(" ", 1)[0] in _SURNAMES or province_of_name(bare) is not None:
        return None
    return Province(id=slug(bare), slug=slug(bare), name=bare, level="tỉnh")


def province_or_unlisted(name: str) -> Province | None:
    """Give the province of the table that a text names, else the one that its words make."""
    return province_of_name(name) or unlisted(name)


def stated_at_end(name: str) -> tuple[str, Province] | None:
    """Split "tỉnh X" or the X of "Tỉnh ủy X" off a name where no table knows X; None where it states none.

    Example:
        >>> stated_at_end("Ban Dân vận Tỉnh ủy Sơn Hải")[0]
        'Ban Dân vận Tỉnh ủy'
    """
    match = _END.search(name)
    if match is None or _SEVERAL.search(name[: match.start()]):
        return None
    province = unlisted(match["name"])
    if province is None:
        return None
    cut = match.start() if match["level"] == "tỉnh" else match.end("level")
    core = name[:cut].strip(" ,-")
    return (core, province) if core else None
