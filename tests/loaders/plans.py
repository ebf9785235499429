"""Plans of our own writing, and the duties read from them."""

from loaders.citations import find_citations
from loaders.document import SourceText
from loaders.header import read_header
from loaders.layout import lay_out
from loaders.obligations import find_obligations
from ontology.record import Obligation

PLAN = """ỦY BAN NHÂN DÂN TỈNH AN HẢI
SỞ NỘI VỤ

Số: 15/KH-SNV

An Hải, ngày 12 tháng 02 năm 2024

KẾ HOẠCH
Thực hiện công tác cải cách hành chính năm 2024

Thực hiện Kế hoạch số 20/KH-UBND ngày 05/02/2024 của UBND tỉnh, Sở Nội vụ ban hành Kế hoạch như sau:

I. MỤC ĐÍCH, YÊU CẦU

1. Nâng cao nhận thức của công chức về cải cách hành chính.

II. CÁC CHỈ TIÊU ĐẾN NĂM 2025

- Giải quyết đúng hạn 100% hồ sơ của tổ chức, công dân.

III. NỘI DUNG THỰC HIỆN

1. Rà soát, cắt giảm thủ tục hành chính theo Nghị quyết số 76/NQ-CP ngày 15/7/2021 của Chính phủ.

- Chỉ đạo: Giám đốc Sở.

- Tham mưu, thực hiện: Văn phòng Sở và các phòng, đơn vị trực thuộc.

- Thời gian thực hiện: Thường xuyên trong năm 2024.

2. Công bố quy trình nội bộ trên cổng (Chủ trì: Văn phòng Sở; phối hợp: Phòng Tổ chức bộ máy; hạn: Quý II/2024).

3. Nâng cao chất lượng tiếp công dân

- Tiếp công dân đúng lịch.

- Thường xuyên đối thoại với người dân.

IV. TỔ CHỨC THỰC HIỆN

1. Văn phòng Sở

- Tổng hợp, báo cáo kết quả thực hiện về UBND tỉnh (qua Sở Tài chính) chậm nhất ngày 30/11/2024.

- Định kỳ 6 tháng, 01 năm đánh giá việc thực hiện.

2. Giao Thanh tra Sở theo dõi, đôn đốc các phòng, đơn vị; gửi báo cáo về Văn phòng Sở trước ngày 15/11/2024.

3. Phòng Công chức chủ trì, phối hợp với Phòng Tổ chức bộ máy xây dựng kế hoạch bồi dưỡng.

Trong quá trình thực hiện, nếu có vướng mắc, đề nghị các phòng, đơn vị kịp thời phản ánh về Văn phòng Sở./.

Nơi nhận:
- Như trên;
- Lưu: VT.

GIÁM ĐỐC

Nguyễn Văn Bình
"""


def source(text: str) -> SourceText:
    return SourceText("mem", "mem.txt", "0" * 64, "text/plain", "file", text)


def duties(text: str) -> list[Obligation]:
    layout = lay_out(source(text))
    header = read_header(layout)
    return find_obligations(layout, header, find_citations(layout, header))


def plan_with(items: str, closing: str = "") -> str:
    """A plan whose tasks are the given lines."""
    head, _, _ = PLAN.partition("II. CÁC CHỈ TIÊU")
    return f"{head}II. NHIỆM VỤ\n\n{items}\n\n{closing}\n\nNơi nhận:\n- Lưu: VT.\n\nGIÁM ĐỐC\n\nNguyễn Văn Bình\n"


def only(items: str) -> Obligation:
    (found,) = duties(plan_with(items))
    return found


def bearers(duty: Obligation) -> list[tuple[str, str]]:
    return [(b.name, b.role) for b in duty.bearers]


def others(duty: Obligation) -> list[tuple[str, str]]:
    return [(c.name, c.kind) for c in duty.counterparties]
