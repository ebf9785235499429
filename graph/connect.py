"""From a URL to a store: one table of schemes."""

from collections.abc import Callable

from graph.backends.memory import MemoryStore
from graph.backends.sqlite import SqliteStore
from graph.store import Store
from ontology.errors import InvalidInputError, StoreUnavailableError

EXAMPLES = "memory:, sqlite:./luocdo.db"


def connect(url: str, *, read_only: bool = False) -> Store:
    """Open a store.

    Args:
        url: ``memory:`` or ``sqlite:PATH``.
        read_only: Open only to ask: no file is made or changed, and writing raises StoreUnavailableError.

    Raises:
        InvalidInputError: The URL has no known scheme.
        StoreUnavailableError: The store cannot be opened, or is not there and may not be made.
        StoreVersionError: A newer version of the program wrote it.
    """
    scheme, colon, rest = url.partition(":")
    opener = STORES.get(scheme.lower()) if colon else None
    if opener is None:
        raise InvalidInputError(f"không hiểu địa chỉ kho {url!r}; ví dụ: {EXAMPLES}", url=url)
    return opener(rest, read_only)


def _memory(_: str, read_only: bool) -> Store:
    return MemoryStore(read_only=read_only)


def _sqlite(path: str, read_only: bool) -> Store:
    return SqliteStore(path or "./luocdo.db", read_only=read_only)


def _neo4j(rest: str, _: bool) -> Store:
    raise StoreUnavailableError(f"kho neo4j:{rest} chưa hỗ trợ trong bản này; ví dụ: {EXAMPLES}")


STORES: dict[str, Callable[[str, bool], Store]] = {
    "memory": _memory,
    "sqlite": _sqlite,
    "neo4j": _neo4j,
    "bolt": _neo4j,
}
