"""The plain way: regular expressions and keywords, as a good engineer writes them in a day; measured beside ours.

It is honest work: wrapped lines are joined, numbers of State and Party, laws by name, dates in both forms, relations by
the last keyword before a number, duties by their first words, by *giao* and *chủ trì, phối hợp*, deadlines in seven
forms. It knows nothing of zones, headings, lists, tables or abbreviations, which is what it is here to show.
"""

import re
from collections.abc import Iterator
from typing import Any

from benchmarks.annotations import Span

_TYPES = (
    "quyết định|nghị quyết|nghị định|chỉ thị|kế hoạch|thông tư liên tịch|thông tư|thông báo|công văn|công điện|"
    "kết luận|hướng dẫn|chương trình|đề án|quy định|quy chế|báo cáo|tờ trình|pháp lệnh|bộ luật|luật|văn bản|dự án"
)
_UPPER = "A-Z" + "".join(c for c in map(chr, range(0xC0, 0x1EFA)) if c.isupper())
_DAY = r"(?:(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})|(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4}))"
_NUMBER = rf"(\d+[a-z]?(?:/(?:19|20)\d\d)?)\s*[-–/]\s*([{_UPPER}][\w&]*(?:\s?[-–/]\s?[{_UPPER}][\w&]*)*)"
_NAME_WORD = rf"(?:[{_UPPER}]\w*|nhân|dân|tỉnh|thành|phố|huyện|xã|ủy|vụ|và|chính|phủ)"
_ISSUER = rf"(?:của|do)\s+([{_UPPER}]\w*(?:\s+{_NAME_WORD})*)"
_CITATION = re.compile(
    rf"(?:(?P<type>(?i:{_TYPES}))\s+)?(?:[Ss]ố\s*:?\s*)?(?P<core>{_NUMBER})(?:,?\s*ngày\s+(?P<date>{_DAY}))?"
    rf"(?:,?\s*{_ISSUER})?"
)
_LAW = re.compile(
    rf"(?:Bộ luật|Luật)\s+((?:[{_UPPER}]\w*)(?:,?\s+(?!năm|ngày|số|và\s)\w+){{0,7}}?)"
    r"(?=\s+(?:năm|ngày|số)\s|[;,.)]|\n)"
)
_RELATIONS = (
    ("replaces", r"thay thế"),
    ("repeals", r"bãi bỏ|hết hiệu lực"),
    ("amends", r"sửa đổi"),
    ("details", r"quy định chi tiết"),
    ("guides", r"hướng dẫn"),
    ("reviews", r"[sổt]ơ kết|tổng kết"),
    ("disseminates", r"quán triệt|tuyên truyền|phổ biến"),
    ("promulgates", r"ban hành"),
    ("implements", r"thực hiện|triển khai|thi hành|cụ thể hóa"),
    ("based_on", r"căn cứ|theo|quy định tại"),
)
_RELATION = re.compile("|".join(f"(?P<{name}>{words})" for name, words in _RELATIONS), re.IGNORECASE)
_MARKER = re.compile(r"(?:\s*(?:[-+•*–]|\d+(?:\.\d+)*[.)]|[a-zđ]\)|[IVX]+\.)\s|\s*\|)")
_BODY = (
    r"(?:Sở|Ban|Bộ|Văn phòng|Phòng|UBND|Ủy ban nhân dân|Ủy ban|Công an|Bộ Chỉ huy|Thanh tra|Cục|Chi cục|Trung tâm|"
    r"Đảng ủy|Tỉnh ủy|HĐND|Hội đồng nhân dân|Mặt trận|Hội|Chủ tịch|Giám đốc|Chánh|Trưởng|Thủ trưởng|Các)\s+"
    r"[^.,;:()\n]{2,70}?"
)
_ITEM = r"\s*(?:[-+•*–]|\d+(?:\.\d+)*[.)]|[a-zđ]\))?\s*"
_NAMED = re.compile(
    rf"{_ITEM}(?:(?P<giao>Giao|Yêu cầu|Đề nghị|Phân công)\s+)?(?P<who>{_BODY})\s*(?::|,|(?=\s(?:chủ trì|"
    r"phối hợp|có trách nhiệm|chịu trách nhiệm|tham mưu|tổ chức|thực hiện|xây dựng|hướng dẫn|theo dõi|chỉ đạo|rà soát|"
    r"triển khai|tăng cường|lập|báo cáo)))"
)
_VERB = re.compile(
    rf"{_ITEM}(?:Tiếp tục |Chủ động |Khẩn trương |Thường xuyên |Tập trung )?"
    r"(?:tổ chức|triển khai|tăng cường|xây dựng|rà soát|thực hiện|tham mưu|đẩy mạnh|chỉ đạo|nâng cao|phối hợp|chủ trì|"
    r"hướng dẫn|kiểm tra|theo dõi|báo cáo|bố trí|hoàn thành|tuyên truyền|quán triệt|lập|ban hành|phát huy|bảo đảm)\s",
    re.IGNORECASE,
)
_ANY_DUTY = re.compile(r"có trách nhiệm|chủ trì|\bgiao\b|yêu cầu", re.IGNORECASE)
_WITH = re.compile(
    rf"phối hợp (?:chặt chẽ )?với (?P<who>{_BODY}|các [^.,;:()\n]{{2,60}}?)(?=[.,;:()\n]|\s(?:để|trong|tổ chức|"
    r"thực hiện|xây dựng|triển khai|tham mưu|rà soát|kiểm tra|lập))"
)
_REPORT = re.compile(rf"báo cáo (?:về )?(?P<who>{_BODY})(?=[.,;:()\n]|\s(?:trước|kết quả|theo|để|xem xét))")
_TRIM = " \t\r\n.;,:"


