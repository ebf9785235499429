"""Vietnamese words for everything that pages show: one table a vocabulary; a term without a word fails a test."""

from collections.abc import Mapping
from types import MappingProxyType

from ontology.record import Deadline, Target
from ontology.terms import BodyKind, CounterpartyKind, DeadlineKind, Direction, Family, RelationKind, Role, Strength
from ontology.validity import written

NOT_LOADED = "không có trong các văn bản đã nạp"
INFERRED = "suy luận"
FROM_TABLE = "theo bảng tổ chức của chương trình, không trích từ văn bản"

# Read "A <word> B", A being the later or lower instrument.
RELATIONS: Mapping[RelationKind, str] = MappingProxyType(
    {
        RelationKind.IMPLEMENTS: "thực hiện",
        RelationKind.DISSEMINATES: "quán triệt",
        RelationKind.BASED_ON: "căn cứ",
        RelationKind.PROMULGATES: "ban hành kèm theo",
        RelationKind.AMENDS: "sửa đổi, bổ sung",
        RelationKind.REPLACES: "thay thế",
        RelationKind.REPEALS: "bãi bỏ",
        RelationKind.DETAILS: "quy định chi tiết",
        RelationKind.GUIDES: "hướng dẫn",
        RelationKind.EXTENDS: "gia hạn",
        RelationKind.SUSPENDS: "đình chỉ",
        RelationKind.CORRECTS: "đính chính",
        RelationKind.CONSOLIDATES: "hợp nhất",
        RelationKind.REVIEWS: "sơ kết, tổng kết",
        RelationKind.DRAFTS: "dự thảo",
        RelationKind.MENTIONS: "dẫn chiếu",
    }
)
STRENGTHS: Mapping[Strength, str] = MappingProxyType(
    {
        Strength.DOCUMENT: "cả văn bản",
        Strength.TASK: "trong nhiệm vụ",
        Strength.MENTION: "chỉ nhắc đến",
    }
)
ROLES: Mapping[Role, str] = MappingProxyType(
    {
        Role.DIRECTS: "chỉ đạo",
        Role.LEADS: "chủ trì",
        Role.PERFORMS: "thực hiện",
        Role.COORDINATES: "phối hợp",
        Role.MONITORS: "theo dõi, kiểm tra",
    }
)
COUNTERPARTIES: Mapping[CounterpartyKind, str] = MappingProxyType(
    {
        CounterpartyKind.REPORTS_TO: "báo cáo",
        CounterpartyKind.VIA: "qua",
        CounterpartyKind.SENDS_TO: "gửi",
        CounterpartyKind.COORDINATES_WITH: "phối hợp với",
        CounterpartyKind.OVERSEES: "theo dõi",
    }
)
DEADLINES: Mapping[DeadlineKind, str] = MappingProxyType(
    {
        DeadlineKind.BEFORE: "trước ngày",
        DeadlineKind.BY: "chậm nhất",
        DeadlineKind.INTERVAL: "trong khoảng",
        DeadlineKind.RECURRING: "định kỳ",
        DeadlineKind.CONTINUOUS: "thường xuyên",
        DeadlineKind.EVENT: "theo sự việc",
        DeadlineKind.UNSPECIFIED: "hạn chưa xác định",
    }
)
BODY_KINDS: Mapping[BodyKind, str] = MappingProxyType(
    {BodyKind.ORGANIZATION: "cơ quan, đơn vị", BodyKind.POST: "chức danh", BodyKind.CLASS: "nhóm đơn vị"}
)
DIRECTIONS: Mapping[Direction, str] = MappingProxyType(
    {Direction.UP: "Lên trên", Direction.DOWN: "Xuống dưới", Direction.OWN: "Của mình"}
)
FAMILIES: Mapping[Family, str] = MappingProxyType(
    {
        Family.STATE_NORMATIVE: "quy phạm pháp luật",
        Family.STATE_ADMIN: "hành chính nhà nước",
        Family.PARTY: "văn bản Đảng",
        Family.MASS_ORG: "đoàn thể",
        Family.JOINT: "liên tịch",
    }
)
STAGES: Mapping[str, str] = MappingProxyType({"draft": "dự thảo", "proposed": "mới đề xuất"})
PROPERTIES: Mapping[str, str] = MappingProxyType(
    {
        "type": "Loại văn bản",
        "number": "Số",
        "symbol": "Ký hiệu",
        "date": "Ngày ban hành",
        "issuer": "Cơ quan ban hành",
        "title": "Trích yếu",
        "signer": "Người ký",
    }
)
VERDICTS: Mapping[str, str] = MappingProxyType(
    {"same": "là một văn bản", "different": "là hai văn bản", "later": "để sau", "undo": "rút lại"}
)
CONFLICTS: Mapping[str, str] = MappingProxyType(
    {
        "number": "Hai số cho một văn bản",
        "date": "Hai ngày cho một văn bản",
        "issuer": "Hai cơ quan ban hành cho một văn bản",
        "type": "Hai loại cho một văn bản",
        "title": "Hai trích yếu cho một văn bản",
        "symbol": "Hai ký hiệu cho một văn bản",
        "possible_same": "Có thể là một văn bản",
        "weak": "Coi là một khi chưa chắc",
    }
)
_ZONES = {
    "header": "thể thức",
    "title": "trích yếu",
    "addressees": "kính gửi",
    "preamble": "mở đầu",
    "closing": "phần cuối",
    "signature": "chữ ký",
    "recipients": "nơi nhận",
    "annex": "phụ lục",
}
_PERIODS = {"P1D": "hằng ngày", "P1W": "hằng tuần", "P7D": "hằng tuần", "P1M": "hằng tháng", "P3M": "hằng quý"}
_PERIODS |= {"P6M": "6 tháng một lần", "P1Y": "hằng năm", "P2Y": "2 năm một lần", "P5Y": "5 năm một lần"}


