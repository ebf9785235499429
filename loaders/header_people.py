"""Signers, recipients and addressees of a document."""

import re

from loaders.document import Block, Layout, Span, Zone
from loaders.letters import spell_out
from loaders.patterns_table import wordings
from loaders.persons import RANKS, is_person
from ontology.record import Signer

_W = wordings("structure")
_MARK = re.compile(r"(?:KT|TM|TL|TUQ|T/M|K/T|T/L|Q|QUYỀN)\s?[.\s]\s*", re.IGNORECASE)
_TAIL = " ;.,:"
_DASH = re.compile(r"^[-+•*·]\s*")
_ONE_LINE = re.compile(spell_out(r"\s*;\s*(?=-\s|[<U>])|\s+-\s+(?=Như trên|Lưu\b)"))
_PROPER = ("Văn phòng", "Chính phủ", "Ủy ban", "Uỷ ban", "Quốc hội", "Hội đồng", "Công an", "Ban")


def signers(layout: Layout) -> list[tuple[Signer, Span]]:
    """People who signed, in order, with the position as printed and the view range of the name."""
    found: list[tuple[Signer, Span]] = []
    titles: list[str] = []
    for block in layout.blocks:
        if block.zone is not Zone.SIGNATURE:
            continue
        text = layout.text(block)
        if is_person(text) and (titles or not found):
            name = _bare_name(text)
            at = block.end - len(name)
            found.append((Signer(name=name, position=_position(titles)), (at, block.end)))
            titles = []
        elif not text.startswith("("):
            titles += _spread(text)
    return found


def _bare_name(text: str) -> str:
    for rank in RANKS:
        if text.startswith(rank):
            return _bare_name(text[len(rank) :].strip())
    return text


def _spread(text: str) -> list[str]:
    """A title block on one line ("KT. BỘ TRƯỞNG THỨ TRƯỞNG", "BAN DÂN VẬN TRƯỞNG BAN") cut before its last post."""
    for match in re.finditer(r"(?<=\s)(?:PHÓ|THỨ|TRƯỞNG BAN|GIÁM ĐỐC|CHỦ TỊCH|CHÁNH)\b", text):
        rest = text[match.start() :]
        if _W["sign_title"].find(rest) and not text[: match.start()].rstrip().endswith(("PHÓ", ".", "TỔNG")):
            return [text[: match.start()].strip(), rest]
    return [text]


def _position(titles: list[str]) -> str | None:
    """The signer's own post: the last title without KT./TM./TL. that names a post."""
    for title in reversed(titles):
        bare = _MARK.sub("", title, count=1) if _W["sign_mark"].find(title) else title
        if _W["sign_title"].find(bare) and not (_W["sign_mark"].find(title) and title.startswith(("TM", "T/M"))):
            return post_case(bare)
    return None


def post_case(text: str) -> str:
    """Write a post printed in capitals as in running text.

    Example:
        >>> post_case("PHÓ CHÁNH VĂN PHÒNG")
        'Phó Chánh Văn phòng'
    """
    if not text.isupper():
        return text
    low = text.lower().strip(" ,.")
    for word in (
        "chủ tịch",
        "chủ nhiệm",
        "chánh",
        "giám đốc",
        "trưởng ban",
        "bộ trưởng",
        "thủ tướng",
        "cục trưởng",
        "tổng",
        "bí thư",
        "viện trưởng",
        "thống đốc",
    ):
        low = re.sub(rf"\b{word}\b", word[0].upper() + word[1:], low)
    for name in _PROPER:
        low = re.sub(rf"\b{name.lower()}\b", name, low)
    return low[0].upper() + low[1:]


def recipients(layout: Layout) -> tuple[str, ...]:
    """The lines of Nơi nhận without dash and final sign; archive lines are left out."""
    lines: list[str] = []
    for block in layout.blocks:
        if block.zone is not Zone.RECIPIENTS:
            continue
        text = layout.view.text[block.start : block.end]
        head = _W["recipients"].find(text)
        if head:
            text = text[head.end() :].strip()
            lines += _cut(text) if text else []
            continue
        if _DASH.match(text) or not lines:
            lines += [text]
        else:
            lines[-1] += " " + text
    return tuple(_clean(line) for line in lines if _clean(line) and not _W["archive"].find(line.strip()))


def _cut(text: str) -> list[str]:
    """Recipients that stand on the line of the heading itself."""
    return [part for part in _ONE_LINE.split(text) if part]


def _clean(line: str) -> str:
    return _DASH.sub("", line.strip()).strip(_TAIL)


def addressees(layout: Layout) -> tuple[str, ...]:
    """Whom a letter or telegram is addressed to."""
    blocks = [b for b in layout.blocks if b.zone is Zone.ADDRESSEES]
    found: list[str] = []
    for n, block in enumerate(blocks):
        text = layout.view.text[block.start : block.end]
        if n == 0:
            head = _W["addressees"].find(text)
            text = text[head.end() :] if head else ""
        if found and found[-1].endswith(",") and ";" in text:
            found[-1] = (
                f"{found[-1]} {_DASH.sub('', text)}"  # a line of its own that only goes on with the names before it
            )
        else:
            found += _listed(text, alone=len(blocks) == 1)
    return tuple(_clean(part) for part in found if _clean(part))


def _listed(text: str, *, alone: bool) -> list[str]:
    return re.split(r";\s*(?:-\s*)?", text) if alone else [text]


def signature_titles(layout: Layout) -> list[tuple[str, Block]]:
    """The lines of the signature that are no names."""
    return [(layout.text(b), b) for b in layout.blocks if b.zone is Zone.SIGNATURE and not is_person(layout.text(b))]
