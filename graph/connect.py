"""From a URL to a store: one table of schemes."""

from collections.abc import Callable

from graph.backends.memory import MemoryStore
from graph.backends.sqlite import SqliteStore
from graph.store import Store
from ontology.errors import InvalidInputError, StoreUnavailableError

EXAMPLES = "memory:, sqlite:./luocdo.db"


def connect(url: str) -> Store:
    """Open a store.

    Args:
        url: ``memory:`` or ``sqlite:PATH``.

    Raises:
        InvalidInputError: The URL has no known scheme.
        StoreUnavailableError: The store cannot be opened.
        StoreVersionError: A newer version of the program wrote it.
    """
    scheme, colon, rest = url.partition(":")
    opener = STORES.get(scheme.lower()) if colon else None
    if opener is None:
        raise InvalidInputError(f"không hiểu địa chỉ kho {url!r}; ví dụ: {EXAMPLES}", url=url)
    return opener(rest)


def _memory(_: str) -> Store:
    return MemoryStore()


def _sqlite(path: str) -> Store:
    return SqliteStore(path or "./luocdo.db")


def _neo4j(rest: str) -> Store:
    raise StoreUnavailableError(f"kho neo4j:{rest} chưa hỗ trợ trong bản này; ví dụ: {EXAMPLES}")


STORES: dict[str, Callable[[str], Store]] = {
    "memory": _memory,
    "sqlite": _sqlite,
    "neo4j": _neo4j,
    "bolt": _neo4j,
}
