"""Why a file is refused, in words for the person who has to do something about it."""

import os
from pathlib import Path

from ontology.errors import LimitExceededError, UnreadableFileError

# reason (stable word): (what is wrong, what to do); {…} are facts given with the refusal
_REASONS = {
    "missing": ("tệp không tồn tại", "Kiểm tra lại đường dẫn"),
    "not_a_file": ("đường dẫn không phải là một tệp thông thường", "Chỉ đưa vào tệp văn bản hoặc thư mục"),
    "no_permission": ("không có quyền đọc", "Cấp quyền đọc (chmod +r; thư mục cần cả +x) hoặc chép sang nơi đọc được"),
    "io_error": ("lỗi khi đọc từ đĩa ({cause})", "Kiểm tra ổ đĩa hoặc chép lại tệp rồi thử lại"),
    "symlink_loop": ("liên kết vòng, không dẫn tới tệp nào", "Xóa liên kết hoặc đưa thẳng tệp gốc vào"),
    "empty": ("tệp rỗng, không có chữ nào", "Kiểm tra lại bản gốc rồi lưu lại tệp"),
    "unknown_extension": (
        "không nhận biết đuôi tệp “{extension}”",
        "Dùng tệp .txt, .md, .html, .docx, .doc, .rtf, .xlsx, .xls, .ppt, .pdf, .png, .jpg, .tiff hoặc .zip",
    ),
    "wrong_extension": (
        "đuôi tệp là “{extension}” nhưng nội dung là {content}",
        "Đổi đuôi tệp cho đúng nội dung hoặc xuất lại văn bản rồi nạp lại",
    ),
    "binary": (
        "nội dung là dữ liệu nhị phân, không phải văn bản",
        "Kiểm tra lại đuôi tệp; xuất văn bản ra .txt, .docx hoặc .pdf",
    ),
    "invalid_utf8": (
        "không phải UTF-8: byte sai đầu tiên ở vị trí {byte} (dòng {line})",
        "Lưu lại tệp với bảng mã UTF-8",
    ),
    "legacy_encoding": (
        "có vẻ dùng bảng mã tiếng Việt cũ (TCVN3, VNI hoặc VPS) nhưng không đọc chắc được; "
        "byte đầu tiên ngoài UTF-8 ở vị trí {byte}",
        "Chuyển sang Unicode UTF-8 bằng công cụ chuyển mã rồi nạp lại",
    ),
    "no_converter": (
        "là văn bản Word đời cũ ({extension}), cần LibreOffice để đọc mà máy này chưa có",
        "Cài gói libreoffice-writer-nogui (apt-get install libreoffice-writer-nogui) rồi nạp lại, "
        "hoặc lưu tệp thành .docx",
    ),
    "no_sheet_converter": (
        "là bảng tính Excel đời cũ ({extension}), cần LibreOffice để đọc mà máy này chưa có",
        "Cài gói libreoffice-calc-nogui (apt-get install libreoffice-calc-nogui) rồi nạp lại, hoặc lưu tệp thành .xlsx",
    ),
    "not_converted": (
        "không chuyển đổi được bằng LibreOffice (tệp hỏng, có mật khẩu, hoặc thiếu gói cho loại tệp này)",
        "Cài libreoffice-writer-nogui và libreoffice-calc-nogui; nếu vẫn lỗi, mở bằng Word và lưu lại thành .docx",
    ),
    "no_ocr": (
        "là bản quét, cần Tesseract tiếng Việt để nhận dạng chữ mà máy này chưa có",
        "Cài gói tesseract-ocr và tesseract-ocr-vie (apt-get install tesseract-ocr tesseract-ocr-vie) rồi nạp lại",
    ),
    "ocr_failed": ("nhận dạng chữ bị lỗi hoặc quá lâu", "Quét lại rõ hơn, ở 300 dpi, hoặc xin bản có chữ"),
    "nothing_recognised": ("là ảnh không nhận ra chữ nào", "Quét lại rõ hơn, ở 300 dpi, đúng chiều"),
    "too_many_scans": ("có hơn {limit} trang quét", "Tách nhỏ tệp hoặc tăng giới hạn số trang quét"),
    "too_many_pixels": ("ảnh có hơn {limit} điểm", "Quét lại ở 300 dpi hoặc thu nhỏ ảnh"),
    "not_xlsx": ("không phải là bảng tính .xlsx đúng dạng", "Mở bằng Excel và lưu lại thành .xlsx"),
    "too_many_rows": ("có bảng hơn {limit} dòng", "Tách nhỏ bảng tính"),
    "not_zip": ("không phải là tệp nén .zip đúng dạng", "Giải nén tệp gốc và nạp thư mục"),
    "archive": (
        "là tệp nén, chứa nhiều văn bản",
        "Nạp tệp nén bằng lệnh load; từng văn bản bên trong có đường dẫn “tệp.zip/tên văn bản”",
    ),
    "nested_archive": ("là tệp nén nằm trong tệp nén", "Giải nén tệp ngoài rồi nạp lại"),
    "unsafe_name": ("tên tệp dẫn ra ngoài tệp nén", "Không dùng tệp nén này; xin lại bản gốc từ nơi gửi"),
    "duplicate_name": ("trùng tên với văn bản khác trong tệp nén", "Giải nén, đặt lại tên rồi nạp thư mục"),
    "too_many_members": ("chứa hơn {limit} văn bản", "Giải nén và nạp thư mục"),
    "encrypted": ("được bảo vệ bằng mật khẩu", "Gỡ mật khẩu rồi nạp lại"),
    "not_docx": ("không phải là tệp Word .docx đúng dạng ({cause})", "Mở bằng Word và lưu lại thành .docx"),
    "not_pdf": ("không phải là tệp PDF", "Xuất lại tệp PDF từ văn bản gốc"),
    "damaged": ("tệp bị hỏng hoặc thiếu dữ liệu ({cause})", "Tải hoặc xuất lại tệp từ bản gốc"),
    "no_text_layer": (
        "là bản quét, không có lớp chữ",
        "Xin bản có chữ, hoặc cài tesseract-ocr và tesseract-ocr-vie để Lược Đồ nhận dạng",
    ),
    "some_pictures": (
        "có {pages} trang là ảnh, không có lớp chữ",
        "Cài tesseract-ocr và tesseract-ocr-vie để Lược Đồ nhận dạng các trang đó",
    ),
    "garbled_text_layer": (
        "lớp chữ của PDF không giải mã được (phông không có bảng Unicode)",
        "Xuất lại PDF với phông Unicode hoặc chạy nhận dạng chữ (ocrmypdf --force-ocr -l vie)",
    ),
    "too_many_bytes": ("lớn {size} byte, quá giới hạn {limit} byte", "Tách nhỏ tệp hoặc tăng giới hạn dung lượng"),
    "too_many_characters": ("có {size} ký tự, quá giới hạn {limit}", "Tách nhỏ văn bản hoặc tăng giới hạn"),
    "line_too_long": (
        "có một dòng dài {size} ký tự, quá giới hạn {limit}",
        "Kiểm tra xem tệp có phải văn bản không; ngắt dòng hoặc tăng giới hạn",
    ),
    "too_many_lines": ("có {size} dòng, quá giới hạn {limit}", "Tách nhỏ văn bản hoặc tăng giới hạn"),
    "too_many_citations": ("viện dẫn hơn {limit} văn bản, không thể là một văn bản", "Tách nhỏ tệp rồi nạp lại"),
    "too_many_pages": ("có hơn {limit} trang", "Tách nhỏ tệp hoặc tăng giới hạn số trang"),
    "too_slow": ("đọc quá {limit} giây", "Tách nhỏ tệp hoặc tăng giới hạn thời gian"),
    "too_much_memory": ("cần hơn {limit} MB bộ nhớ để đọc", "Tách nhỏ tệp hoặc tăng giới hạn bộ nhớ"),
    "reader_died": (
        "bộ đọc tệp bị dừng đột ngột ({cause}): hết bộ nhớ cho phép, hoặc tệp hỏng hay cố ý làm sai",
        "Xuất lại tệp từ bản gốc; nếu tin tệp này, tăng giới hạn bộ nhớ rồi nạp lại",
    ),
    "reader_failed": (
        "bộ đọc tệp gặp lỗi chưa lường trước ({cause})",
        "Xuất lại tệp từ bản gốc và gửi tệp lỗi cho người phát triển",
    ),
    "too_deep": ("có cấu trúc lồng quá sâu", "Xuất lại tệp từ bản gốc"),
    "unpacked_too_large": (
        "khi giải nén vượt giới hạn {limit} (nghi là bom nén)",
        "Không mở tệp này; xin lại bản gốc từ nơi gửi",
    ),
    "too_many_entries": (
        "chứa {size} tệp con, quá giới hạn {limit} (nghi là bom nén)",
        "Không mở tệp này; xin lại bản gốc từ nơi gửi",
    ),
}
_LIMITS = {
    "too_many_bytes",
    "too_many_characters",
    "line_too_long",
    "too_many_lines",
    "too_many_citations",
    "too_many_pages",
    "too_slow",
    "too_much_memory",
    "too_deep",
    "unpacked_too_large",
    "too_many_entries",
    "too_many_scans",
    "too_many_pixels",
    "too_many_rows",
    "too_many_members",
}


def shown(name: str | Path) -> str:
    r"""Give a file name or path as one printable line of valid Unicode.

    Names on disk are bytes: they may hold line ends or no valid UTF-8.

    Example:
        >>> shown("a\nb.txt")
        'a\\nb.txt'
    """
    text = os.fsencode(name).decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


def refusal(path: Path, reason: str, **facts: str | int | float) -> UnreadableFileError:
    """Build the error for a file that is refused.

    Args:
        path: The file or folder.
        reason: One of the stable words above.
        facts: What the words of that reason need, and more details.

    Returns:
        The error, to be raised or reported; ``LimitExceededError`` where a limit is the reason.
    """
    what, remedy = _REASONS[reason]
    message = f"Không đọc được “{shown(path.name or path)}”: {what.format(**facts)}. {remedy}."
    kind = LimitExceededError if reason in _LIMITS else UnreadableFileError
    return kind(message, **{**facts, "file": shown(path), "reason": reason, "remedy": f"{remedy}."})
