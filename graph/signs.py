"""From the header and the citations of a record to signs of instruments: keys parsed, nothing repaired."""

import re
from functools import lru_cache

from graph.statements import Sign
from ontology.record import Citation, Header
from ontology.symbols import SymbolParts, canonical_symbol, parse_symbol
from ontology.terms import Family
from ontology.vietnamese import fold, nfc, slug

LAWS = frozenset({"luat", "bo_luat", "phap_lenh", "hien_phap"})
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?\Z")
_YEAR = re.compile(r"\bnăm (\d{4})\s*$")
_TITLE = re.compile(r"[\s,*_]{0,6}(?:(?:về việc|về|V/v)[\s*_:]{1,4}(?=\S)|(?=ban hành\s))", re.IGNORECASE)
_NEXT = re.compile(
    r"(?:,| và) (?=(?:[A-ZĐ]\w{1,12} )(?:\w{1,12} ){0,2}số ?:? ?\d)|\n[ \t]*\n\s*(?![\sa-zà-ỹđ])"
    # the preamble goes on with who acts: ", UBND tỉnh ban hành Kế hoạch …"
    r"|, ?(?=[A-ZĐỦ][^,;.\n]{1,80}? "
    r"(?:yêu cầu|ban hành|xây dựng|triển khai|đề nghị|báo cáo|hướng dẫn|thông báo|tổ chức)\b)"
)
_ACTS = re.compile(
    r",\s*(?=(?:UBND|Ủy ban|Uỷ ban|HĐND|Hội đồng|Sở|Bộ|Ban|Tỉnh ủy|Thành ủy|Đảng ủy|Văn phòng|Chính phủ)\b"
    r"[^,;.\n]{0,80}? "
    r"(?:yêu cầu|ban hành|xây dựng|triển khai|đề nghị|báo cáo|hướng dẫn|thông báo|tổ chức)\b)"
)
_ABOUT = re.compile(
    r"(?:của\s+(?:Ban|Bộ|Ủy ban|UBND|Thủ tướng|Chính phủ|Tỉnh ủy|HĐND|Hội đồng|Chủ tịch|Sở)\b[^,;.]{0,80}?\s+)?"
    r"(?:về việc|v/v|về)[\s:*_]{1,4}(?=\S)",
    re.IGNORECASE,
)
_ISSUER_TAIL = re.compile(
    r"\s+của\s+(?=(?:Ban|Bộ|Ủy ban|UBND|Thủ tướng|Chính phủ|Tỉnh ủy|HĐND|Hội đồng|Chủ tịch|Sở)\b)"
)
_PROVINCE = re.compile(r"(?:tỉnh|Tỉnh ủy|Thành ủy)\s+(?!ủy\b)(\w+(?:\s+\w+){0,3})$")
_JOINT = re.compile(
    r",? và (?=(?:Ban|Sở|Bộ|UBND|Ủy ban|Uỷ ban|HĐND|Hội đồng|Văn phòng|Tỉnh ủy|Liên đoàn|Công an|Chính phủ|Đoàn|Hội)\s)"
)
LONGEST_TITLE = 600
FULL_DAY = len("2021-01-11")

_parsed = lru_cache(maxsize=65536)(parse_symbol)
_canonical = lru_cache(maxsize=65536)(canonical_symbol)


def own_sign(header: Header, sha256: str) -> Sign:
    """Give the sign of a loaded document for itself; with a blank number it stands for nothing else."""
    parts = _parsed(header.number, header.symbol, header.type)
    return Sign(
        type=parts.type,
        jurisdiction=_jurisdiction(parts, home_of(header), home_of(header)),
        series=parts.series,
        num=parts.num,
        suffix=parts.suffix,
        year=parts.year,
        term=parts.term,
        number=header.number,
        symbol=header.symbol,
        shown=_shown(header.number, header.symbol, header.type),
        date=_period(header.date),
        issuers=tuple(i.name for i in header.issuers),
        title=_about(header.title),
        family=_family(parts, header.type, header.title),
        level=parts.level,
        own=sha256 if parts.num is None else "",
        loaded=sha256,
    )


