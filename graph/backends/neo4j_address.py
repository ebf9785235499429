"""Addresses of Neo4j stores: where the server is and who asks; the password is in no text that anybody sees."""

import os
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

import msgspec

from ontology.errors import InvalidInputError

SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
EXAMPLE = "neo4j://máy-chủ:7687"
PORT = 7687
_LONGEST = 3600  # seconds


class Address(msgspec.Struct, frozen=True, kw_only=True):
    """A server, a database on it, and who asks.

    Attributes:
        uri: As the driver takes it, without name and password.
        shown: What messages and ``luocdo status`` may say.
        user, password: None where the server asks for none.
        database: None for the server's own default.
        timeout: Seconds that a question may take; None for the default.
    """

    uri: str
    shown: str
    user: str | None = None
    password: str | None = None
    database: str | None = None
    timeout: float | None = None

    def __repr__(self) -> str:
        return f"Address({self.shown!r})"


def parse_address(url: str) -> Address:
    """Read the address of a store.

    Args:
        url: ``neo4j://[user:password@]host[:port][/database][?timeout=seconds]``, also ``bolt://`` and both with
            ``+s`` (encrypted) or ``+ssc`` (encrypted, any certificate). Name and password that it does not give are
            taken from the environment: NEO4J_USER and NEO4J_PASSWORD.

    Raises:
        InvalidInputError: It is no such address.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port or PORT
    except ValueError as error:
        raise _refused("địa chỉ kho Neo4j không đọc được") from error
    if parts.scheme not in SCHEMES or not host:
        raise _refused("địa chỉ kho Neo4j thiếu tên máy chủ")
    database = parts.path.strip("/") or None
    if database is not None and "/" in database:
        raise _refused("địa chỉ kho Neo4j chỉ nêu được một cơ sở dữ liệu")
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    timeout = _seconds(options.pop("timeout", None))
    place = f"{parts.scheme}://{f'[{host}]' if ':' in host else host}:{port}"
    user = unquote(parts.username) if parts.username else os.environ.get("NEO4J_USER")
    password = unquote(parts.password) if parts.password else os.environ.get("NEO4J_PASSWORD")
    return Address(
        uri=f"{place}?{urlencode(options)}" if options else place,
        shown=f"{place}/{database}" if database else place,
        user=user if user or not password else "neo4j",
        password=password,
        database=database,
        timeout=timeout,
    )


def _seconds(told: str | None) -> float | None:
    if told is None:
        return None
    try:
        seconds = float(told)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= _LONGEST:
        raise _refused(f"timeout của địa chỉ kho phải là số giây từ 1 đến {_LONGEST}")
    return seconds


def _refused(why: str) -> InvalidInputError:
    return InvalidInputError(f"{why}; ví dụ: {EXAMPLE}")
