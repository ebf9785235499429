"""The header of a document: what it says of itself as an instrument (record.md)."""

import re

from loaders.document import Block, Layout, Span, Zone
from loaders.header_bodies import issuers_of
from loaders.header_fields import NUMBER_BEHIND, Field, head_blocks, number_and_symbol, own_of_annex, place_and_date
from loaders.header_people import addressees, recipients, signers
from loaders.header_sentence import Sentence, adopted, head_sentence, type_word
from loaders.patterns_table import wordings
from ontology.kinds import kind_of_word
from ontology.record import Header
from ontology.symbols import parse_symbol
from ontology.vietnamese import fold

_W = wordings("structure")
_T = wordings("header")
_CITED_DATE = re.compile(
    r"[/-][A-ZĐ][\w&/-]{0,40}\*?\)?\s?,?\s+ngày\s+(?P<d>\d{1,2})(?:\s?/\s?(?P<m>\d{1,2})\s?/\s?(?P<y>\d{4})"
    r"|\s+tháng\s+(?P<m2>\d{1,2})\s+năm\s+(?P<y2>\d{4}))"
)
_URGENCY = {"khẩn": "khan", "thượng khẩn": "thuong_khan", "hỏa tốc": "hoa_toc", "hoả tốc": "hoa_toc"}
_SECRECY = {"MẬT": "mat", "TỐI MẬT": "toi_mat", "TUYỆT MẬT": "tuyet_mat"}


def read_header(layout: Layout) -> Header:
    """Read a document's own header.

    Args:
        layout: The document laid out.

    Returns:
        The header; what is not printed is None or empty, or marked as inferred (issuers). ``spans`` are source ranges.
    """
    number, symbol, _ = number_and_symbol(layout)
    told = head_sentence(layout) if number is None else None
    kind, title, spans = _type_and_title(layout, told)
    place, date = place_and_date(layout)
    if told:
        number, symbol, date = told.number, told.symbol, date or told.date
    voted = adopted(layout) if date is None else None
    if voted:
        date = voted.date
    if number is None and symbol is None:
        own = own_of_annex(layout)
        if own and (kind is None or fold(kind).startswith(fold(own.type)) or kind_of_word(kind) is None):
            kind, number, symbol, date = own.type, own.number, own.symbol, date or own.date
    slug = _type(kind, number, symbol, layout)
    parts = parse_symbol(number.value if number else None, symbol.value if symbol else None, slug)
    stated = next((said.body for said in (told, voted) if said and said.body), None)
    bodies = issuers_of(layout, parts, place, title, stated)
    people = signers(layout)
    for name, field in (("number", number), ("symbol", symbol), ("place", place), ("date", date)):
        if field:
            spans[name] = field.span
    if bodies.span:
        spans["issuers"] = bodies.span
    if people:
        spans["signers"] = (people[0][1][0], people[-1][1][1])
    return Header(
        type=slug,
        number=number.value if number else None,
        symbol=symbol.value if symbol else None,
        date=date.value if date else None,
        place=place.value if place else None,
        issuers=bodies.bodies,
        signers=tuple(person for person, _ in people),
        title=title,
        recipients=recipients(layout),
        addressees=addressees(layout),
        secrecy=_mark(layout, _SECRECY, str.upper),
        urgency=_mark(layout, _URGENCY, str.lower),
        jurisdiction=bodies.jurisdiction,
        earliest=_earliest(layout, date),
        spans={name: layout.view.raw(*span) for name, span in spans.items()},
    )


def borrowed(layout: Layout, header: Header) -> Span | None:
    """Where a file that holds an annex alone names the instrument whose number stands in its header, else None."""
    own = own_of_annex(layout)
    if own is None or own.number is None or layout.view.raw(*own.number.span) != header.spans.get("number"):
        return None
    end = (own.symbol or own.number).span[1]
    return layout.view.raw(own.number.span[0], end)


def _type_and_title(layout: Layout, told: Sentence | None) -> tuple[str | None, str | None, dict[str, Span]]:
    """The type word, the summary in one line, and where both stand in the view."""
    blocks = [b for b in layout.blocks if b.zone is Zone.TITLE]
    spans: dict[str, Span] = {}
    kind: str | None = None
    texts: list[str] = []
    used: list[Block] = []
    for n, block in enumerate(blocks):
        text = layout.view.text[block.start : block.end]
        match = type_word(text) if n == 0 else None
        if told and told.end >= block.end:
            kind = kind or (match.group().strip(" :(") if match else None)
            continue
        if told and block.start < told.end:
            kind = kind or (match.group().strip(" :(") if match else None)
            text = layout.view.text[told.end : block.end].strip(" :-")
        elif match:
            kind = match.group().strip(" :(")
            spans["type"] = (block.start, block.start + len(kind))
            behind = NUMBER_BEHIND.match(text, len(kind))
            text = text[behind.end() if behind else len(kind) :].strip(" :-")
        vote = _T["adopted"].find(text)
        text = text[: vote.start()].strip(" (") if vote else text
        if text and not _W["annexed_to"].find(text):
            texts.append(text)
            used.append(block)
    if not texts:
        return kind, None, spans
    end = used[-1].end
    spans["title"] = (used[0].end - len(texts[0]) if used[0].end == blocks[0].end else used[0].start, end)
    return kind, " ".join(texts), spans


def _type(kind: str | None, number: Field | None, symbol: Field | None, layout: Layout) -> str | None:
    """Slug of the kind: the symbol of a consolidated text, the type word, the symbol; a letter has neither."""
    parts = parse_symbol(number.value if number else None, symbol.value if symbol else None) if symbol else None
    if parts and parts.type == "van_ban_hop_nhat":
        return parts.type
    if kind:
        found = kind_of_word(kind)
        if found:
            return found.slug
    if parts and parts.type:
        return parts.type
    if symbol and parts and parts.term is not None:
        return _kind_before_number(layout)
    letter = any(b.zone is Zone.ADDRESSEES for b in layout.blocks) or any(
        _W["subject_line"].find(layout.text(b)) for b in head_blocks(layout)
    )
    if kind and not letter:
        return None  # a word that names another kind of text, as "ÁN LỆ"
    return "cong_van" if symbol or (letter and place_and_date(layout)[0]) else None


def _kind_before_number(layout: Layout) -> str | None:
    """The type word on the number line itself ("Luật số: …"); a National Assembly number does not tell the type."""
    for block in head_blocks(layout):
        text = layout.text(block)
        found = kind_of_word(text) if "số" in text[:20] else None
        if found:
            return found.slug
    return None


def _mark(layout: Layout, words: dict[str, str], case: object) -> str | None:
    """A mark of urgency or secrecy that stands alone on a line of the header."""
    for block in head_blocks(layout):
        text = layout.text(block).strip(" .*")
        key = case(text) if callable(case) else text
        if text.isupper() and key in words:
            return words[key]
    return None


def _earliest(layout: Layout, date: Field | None) -> str | None:
    """The latest day that the document cites, where its own is not printed; days after its own period do not count."""
    if date and len(date.value) == 10:
        return None
    latest: str | None = None
    for match in _CITED_DATE.finditer(layout.view.text):
        day, month = int(match["d"]), int(match["m"] or match["m2"])
        if not (1 <= day <= 31 and 1 <= month <= 12):
            continue
        value = f"{match['y'] or match['y2']}-{month:02d}-{day:02d}"
        if date and value[: len(date.value)] > date.value:
            continue
        if latest is None or value > latest:
            latest = value
    return latest
