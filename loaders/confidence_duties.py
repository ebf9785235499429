"""What makes a duty more or less sure: why it was taken as one, who bears it, when it is due, what was left over."""

import re
from collections.abc import Iterable

from loaders.confidence import finished
from ontology.record import Deadline, Obligation
from ontology.terms import Role

_MANY_BEARERS, _LONG, _LONG_NAME = 3, 700, 55
# First words of the names of bodies and of classes of them: a rough count, to see whether any was left over.
_HEAD = re.compile(
    r"(?<!\w)(?:Sở|Bộ(?! luật)|Ủy ban|Uỷ ban|UBND|HĐND|Ban|Cục|Vụ|Văn phòng|Phòng|Đảng [uủ][yỷ]|Trung tâm|Tổ|Công an|"
    r"Mặt trận|Tập đoàn|Chủ tịch|Giám đốc|Thủ trưởng|(?i:các|hệ thống|lực lượng) (?:sở|ban|bộ|cơ quan|đơn vị|đoàn thể|"
    r"xã|phường|thôn|trường|chủ|doanh nghiệp|tổ chức|địa phương|cấp|y tế|thông tin|khu))(?!\w)"
)
_INSTRUCTS = re.compile(
    r"(?<!\w)(?:chỉ đạo|lãnh đạo|phân công|yêu cầu|giao)\s+(?:các|hệ thống|lực lượng|[^\W\d_a-zà-ỹđ])"
)
_TIME = re.compile(
    r"(?<!\w)(?:thường xuyên|định kỳ|hằng|hàng|mỗi) |(?:ngày|tháng|năm|quý) (?:\d|[IV]+\b)|(?<!\d)\d{1,2}/(?:19|20)\d\d"
    r"|(?:sau|trước|ngay) khi|khi có|theo quy định"
)


def duty_signals(duty: Obligation, reason: str, noted: Iterable[str], damage: str, written: str) -> tuple[str, ...]:
    """Give what makes a duty more or less sure.

    Args:
        duty: What was read.
        reason: Why the paragraph was taken as a duty.
        noted: What was noted on the way.
        damage: How far the document is damaged.
        written: The words of the duty.
    """
    found = {f"by_{reason}", *noted, *_about_bearers(duty, written), *_about_time(duty.deadline, written)}
    if duty.counterparties:
        found.add("with_others")
    if len(written) > _LONG:
        found.add("long")
    return finished(found, written, damage)


def _about_bearers(duty: Obligation, written: str) -> Iterable[str]:
    roles = {bearer.role for bearer in duty.bearers}
    if not roles:
        yield "nobody"
    if len(duty.bearers) >= _MANY_BEARERS:
        yield "many_bearers"
    if len(roles) > 1:
        yield "several_roles"
    if roles == {Role.DIRECTS}:
        yield "directs_alone"  # whom they direct was not read
    elif Role.PERFORMS not in roles and _INSTRUCTS.search(written):
        yield "instructs"
    if any(_is_odd(bearer.name) for bearer in duty.bearers):
        yield "odd_name"
    names = [bearer.name for bearer in duty.bearers if not bearer.implied]
    names += [party.name for party in duty.counterparties]
    left = len(_HEAD.findall(written)) - sum(len(_HEAD.findall(name)) for name in names)
    if left > 0:
        yield "other_body" if left == 1 else "other_bodies"


def _is_odd(name: str) -> bool:
    """Tell whether a name runs on, or holds two names."""
    return len(name) > _LONG_NAME or any(part[:1].isupper() for part in name.split(", ")[1:])


def _about_time(deadline: Deadline | None, written: str) -> Iterable[str]:
    times = len(_TIME.findall(written))
    if deadline is None:
        if times:
            yield "time_words" if times > 1 else "time_word"
        return
    if deadline.implied:
        yield "due_above"
    else:
        yield f"due_{deadline.kind}" if deadline.value else f"due_{deadline.kind}_vague"
    if times > 1 + bool(not deadline.implied):
        yield "several_times"
