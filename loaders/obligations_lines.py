"""Role lines under a duty: who directs, who performs, when (Chỉ đạo / Tham mưu, thực hiện / Thời gian thực hiện)."""

import re
from functools import lru_cache

import msgspec

from loaders.document import Span
from loaders.obligations_tables import table
from ontology.terms import Role

_INLINE_OPEN = r"(?:[(.;]\s*|\s-\s)"


class RoleLine(msgspec.Struct, frozen=True, gc=False):
    """A label with its value.

    Attributes:
        what: A word of ``Role``, or ``deadline`` | ``product`` | ``content`` | ``other``.
        start: Where the label begins.
        value: Range of the value.
    """

    what: str
    start: int
    value: Span

    @property
    def role(self) -> Role | None:
        """The role that the line gives to the bodies it names."""
        return Role(self.what) if self.what in set(Role) else None


@lru_cache(maxsize=1)
def _labels() -> tuple[re.Pattern[str], re.Pattern[str], tuple[str, ...]]:
    rows = table("obligations.yaml")["lines"]
    alternatives = "|".join(f"(?P<w{n}>{row['pattern']})" for n, row in enumerate(rows))
    mark = rf"[-+•*\s]*(?:{alternatives})\s*:\s*"
    kinds = tuple(row["what"] for row in rows)
    return re.compile(mark), re.compile(f"{_INLINE_OPEN}(?:{alternatives})\\s*:\\s*"), kinds


def role_line(folded: str, start: int, end: int) -> RoleLine | None:
    """Read a block that is a role line as a whole.

    Args:
        folded: Lower-case text with new tone placement.
        start: First letter of the block.
        end: Its end.

    Example:
        >>> role_line("đơn vị chủ trì: sở y tế", 0, 23).what
        'leads'
    """
    whole, _, kinds = _labels()
    match = whole.match(folded, start, end)
    if match is None or match.lastgroup is None:
        return None
    return RoleLine(kinds[int(match.lastgroup[1:])], start, (match.end(), end))


def inline_lines(folded: str, start: int, end: int) -> list[RoleLine]:
    """Find the role lines that stand inside a paragraph ("… (Chủ trì: Sở A; phối hợp: Sở B; thời hạn: Quý I/2026)")."""
    _, inside, kinds = _labels()
    if folded.find(":", start, end) < 0:
        return []
    matches = [m for m in inside.finditer(folded, start, end) if m.lastgroup]
    found: list[RoleLine] = []
    for n, match in enumerate(matches):
        close = matches[n + 1].start() if n + 1 < len(matches) else end
        value_end = _shorten(folded, match.end(), close)
        found.append(RoleLine(kinds[int((match.lastgroup or "w0")[1:])], match.start(), (match.end(), value_end)))
    # A label in the middle of prose ("nội dung: …") is no role line unless who or when stands there.
    return found if any(line.role or line.what == "deadline" for line in found) else []


def _shorten(folded: str, start: int, end: int) -> int:
    close = folded.find(")", start, end)
    if close >= 0 and folded.find("(", start, close) < 0:
        end = close
    while end > start and folded[end - 1] in " .;,/)":
        end -= 1
    return end
