"""What the server is started with: read once from the environment, passed on as one frozen value."""

import os
from collections.abc import Mapping
from dataclasses import dataclass

from ontology.errors import InvalidInputError

DEFAULT_STORE = "sqlite:./luocdo.db"
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
_EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - recognised, not bound


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of the server; every field has an environment variable ``LUOCDO_<FIELD>``.

    Attributes:
        host: Address to listen on; only this machine unless said otherwise.
        port: TCP port.
        store: URL of the store (``sqlite:PATH``, ``memory:``, ``neo4j://…``).
        hosts: Values of the Host header that are answered, ``*`` for any; empty for what ``host`` tells.
        upload_bytes: Largest file that ``extract`` takes.
        body_bytes: Largest body of any other request.
        question_chars: Longest question or search text.
        page_size, page_most: Items on a page where none or too many are asked for.
        depth_most: Deepest chain that a request may ask for.
        picture_most: Most nodes of a picture.
        sparql: Whether the endpoint ``/sparql`` is open.
        sparql_seconds, sparql_rows: Longest time of a query there, most rows that it is given.
        review: Whether people may judge identity through this server; else it only shows what there is to judge.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    store: str = DEFAULT_STORE
    hosts: tuple[str, ...] = ()
    upload_bytes: int = 30_000_000
    body_bytes: int = 64_000
    question_chars: int = 500
    page_size: int = 50
    page_most: int = 200
    depth_most: int = 20
    picture_most: int = 400
    review: bool = False
    sparql: bool = False
    sparql_seconds: int = 10
    sparql_rows: int = 10_000

    @property
    def answered_hosts(self) -> tuple[str, ...]:
        """Names that the server answers to: a page of another site cannot reach it under its own (DNS rebinding).

        A server that listens on all addresses cannot know its names and answers to any.
        """
        if self.hosts:
            return self.hosts
        if self.host in _EVERYWHERE:
            return ("*",)
        return LOOPBACK if self.host in LOOPBACK else (*LOOPBACK, self.host)


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from the environment.

    Raises:
        InvalidInputError: A number is not one or not positive, or a switch is neither 0 nor 1.
    """
    env = os.environ if environ is None else environ
    given = Settings()
    hosts = tuple(h.strip() for h in env.get("LUOCDO_HOSTS", "").split(",") if h.strip())
    return Settings(
        host=env.get("LUOCDO_HOST", given.host),
        port=_number(env, "LUOCDO_PORT", given.port),
        store=env.get("LUOCDO_STORE", given.store),
        hosts=hosts,
        upload_bytes=_number(env, "LUOCDO_UPLOAD_BYTES", given.upload_bytes),
        body_bytes=_number(env, "LUOCDO_BODY_BYTES", given.body_bytes),
        question_chars=_number(env, "LUOCDO_QUESTION_CHARS", given.question_chars),
        page_size=_number(env, "LUOCDO_PAGE_SIZE", given.page_size),
        page_most=_number(env, "LUOCDO_PAGE_MOST", given.page_most),
        depth_most=_number(env, "LUOCDO_DEPTH_MOST", given.depth_most),
        picture_most=_number(env, "LUOCDO_PICTURE_MOST", given.picture_most),
        review=_switch(env, "LUOCDO_REVIEW", given.review),
        sparql=_switch(env, "LUOCDO_SPARQL", given.sparql),
        sparql_seconds=_number(env, "LUOCDO_SPARQL_SECONDS", given.sparql_seconds),
        sparql_rows=_number(env, "LUOCDO_SPARQL_ROWS", given.sparql_rows),
    )


def _switch(env: Mapping[str, str], name: str, default: bool) -> bool:
    text = env.get(name)
    if text is None:
        return default
    if text not in ("0", "1"):
        raise InvalidInputError(f"{name} phải là 0 hoặc 1, không phải {text!r}", variable=name, value=text)
    return text == "1"


def _number(env: Mapping[str, str], name: str, default: int) -> int:
    text = env.get(name)
    if text is None:
        return default
    if not text.isascii() or not text.isdigit() or int(text) == 0:
        raise InvalidInputError(f"{name} phải là một số nguyên dương, không phải {text!r}", variable=name, value=text)
    return int(text)
