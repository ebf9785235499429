"""The last article of a decision or decree: all who are told to carry it out (Decree 30/2020/NĐ-CP, Appendix III).

Such a list is closed by "chịu trách nhiệm thi hành … này", so names in it may hold any verb ("Cục Quản lý, giám sát kế
toán"): they are parted where the next name begins, and by nothing else.
"""

import re

from loaders.bodies import Mention, head_at, one_line, read_list
from loaders.document import Span
from loaders.obligations_tables import phrase

_CLOSES = phrase("carries_out")
_PARTS = re.compile(r"\s*[;,]\s+(?:và )?|\s(?:và|cùng)\s")
_LONGEST = 3000


def names_enforcers(text: str, folded: str, span: Span) -> bool:
    """Whether a sentence begins with a name and is closed by the duty to carry the document out."""
    return head_at(text, span[0]) >= 0 and _CLOSES.search(folded, span[0], min(span[1], span[0] + _LONGEST)) is not None


def enforcers(text: str, folded: str, span: Span) -> tuple[Mention, ...]:
    """Read the names of one sentence that says who carries the document out.

    Args:
        text: Text with new tone placement.
        folded: The same in lower case.
        span: The sentence.

    Returns:
        The names in text order; none where the sentence is no such one.

    Example:
        >>> said = "Chánh Văn phòng, Cục trưởng Cục Quản lý, giám sát giá chịu trách nhiệm thi hành Quyết định này"
        >>> [m.name for m in enforcers(said, said.lower(), (0, len(said)))]
        ['Chánh Văn phòng', 'Cục trưởng Cục Quản lý, giám sát giá']
    """
    start, end = span
    closed = _CLOSES.search(folded, start, min(end, start + _LONGEST))
    if closed is None or head_at(text, start) < 0:
        return ()
    cuts = [start]
    for part in _PARTS.finditer(text, start, closed.start()):
        if head_at(text, part.end()) >= 0:
            cuts.append(part.end())
    found: list[Mention] = []
    for at, following in zip(cuts, [*cuts[1:], closed.start()], strict=True):
        piece = text[at:following]
        bare = piece.rstrip().removesuffix(" và").removesuffix(" cùng").rstrip(" ,;")
        listed = read_list(text, at, at + len(bare)) if ":" in bare else None
        if listed:
            found += listed.mentions
        else:
            found.append(Mention(at, at + len(bare), one_line(bare)))
    return tuple(found)
