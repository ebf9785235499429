"""HTML: what a browser shows, and nothing fetched or expanded."""

import socket
from pathlib import Path

import pytest

from loaders.source import Limits, read_bytes
from ontology.errors import LimitExceededError, UnreadableFileError


def text_of(html: str | bytes, name: str = "a.html") -> str:
    return read_bytes(html.encode() if isinstance(html, str) else html, Path(name)).text


def test_blocks_become_paragraphs_and_breaks_lines() -> None:
    html = "<html><head><title>T</title></head><body><h1>KẾ HOẠCH</h1>"
    html += "<p>về <b>công\n  tác</b>&nbsp;dân vận<br>năm 2023</p>"
    assert text_of(html) == "KẾ HOẠCH\n\nvề công tác dân vận\nnăm 2023"


def test_scripts_styles_navigation_and_hidden_text_are_left_out() -> None:
    html = "<script>alert(1)</script><style>p{}</style><nav>Trang chủ</nav>"
    html += "<p style='display: none'>ẩn</p><p>Thấy</p><!-- x -->"
    assert text_of(html) == "Thấy"


def test_tables_become_rows_with_merged_cells_repeated() -> None:
    html = (
        "<table><tr><th>TT</th><th>Nhiệm vụ</th><th>Chủ trì</th></tr>"
        "<tr><td>1<td><p>Rà soát</p><p>thủ tục</p>"
        "<td rowspan=2>Sở Nội vụ</tr><tr><td>2<td>Báo | cáo</tr><tr><td colspan=3>II. KHÁC</td></tr></table>"
    )
    source = read_bytes(html.encode(), Path("a.html"))
    assert source.text.split("\n") == [
        "TT | Nhiệm vụ | Chủ trì",
        "1 | Rà soát thủ tục | Sở Nội vụ",
        "2 | Báo ¦ cáo | Sở Nội vụ",
        "II. KHÁC",
    ]
    assert source.tables == ((0, len(source.text)),)


def test_lists_carry_the_numbers_a_browser_shows() -> None:
    html = "<ol start=3><li>Ba<li>Bốn<ul><li>Gạch</ul><li value=9>Chín</ol>"
    assert text_of(html).split("\n\n") == ["3. Ba", "4. Bốn", "- Gạch", "9. Chín"]


def test_a_head_table_and_tables_of_tables_become_lines() -> None:
    html = (
        "<table><tr><td><table><tr><td>UBND TỈNH<br>AN PHÚ</td>"
        "<td>ĐỘC LẬP - TỰ DO - HẠNH PHÚC</td></tr></table></td></tr>"
        "<tr><td><p>Nội dung</p></td></tr></table>"
    )
    assert text_of(html) == "UBND TỈNH\nAN PHÚ\n\nĐỘC LẬP - TỰ DO - HẠNH PHÚC\n\nNội dung"


def test_a_declared_old_code_page_is_obeyed() -> None:
    html = b"<html><head><meta charset='windows-1252'></head><p>\x93caf\xe9\x94</p>"
    assert text_of(html) == "“café”"


def test_word_saved_as_a_web_page_under_doc_is_read() -> None:
    assert text_of("<html><body><p>Báo cáo</p></body></html>", "a.doc") == "Báo cáo"


@pytest.mark.usefixtures("in_this_process")
def test_nothing_is_fetched_and_no_entity_expanded(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("network")

    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    bomb = '<!DOCTYPE html SYSTEM "http://example.org/x.dtd" [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    text = text_of(
        bomb + "<p>Chữ &b; <img src='http://example.org/i.png'><iframe src='file:///etc/passwd'>x</iframe></p>"
    )
    assert "haha" not in text
    assert text.startswith("Chữ") or "Chữ" in text


def test_elements_nested_too_deep_are_refused_not_lost() -> None:
    deep = "<div>" * 150 + "đáy" + "</div>" * 150
    assert text_of(deep) == "đáy"
    with pytest.raises(LimitExceededError) as caught:
        read_bytes(("<div>" * 5000 + "đáy").encode(), Path("a.html"))
    assert caught.value.details["reason"] == "too_deep"
    with pytest.raises(LimitExceededError):
        read_bytes(deep.encode(), Path("a.html"), Limits(depth=50))


def test_a_page_without_words_is_empty() -> None:
    with pytest.raises(UnreadableFileError) as caught:
        text_of("<html><body><img src=x></body></html>")
    assert caught.value.details["reason"] == "empty"
