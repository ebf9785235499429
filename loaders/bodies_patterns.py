"""The patterns of names of bodies, compiled from their table."""

import re
from functools import lru_cache

from loaders.alternation import by_first_letter
from loaders.obligations_tables import table

_OF_FIELD = r"(?:B[ộô]|Sở|Phòng|Thanh tra Sở|Thanh tra Bộ)"
_BOUNDED = r"(?:B[ộô]|Sở|Thanh tra Sở|Thanh tra Bộ)"  # a phòng may go on: "Phòng Xây dựng chính quyền"
STARTS_NAME = re.compile(r"[Cc]ác |Sở |Bộ |UBND |Ủy ban |Công an |Văn phòng |Trung tâm |Ban |Cục |Chi cục ")


@lru_cache(maxsize=1)
def patterns() -> dict[str, re.Pattern[str]]:
    """Give the patterns of ``patterns/bodies.yaml`` by name, compiled."""
    rows = table("bodies.yaml")
    nouns = by_first_letter(rows["nouns_of_class"])
    heads = [
        *rows["long_heads"],
        rf"(?:[Cc]ác|[Mm]ỗi|[Tt]ừng) (?:{nouns})(?!\w)",
        *rows["heads"],
        *rows["class_heads"],
    ]
    border = r"(?:(?<=\s)|(?!\w))"
    fields = f"(?i:{'|'.join(rows['fields'])})(?!\\w)"
    heads.append(f"{_OF_FIELD} (?={fields})")
    stops = by_first_letter(rows["stops"])
    return {
        "head": re.compile(f"(?:{by_first_letter(heads)}){border}"),
        "goes_on": re.compile(f"(?:{by_first_letter(rows['goes_on'])})(?!\\w)"),
        "event": re.compile(
            rf"(?P<end>[:\"“”?!…]|\[(?!\d{{1,3}}\])|"
            rf"/(?! ?(?:thành phố|tỉnh|phường|xã|đặc khu|huyện|thị))|(?<!TP)(?<! P)\.)|"
            rf"(?P<open>\()|(?P<close>\))|(?P<sep>\s*[,;]\s+(?:[-+•]\s+)?|\s(?:và|hoặc|cùng với|hay)\s)|"
            rf"\s(?P<stop>(?:{stops})(?!\w))|(?P<note>\[\d{{1,3}}\])"
        ),
        "stop": re.compile(f"(?:{stops})(?!\\w)"),
        "field": re.compile(fields),
        "known": re.compile(f"{_BOUNDED} {fields}"),
        "after_known": re.compile(f"\\s(?!(?:{rows['after_known']})(?!\\w))(?=[a-zà-ỹđ]|{STARTS_NAME.pattern})"),
        "inner": re.compile(f"(?:{'|'.join(row for row in rows['long_heads'] if 'ơ quan|' not in row)})(?!\\w)"),
        "several": re.compile(f"[Cc]ác (?P<kind>Bộ|Sở) (?=(?:{fields})(?:, | và )(?:{fields}))"),
    }


@lru_cache(maxsize=1)
def first_halves() -> tuple[str, ...]:
    """Give the first syllables of words whose second one would end a name."""
    return tuple(table("bodies.yaml")["first_halves"])
