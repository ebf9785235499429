"""What the operating system refuses, in Vietnamese."""

import errno
from collections.abc import Mapping
from types import MappingProxyType

_SAID: Mapping[int, str] = MappingProxyType(
    {
        errno.ENOENT: "không có tệp hoặc thư mục này",
        errno.EACCES: "không có quyền",
        errno.EPERM: "hệ thống không cho phép",
        errno.EEXIST: "đã có tệp hoặc thư mục tên này",
        errno.EISDIR: "đó là một thư mục",
        errno.ENOTDIR: "một phần của đường dẫn không phải là thư mục",
        errno.ENOTEMPTY: "thư mục không trống",
        errno.ENAMETOOLONG: "tên dài quá",
        errno.ELOOP: "liên kết vòng tròn",
        errno.ENOSPC: "hết chỗ trên đĩa",
        errno.EDQUOT: "hết phần đĩa được cấp",
        errno.EFBIG: "tệp lớn quá mức hệ thống cho phép",
        errno.EROFS: "đĩa hoặc thư mục chỉ cho đọc",
        errno.EIO: "đĩa hoặc thiết bị lỗi",
        errno.ENXIO: "không có thiết bị này",
        errno.EBUSY: "đang được dùng",
        errno.EMFILE: "mở quá nhiều tệp cùng lúc",
        errno.ENFILE: "cả máy mở quá nhiều tệp cùng lúc",
        errno.ENOMEM: "hết bộ nhớ",
        errno.EADDRINUSE: "cổng đang được chương trình khác dùng",
        errno.EADDRNOTAVAIL: "máy này không có địa chỉ đó",
    }
)


def said(error: OSError) -> str:
    """Say in a few words what the operating system refused.

    Example:
        >>> said(FileNotFoundError(errno.ENOENT, "No such file or directory"))
        'không có tệp hoặc thư mục này'
        >>> said(OSError(errno.EPIPE, "Broken pipe"))
        'lỗi hệ thống 32'
    """
    return said_number(error.errno)


def said_number(number: int | None) -> str:
    """As ``said``, for the number of an error (``errno``)."""
    if number is None:
        return "lỗi hệ thống"
    return _SAID.get(number, f"lỗi hệ thống {number}")