def day(iso: str | None) -> str:
    """Write an ISO date as people here write it; see ``ontology.validity.written``.

    Example:
        >>> day("2023-02-27"), day("2023-09"), day("2023"), day(None)
        ('27/02/2023', '9/2023', '2023', '')
    """
    return written(iso)


def label(table: Mapping[str, str], key: str | None) -> str:
    """Give the word for a term, the term itself where a newer store knows one that this page does not."""
    return table.get(key, key) if key else ""


def period(value: str | None) -> str:
    """Write an interval or recurrence (``2021/2025``, ``P6M,P1Y``) in Vietnamese.

    Example:
        >>> period("P6M,P1Y"), period("2021/2025"), period("2023-04-01")
        ('6 tháng một lần, hằng năm', 'từ 2021 đến 2025', '01/4/2023')
    """
    if not value:
        return ""
    if value.startswith("P"):
        return ", ".join(_PERIODS.get(p, p) for p in value.split(","))
    start, _, end = value.partition("/")
    return f"từ {day(start)} đến {day(end)}" if end else day(start)


def deadline_meaning(deadline: Deadline | None) -> str:
    """Say what a time phrase means as a date, empty where the phrase alone says it all."""
    if deadline is None:
        return ""
    if deadline.last_day:
        return f"ngày cuối {day(deadline.last_day)}"
    if deadline.kind in (DeadlineKind.CONTINUOUS, DeadlineKind.EVENT, DeadlineKind.UNSPECIFIED):
        return DEADLINES[deadline.kind]
    return period(deadline.value) or DEADLINES[deadline.kind]


def section(path: str) -> str:
    """Write a section as people cite it; a label that stands twice in the document says which one it is.

    Example:
        >>> section("III#2.1"), section("closing"), section("dieu-5.2"), section("")
        ('III (thứ 2).1', 'phần cuối', 'Điều 5.2', '–')
    """
    if not path:
        return "–"
    shown = []
    for part in path.split("."):
        name, _, turn = part.partition("#")
        name = f"Điều {name[5:]}" if name.startswith("dieu-") else _ZONES.get(name, name)
        shown.append(f"{name} (thứ {turn})" if turn else name)
    return ".".join(shown)


def target(value: Target) -> str:
    """Write a target with its comparator and unit, shorter than the sentence it stands in.

    Example:
        >>> target(Target(text="trên 90% hồ sơ", comparator=">", value=90.0, unit="%"))
        '> 90 %'
    """
    if value.value is None:
        return value.text
    return " ".join(x for x in (value.comparator or "", f"{value.value:g}".replace(".", ","), value.unit or "") if x)
