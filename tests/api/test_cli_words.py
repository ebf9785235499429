"""The command line speaks Vietnamese of wrong use, in one line, and in its help."""

import re

import pytest

from tests.api.commands import run

COMMANDS = ("load", "ask", "duties", "export", "serve", "review", "sparql", "copy")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (("implements",), "còn thiếu VĂN_BẢN; hướng dẫn: luocdo implements -h"),
        (("review", "answer", "c-1", "same", "--by", "Hoa"), "còn thiếu --reason; hướng dẫn: luocdo review answer -h"),
        (("implement", "x"), "không có lệnh implement; có phải implements?; hướng dẫn: luocdo -h"),
        (("zzz",), "không có lệnh zzz; hướng dẫn: luocdo -h"),
        (("status", "--jsn"), "không có lựa chọn --jsn; có phải --json?; hướng dẫn: luocdo status -h"),
        (("status", "--zzz"), "không có lựa chọn --zzz; hướng dẫn: luocdo status -h"),
        (("status", "--store"), "lựa chọn --store cần một giá trị; hướng dẫn: luocdo"),
        (("status", "--json=1"), "lựa chọn --json không nhận giá trị; hướng dẫn: luocdo"),
        (("duties", "a", "b"), "thừa: b; hướng dẫn: luocdo duties -h"),
        (("duties", "a", "--limit", "-1"), "--limit: nhỏ nhất là 0; hướng dẫn: luocdo duties -h"),
        (("search", "a", "--limit", "99999"), "--limit: lớn nhất là 10000; hướng dẫn: luocdo search -h"),
        (("duties", "a", "--limit", "x"), "--limit: phải là một số; hướng dẫn: luocdo duties -h"),
        (("export", "-f", "x"), "--format / -f: «x» không phải là một trong turtle, trig"),
        (("due",), "cần --from hoặc --to; hướng dẫn: luocdo due -h"),
        (("ask", " "), "CÂU_HỎI: chưa có tên, số hoặc từ nào; hướng dẫn: luocdo ask -h"),
    ],
)
def test_wrong_use_is_one_vietnamese_line_and_status_two(typed: tuple[str, ...], told: str) -> None:
    code, out, err = run(*typed)
    assert (code, out) == (2, "")
    assert err.startswith(f"luocdo: usage: {told}")
    assert err.count("\n") == 1


@pytest.mark.parametrize("command", [(), *((c,) for c in COMMANDS)])
def test_help_is_in_vietnamese(command: tuple[str, ...]) -> None:
    code, out, _ = run(*command, "-h")
    assert code == 0
    assert out.lstrip().startswith("Cách dùng: luocdo")
    assert "In hướng dẫn này rồi thoát." in out
    english = r"Usage|Options|Arguments|Commands|\brequired\b|\bdefault\b|env var|Show|Install|<[a-z]+"
    assert re.findall(english, out) == []


def test_nothing_typed_is_answered_with_the_help() -> None:
    code, _, err = run()
    assert code == 2
    assert err.lstrip().startswith("Cách dùng: luocdo")
