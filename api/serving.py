"""Listen before anything is told: the address that is shown is the one that answers."""

import socket

from ontology.errors import InvalidInputError
from ontology.system import said

_WAITING = 2048  # connections that may wait to be taken


def listen(host: str, port: int) -> socket.socket:
    """Listen on an address; port 0 takes a free one.

    Raises:
        InvalidInputError: No such address on this machine, the port is taken or may not be used.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as error:
        remedy = "ghi địa chỉ của máy này, như 127.0.0.1"
        raise InvalidInputError(f"không có máy nào tên {host}", remedy=remedy) from error
    family, kind, protocol, _, address = min(found, key=lambda one: one[0] != socket.AF_INET)  # localhost: 127.0.0.1
    made = socket.socket(family, kind, protocol)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(address)
        made.listen(_WAITING)
    except OSError as error:
        made.close()
        remedy = "chọn cổng khác bằng --port, hoặc địa chỉ khác bằng --host"
        raise InvalidInputError(f"không mở được {host} cổng {port}: {said(error)}", remedy=remedy) from error
    return made


def address_of(host: str, listening: socket.socket) -> str:
    """The address that a browser opens.

    Example:
        >>> with listen("127.0.0.1", 0) as one:
        ...     address_of("127.0.0.1", one) == f"http://127.0.0.1:{one.getsockname()[1]}/"
        True
    """
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{listening.getsockname()[1]}/"
