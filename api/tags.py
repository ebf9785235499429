"""What an asker has already is not worked out again: tags of answers are remembered while the store stays as it is."""

from collections import OrderedDict
from collections.abc import Callable
from datetime import date
from threading import Lock

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ontology.errors import LuocdoError

MOST = 2000  # answers whose tags are remembered
_ON_ANSWER = frozenset({b"accept", b"accept-language", b"host"})  # headers of a request that an answer may follow
_KEPT = frozenset({b"etag", b"cache-control"})
_SAME, _FOUND = 304, 200
_Key = tuple[object, ...]
_Headers = list[tuple[bytes, bytes]]


class KnownTags:
    """Answers If-None-Match before the answer is worked out, where store, day, address and headers are as before.

    Args:
        app: What works out answers and tags them.
        revision: Number of what the store holds; a LuocdoError of it is left to the application to tell.
    """

    def __init__(self, app: ASGIApp, revision: Callable[[], int]) -> None:
        self._app = app
        self._revision = revision
        self._tags: OrderedDict[_Key, _Headers] = OrderedDict()
        self._lock = Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI)."""
        asked = scope["type"] == "http" and scope["method"] == "GET" and not scope["path"].startswith("/static/")
        key = await run_in_threadpool(self._key, scope) if asked else None
        if key is None:
            await self._app(scope, receive, send)
            return
        known = self._tags.get(key)
        if known is not None and _has(scope, dict(known)[b"etag"]):
            await send({"type": "http.response.start", "status": _SAME, "headers": known})
            await send({"type": "http.response.body", "body": b""})
            return

        async def send_and_remember(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] in (_FOUND, _SAME):
                headers = [(name, value) for name, value in message["headers"] if name in _KEPT]
                # what was loaded meanwhile may be in the answer already: then its tag is not of this key
                if b"etag" in dict(headers) and await run_in_threadpool(self._key, scope) == key:
                    self._remember(key, headers)
            await send(message)

        await self._app(scope, receive, send_and_remember)

    def _key(self, scope: Scope) -> _Key | None:
        headers = tuple(sorted(h for h in scope["headers"] if h[0] in _ON_ANSWER))
        try:
            return self._revision(), date.today(), scope["path"], scope.get("query_string", b""), headers
        except LuocdoError:
            return None

    def _remember(self, key: _Key, headers: _Headers) -> None:
        with self._lock:
            self._tags[key] = headers
            while len(self._tags) > MOST:
                self._tags.popitem(last=False)


def _has(scope: Scope, tag: bytes) -> bool:
    """Whether the asker names a tag; a star would need no tag, and is left to the answer itself."""
    given = [value for name, value in scope["headers"] if name == b"if-none-match"]
    return tag in {t.strip().removeprefix(b"W/") for value in given for t in value.split(b",")}
