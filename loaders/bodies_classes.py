"""Classes of bodies: names that mean several without naming each."""

import re

_CLASS = re.compile(
    r"(?:^|[\s(])(?:[Cc]ác|[Nn]hững|[Mm]ỗi|[Tt]ừng|[Tt]oàn thể|[Qq]uý) |^(?:Sở|Bộ), |"
    r"(?:nhân dân|UBND) (?:các |xã,|phường,|huyện,)|cấp (?:xã|huyện|tỉnh|ủy|trên|có thẩm|thẩm)|"
    r"[Tt]ỉnh ủy, [Tt]hành ủy|"
    r"^(?:Cấp|Chính quyền|Cơ quan \w|Đơn vị \w|Địa phương|Nhân dân|Cán bộ|Công chức|Doanh nghiệp)"
)
# One unit for several others: "Phòng Dân vận các cơ quan nhà nước".
_ONE = re.compile(
    r"(?:Phòng|Vụ|Cục|Trung tâm|Ban [Qq]uản lý) (?:\w+ ){1,5}các "
    r"(?!huyện|xã|phường|thị|thành phố|quận|địa phương|sở|bộ|tỉnh|đơn vị|phòng)"
)


def is_class(name: str) -> bool:
    """Whether a name means a class of bodies.

    Example:
        >>> is_class("Trưởng các phòng, đơn vị"), is_class("Sở Nội vụ"), is_class("Phòng Nội vụ các huyện")
        (True, False, True)
    """
    return _CLASS.search(name) is not None and _ONE.match(name) is None