def cited_sign(citation: Citation, header: Header, sha256: str, day: str | None, follows: str) -> Sign:
    """Give the sign of a cited instrument.

    Args:
        citation: What was read.
        header: The citing document, for its province.
        sha256: The citing document, where the citation means nothing outside it.
        day: When the citing document was written, as far as known.
        follows: Text right after the citation, in which the title stands.

    Returns:
        The sign; ``own`` is set where only type and number, or only an indistinct name, are given.
    """
    parts = _parsed(citation.number, citation.symbol, citation.type)
    kind = parts.type
    title, named = _titles(citation, kind, follows)
    jurisdiction = _jurisdiction(parts, citation.jurisdiction, home_of(header))
    if kind in LAWS:
        jurisdiction = "vn"
    date = _period(citation.date)
    issuer = citation.issuer_body or citation.issuer
    series = parts.series
    open_ = (parts.num is None and not _distinct(kind, title, issuer)) or (
        parts.num is not None and not series and len(date or "") < FULL_DAY
    )
    return Sign(
        type=kind,
        jurisdiction=jurisdiction,
        series=series,
        num=parts.num,
        suffix=parts.suffix,
        year=parts.year or named,
        term=parts.term,
        number=citation.number,
        symbol=citation.symbol,
        shown=_shown(citation.number, citation.symbol, kind),
        date=date,
        issuers=tuple(_JOINT.split(issuer)) if issuer else (),
        title=title,
        family=_family(parts, kind, title) if citation.stage != "draft" else None,
        level=parts.level,
        stage="draft" if citation.stage == "draft" else "issued",
        own=sha256 if open_ else "",
        before=None if len(date or "") == FULL_DAY or parts.year else _year(day),
    )


def home_of(header: Header) -> str | None:
    """Give the province of a document; one that no table knows still keeps its documents apart from others'."""
    if header.jurisdiction:
        return header.jurisdiction
    named = [m[1] for i in header.issuers if (m := _PROVINCE.search(i.name))]
    return slug(named[0] if named else header.place or "") or None


def same_number(text: str) -> str:
    """Reduce a number with its symbol to what tells it from others: ``"436-QĐ-UBND"`` like ``"436/QĐ-UBND"``."""
    return re.sub(r"^0+(?=\d)", "", fold(text).replace(" ", ""))


def _titles(citation: Citation, kind: str | None, follows: str) -> tuple[str | None, int | None]:
    if citation.title:
        year = _YEAR.search(citation.title) if kind in LAWS else None
        title = citation.title[: year.start()] if year else citation.title
        acts = _ACTS.search(title)
        return _about(title[: acts.start()] if acts else title), int(year[1]) if year else None
    start = _TITLE.match(follows)
    if not start:
        return None, None
    rest = follows[start.end() : start.end() + LONGEST_TITLE]
    end = _title_end(rest)
    if end is None:
        return None, None
    title = rest[:end]
    tail = _issuer_tail(title, citation.issuer)
    return _plain(title[:tail]), None


def _issuer_tail(title: str, issuer: str | None) -> int:
    """Find where the issuer begins that stands after the title; a stated issuer is looked for as it is stated."""
    for tail in _ISSUER_TAIL.finditer(title):
        if issuer is None or fold(title[tail.end() :]).startswith(fold(issuer)):
            return tail.start()
    return len(title)


def _title_end(rest: str) -> int | None:
    """Find where a title ends: a stop outside quotes, a closing quote that it did not open, or the next citation."""
    following = _NEXT.search(rest)
    limit = following.start() if following else len(rest)
    opened = 0
    for at, char in enumerate(rest[:limit]):
        if char == "“" or (char == '"' and not opened):
            if at and not rest[at - 1].isspace() and rest[at - 1] not in "*_(":
                return at
            opened += 1
        elif char in '”"':
            if not opened:
                return at
            opened -= 1
        elif char in ";." and not opened:
            return at
    return None if limit == LONGEST_TITLE else limit


def _plain(title: str | None) -> str | None:
    text = re.sub(r"\s+", " ", re.sub(r"[*_]+", "", nfc(title or ""))).strip(" ,:;.")
    return text or None


def _about(title: str | None) -> str | None:
    """What a title says without the words that lead to it ("V/v", "của Ban Thường vụ … về")."""
    text = _plain(title)
    lead = _ABOUT.match(text) if text else None
    return text[lead.end() :] if text and lead else text


def _distinct(kind: str | None, title: str | None, issuer: str | None) -> bool:
    if title is None:
        return False
    return kind in LAWS or issuer is not None or "dai hoi" in fold(title)


def _period(date: str | None) -> str | None:
    return date if date and _DATE.match(date) else None


def _shown(number: str | None, symbol: str | None, kind: str | None) -> str | None:
    if number and symbol:
        return _canonical(number, symbol, kind)
    return number


def _jurisdiction(parts: SymbolParts, stated: str | None, home: str | None) -> str | None:
    if parts.level == "central":
        return "vn"
    if stated is None and parts.series and parts.num is not None:
        return None if home == "vn" else home  # a local code means the citing document's province
    return stated


def _family(parts: SymbolParts, kind: str | None, title: str | None) -> str | None:
    if parts.family is not None:
        return Family(parts.family).value
    if kind in LAWS:
        return Family.STATE_NORMATIVE.value
    named = fold(title or "")
    return Family.PARTY.value if "dai hoi" in named and "dang" in named.split() else None


def _year(day: str | None) -> int | None:
    return int(day[:4]) if day and day[:4].isdigit() else None
