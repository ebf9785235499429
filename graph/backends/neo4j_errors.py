"""What the driver of Neo4j raises, told as our own errors: what is wrong, where, and what to do."""

from collections.abc import Iterator
from contextlib import contextmanager

from neo4j import exceptions as raised

from ontology.errors import InvalidInputError, StoreError, StoreUnavailableError

STOPPED = "không kết nối được hoặc máy chủ vừa dừng; hãy kiểm tra máy chủ Neo4j rồi chạy lại, phần đã nạp vẫn nguyên"
_REFUSED = "sai tên hoặc mật khẩu; hãy đặt NEO4J_USER và NEO4J_PASSWORD"
_SLOW = "quá thời hạn trả lời; hãy hỏi hẹp hơn hoặc tăng thời hạn: ?timeout=GIÂY ở cuối địa chỉ kho"
_REMEDIES = (
    ("Neo.ClientError.Security.Forbidden", "tài khoản này không có quyền làm việc đó; hãy dùng tài khoản khác"),
    ("Neo.ClientError.Security.AuthenticationRateLimit", "sai mật khẩu quá nhiều lần; hãy chờ rồi thử lại"),
    ("Neo.ClientError.Security", _REFUSED),
    ("Neo.ClientError.Database.DatabaseNotFound", "máy chủ không có cơ sở dữ liệu này; hãy kiểm tra địa chỉ kho"),
    ("Neo.ClientError.Transaction.TransactionTimedOut", _SLOW),
    ("Neo.TransientError.Transaction.TransactionTimedOut", _SLOW),
    ("Neo.TransientError.General.MemoryPoolOutOfMemoryError", "máy chủ thiếu bộ nhớ cho việc này; hãy cấp thêm"),
    ("Neo.TransientError.General.OutOfMemoryError", "máy chủ thiếu bộ nhớ; hãy cấp thêm"),
    ("Neo.TransientError.Transaction.LockClientStopped", "tiến trình khác đang ghi kho; hãy chờ nó xong rồi chạy lại"),
    ("Neo.TransientError.Transaction", "tiến trình khác đang ghi kho; hãy chờ nó xong rồi chạy lại"),
    ("Neo.TransientError.General.DatabaseUnavailable", "cơ sở dữ liệu đang dừng; hãy chờ hoặc khởi động lại máy chủ"),
    ("Neo.ClientError.Cluster.NotALeader", "máy này của cụm chỉ đọc được; hãy dùng địa chỉ neo4j:// của cụm"),
    ("Neo.ClientError.General.ForbiddenOnReadOnlyDatabase", "cơ sở dữ liệu này chỉ đọc được"),
)


@contextmanager
def told_as_ours(place: str) -> Iterator[None]:
    """Raise what goes wrong in the block as an error of ours.

    A message of the server may hold text of documents, so only its code is told.

    Args:
        place: Where the store is, without name and password.

    Raises:
        StoreUnavailableError: The server cannot be reached, refuses, or is too slow.
        StoreError: Something else failed on the server.
        InvalidInputError: The address cannot be used.
    """
    try:
        yield
    except raised.AuthError as error:
        raise _unavailable(place, _REFUSED) from error
    except raised.Neo4jError as error:
        raise _translated(place, error) from error
    except (raised.ConfigurationError, raised.UnsupportedServerProduct) as error:
        raise InvalidInputError(f"kho {place}: địa chỉ hoặc máy chủ không dùng được", place=place) from error
    except (raised.DriverError, OSError) as error:
        raise _unavailable(place, STOPPED) from error


def _translated(place: str, error: raised.Neo4jError) -> StoreError:
    code = error.code or "?"
    remedy = next((text for sign, text in _REMEDIES if code.startswith(sign)), None)
    if remedy is not None:
        return _unavailable(place, remedy, code)
    return StoreError(f"kho {place}: máy chủ Neo4j báo lỗi {code}", place=place, code=code)


def _unavailable(place: str, remedy: str, code: str | None = None) -> StoreUnavailableError:
    told = f" ({code})" if code else ""
    return StoreUnavailableError(f"kho {place}: {remedy}{told}", place=place, remedy=remedy)