def _iso(match: re.Match[str], first: int) -> str:
    day, month, year = (g for g in match.groups()[first : first + 6] if g)
    return f"{year}-{int(month):02}-{int(day):02}"


_DATE = re.compile(_DAY, re.IGNORECASE)


def _day_in(text: str) -> str | None:
    found = _DATE.search(text)
    return _iso(found, 0) if found else None


def read(text: str) -> dict[str, Any]:
    """Read a text into the fields of an extraction record."""
    header = _header(text)
    citations = [
        c for c in _citations(text) if not (c["number"] == header["number"] and c["symbol"] == header["symbol"])
    ]
    return {"instrument": header, "citations": citations, "obligations": list(_duties(text, citations))}


def _header(text: str) -> dict[str, Any]:
    head = text[:3000]
    number = re.search(rf"Số\s*:?\s*(?:{_NUMBER})", head)
    dated = re.search(rf"([^\W\d][^\n,|*]{{2,30}}),\s*ngày\s+({_DAY})", head)
    kind = re.search(rf"^\W*({_TYPES.upper()})\W*$", head, re.MULTILINE)
    to = re.search(r"Kính gửi\s*:(.*?)(?:\n\s*\n|\.\n)", head, re.DOTALL)
    top = re.split(r"CỘNG H|ĐẢNG CỘNG|-{3}|\||Số\s*:", head.replace("*", ""))[0]
    issuer = re.search(rf"((?:[{_UPPER}]{{2,}}[,\s-]*){{2,}})\Z", top.rstrip())
    received = re.search(r"Nơi nhận\W*\n(.*?)(?:\n\s*\n|\Z)", text, re.DOTALL)
    names = re.findall(rf"^\W*((?:[{_UPPER}][a-zà-ỹ]+\s?){{3,4}})\W*$", text[len(text) // 2 :], re.MULTILINE)
    title = text[kind.end() : kind.end() + 300].strip(" *\n").split("\n\n")[0] if kind else None
    return {
        "type": kind[1] if kind else ("công văn" if to else None),
        "number": number[1] if number else None,
        "symbol": number[2].replace(" ", "") if number else None,
        "date": _iso(dated, 2) if dated else None,
        "place": dated[1].strip() if dated else None,
        "issuers": [{"name": " ".join(issuer[1].split())}] if issuer else [],
        "signers": [{"name": names[-1].strip()}] if names else [],
        "title": title,
        "recipients": [line.strip(" -*;.") for line in received[1].splitlines() if line.strip(" -*;.")]
        if received
        else [],
        "addressees": [part.strip(" -*;.") for part in re.split(r"[;\n]", to[1]) if part.strip(" -*;.")] if to else [],
    }


def _citations(text: str) -> Iterator[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for match in _CITATION.finditer(text):
        number = re.match(_NUMBER, match["core"])
        if number is None or (match["type"] is None and not number[2].isupper() and "/" not in match["core"]):
            continue
        date = _day_in(match["date"]) if match["date"] else None
        kind = match["type"].lower() if match["type"] else None
        issuer = " ".join(match.groups()[-1].split()) if match.groups()[-1] else None
        row = {
            "type": kind,
            "number": number[1],
            "symbol": re.sub(r"\s", "", number[2]),
            "date": date,
            "issuer": issuer,
        }
        found.append({"start": match.start(), "end": match.end(), **row, "title": None})
    taken = [(c["start"], c["end"]) for c in found]
    for match in _LAW.finditer(text):
        if not any(a < match.end() and match.start() < b for a, b in taken):
            row = dict.fromkeys(("number", "symbol", "date", "issuer"))
            kind = "bộ luật" if match[0].startswith("Bộ") else "luật"
            found.append(
                {"start": match.start(), "end": match.end(), "type": kind, **row, "title": " ".join(match[0].split())}
            )
    for row in sorted(found, key=lambda c: int(c["start"])):
        words = [m.lastgroup for m in _RELATION.finditer(text, max(0, row["start"] - 120), row["start"])]
        yield {**row, "relation": words[-1] if words else "mentions", "subject": "self"}


def _paragraphs(text: str) -> Iterator[Span]:
    """Lines joined until an empty line or a list marker."""
    start = at = 0
    for line in text.splitlines(keepends=True):
        if (not line.strip() or _MARKER.match(line)) and at > start:
            yield start, at
            start = at
        at += len(line)
    yield start, at


def _duties(text: str, citations: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    received = [m.start() for m in re.finditer("Nơi nhận", text)]
    for start, end in _paragraphs(text):
        part = text[start:end]
        if (
            start < 300
            or any(at <= start < at + 800 for at in received)
            or re.match(r"\W*(?:Căn cứ|Mục đích|Yêu cầu$)", part)
        ):
            continue
        named, ordered = _NAMED.match(part), _ANY_DUTY.search(part)
        if not (named or ordered or (_VERB.match(part) and len(part) > 60)):
            continue
        marker = _MARKER.match(part)
        a, b = start + (marker.end() if marker else 0), end
        while a < b and text[a] in _TRIM:
            a += 1
        while b > a and text[b - 1] in _TRIM:
            b -= 1
        if b - a < 20:
            continue
        yield {
            "start": a,
            "end": b,
            "bearers": _bearers(part, named),
            "counterparties": _counterparties(part),
            "deadline": _deadline(part),
            "targets": re.findall(r"(?:ít nhất|trên|tối thiểu|khoảng)?\s?\d+(?:,\d+)?\s?%", part),
            "implements": [f"{c['number']}/{c['symbol']}" for c in citations if a <= c["start"] < b and c["number"]],
        }


def _bearers(part: str, named: re.Match[str] | None) -> list[dict[str, Any]]:
    if named is None:
        return []
    after = part[named.end() : named.end() + 40].lower()
    role = "performs"
    for words, meant in (
        ("chủ trì", "leads"),
        ("phối hợp", "coordinates"),
        ("theo dõi", "monitors"),
        ("chỉ đạo", "directs"),
    ):
        if after.lstrip(" ,").startswith(words):
            role = meant
    if named["giao"] == "Giao":
        role = "leads"
    names = re.split(r",\s+|\s+và\s+(?=Sở|Ban|Bộ|UBND|Ủy|Văn|Các|các)", named["who"])
    return [{"name": name.strip(), "role": role} for name in names]


def _counterparties(part: str) -> list[dict[str, str]]:
    found = [{"name": " ".join(m["who"].split()), "kind": "coordinates_with"} for m in _WITH.finditer(part)]
    return found + [{"name": " ".join(m["who"].split()), "kind": "reports_to"} for m in _REPORT.finditer(part)]


def _deadline(part: str) -> dict[str, Any] | None:
    low = part.lower()
    if found := re.search(rf"(trước|chậm nhất|xong|hoàn thành)[^.;]{{0,30}}?ngày\s+({_DAY})", low):
        return {"kind": "before" if "trước" in found[0] else "by", "value": _iso(found, 2), "phrase": found[0]}
    if found := re.search(r"(?:trong|xong) tháng (\d{1,2})(?:/| năm )(\d{4})", low):
        return {"kind": "interval", "value": f"{found[2]}-{int(found[1]):02}", "phrase": found[0]}
    if found := re.search(r"quý (i{1,3}|iv|[1-4])(?:/| năm )(\d{4})", low):
        quarter = {"i": 1, "ii": 2, "iii": 3, "iv": 4}.get(found[1]) or int(found[1])
        months = f"{found[2]}-{quarter * 3 - 2:02}/{found[2]}-{quarter * 3:02}"
        return {"kind": "interval", "value": months, "phrase": found[0]}
    if found := re.search(r"(?:đến|trước|trong) (?:hết )?năm (\d{4})", low):
        return {"kind": "interval" if "trong" in found[0] else "by", "value": found[1], "phrase": found[0]}
    for words, period in (
        ("hằng năm", "P1Y"),
        ("hàng năm", "P1Y"),
        ("hằng tháng", "P1M"),
        ("hàng quý", "P3M"),
        ("hằng quý", "P3M"),
    ):
        if words in low:
            return {"kind": "recurring", "value": period, "phrase": words}
    return {"kind": "continuous", "value": None, "phrase": "thường xuyên"} if "thường xuyên" in low else None
