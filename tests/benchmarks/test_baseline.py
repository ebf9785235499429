"""The plain baseline is honest work: on an easy plan it reads what there is to read."""

from benchmarks import baseline

PLAN = """ỦY BAN NHÂN DÂN TỈNH ĐỒNG HẢI
Số: 7/KH-UBND
Đồng Hải, ngày 05 tháng 3 năm 2026

KẾ HOẠCH
Trồng cây ven đường năm 2026

Thực hiện Chỉ thị số 9-CT/TU ngày 11/02/2026 của Ban Thường vụ Tỉnh ủy về trồng cây, Ủy ban nhân dân tỉnh ban hành Kế
hoạch trồng cây ven đường năm 2026 trên địa bàn toàn tỉnh với các nội dung sau đây để các cơ quan thực hiện.

1. Sở Xây dựng chủ trì, phối hợp với Sở Tài chính lập danh mục tuyến đường, xong trước ngày 01/4/2026.

2. Tổ chức tuyên truyền về lợi ích của cây xanh cho người dân sống ven các tuyến đường, thường xuyên.
"""


def test_the_baseline_reads_a_plain_plan() -> None:
    record = baseline.read(PLAN)
    head = record["instrument"]
    assert (head["type"], head["number"], head["symbol"], head["date"]) == ("KẾ HOẠCH", "7", "KH-UBND", "2026-03-05")
    (cited,) = record["citations"]
    assert (cited["number"], cited["symbol"], cited["date"]) == ("9", "CT/TU", "2026-02-11")
    assert cited["relation"] == "implements"
    one, two = record["obligations"]
    assert one["bearers"] == [{"name": "Sở Xây dựng", "role": "leads"}]
    assert one["counterparties"] == [{"name": "Sở Tài chính", "kind": "coordinates_with"}]
    assert one["deadline"]["value"] == "2026-04-01"
    assert two["deadline"]["kind"] == "continuous"
    assert PLAN[two["start"] : two["end"]].startswith("Tổ chức tuyên truyền")
