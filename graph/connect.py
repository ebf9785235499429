"""From a URL to a store: one table of schemes."""

from collections.abc import Callable

from graph.backends.memory import MemoryStore
from graph.backends.sqlite import SqliteStore
from graph.store import Store
from ontology.errors import InvalidInputError

EXAMPLES = "memory:, sqlite:./luocdo.db, neo4j://máy-chủ:7687"


def connect(url: str, *, read_only: bool = False) -> Store:
    """Open a store.

    Args:
        url: ``memory:``, ``sqlite:PATH``, or ``neo4j://…`` and ``bolt://…`` as ``graph.backends.neo4j_address`` reads
            them.
        read_only: Open only to ask: no file is made or changed, and writing raises StoreUnavailableError.

    Raises:
        InvalidInputError: The URL has no known scheme.
        StoreUnavailableError: The store cannot be opened, or is not there and may not be made.
        StoreVersionError: A newer version of the program wrote it.
    """
    scheme, colon, rest = url.partition(":")
    opener = STORES.get(scheme.lower()) if colon else None
    if opener is None:
        shown = _without_password(url)
        raise InvalidInputError(f"không hiểu địa chỉ kho {shown!r}; ví dụ: {EXAMPLES}", url=shown)
    return opener(rest, read_only)


def _without_password(url: str) -> str:
    head, separator, rest = url.partition("://")
    place, slash, path = rest.partition("/")
    return f"{head}{separator}{place.rpartition('@')[2]}{slash}{path}"


def _memory(_: str, read_only: bool) -> Store:
    return MemoryStore(read_only=read_only)


def _sqlite(path: str, read_only: bool) -> Store:
    return SqliteStore(path or "./luocdo.db", read_only=read_only)


def _neo4j(scheme: str) -> Callable[[str, bool], Store]:
    def opener(rest: str, read_only: bool) -> Store:
        from graph.backends.neo4j import Neo4jStore  # noqa: PLC0415 - the driver is slow to import

        return Neo4jStore(f"{scheme}:{rest}", read_only=read_only)

    return opener


STORES: dict[str, Callable[[str, bool], Store]] = {
    "memory": _memory,
    "sqlite": _sqlite,
    **{f"{kind}{safety}": _neo4j(f"{kind}{safety}") for kind in ("neo4j", "bolt") for safety in ("", "+s", "+ssc")},
}
