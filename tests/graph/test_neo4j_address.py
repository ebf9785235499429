"""Addresses of Neo4j stores and what is told of errors, without a server."""

import pytest
from neo4j import exceptions as raised

from graph.backends.neo4j_address import parse_address
from graph.backends.neo4j_base import query, statements
from graph.backends.neo4j_errors import told_as_ours
from graph.connect import STORES, connect
from ontology.errors import InvalidInputError, LuocdoError, StoreError, StoreUnavailableError

PLACE = "neo4j://may-chu:7687"


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NEO4J_USER", raising=False)
    monkeypatch.delenv("NEO4J_PASSWORD", raising=False)


@pytest.mark.parametrize(
    ("url", "uri", "shown"),
    [
        ("neo4j://may-chu", PLACE, PLACE),
        ("bolt://may-chu:17687/", "bolt://may-chu:17687", "bolt://may-chu:17687"),
        ("neo4j+s://may-chu/tinh", "neo4j+s://may-chu:7687", "neo4j+s://may-chu:7687/tinh"),
        ("bolt://[::1]:1/x", "bolt://[::1]:1", "bolt://[::1]:1/x"),
        ("neo4j://may-chu?timeout=5&policy=gan", f"{PLACE}?policy=gan", PLACE),
    ],
)
def test_an_address_names_server_and_database(url: str, uri: str, shown: str) -> None:
    address = parse_address(url)
    assert (address.uri, address.shown) == (uri, shown)


def test_name_and_password_come_from_the_address_with_signs_escaped() -> None:
    address = parse_address("neo4j://an:m%40t%3Akh%C3%A2%CC%89u@may-chu/tinh?timeout=2.5")
    assert (address.user, address.password) == ("an", "m@t:khâ\u0309u")
    assert (address.database, address.timeout) == ("tinh", 2.5)


def test_name_and_password_come_from_the_environment_where_the_address_has_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert parse_address(PLACE).user is None
    monkeypatch.setenv("NEO4J_PASSWORD", "bí mật")
    assert (parse_address(PLACE).user, parse_address(PLACE).password) == ("neo4j", "bí mật")
    monkeypatch.setenv("NEO4J_USER", "an")
    assert parse_address(PLACE).user == "an"
    assert parse_address("neo4j://binh:khac@may-chu").user == "binh"


def test_an_address_never_shows_its_password() -> None:
    address = parse_address("neo4j://an:matkhau123@may-chu/tinh")
    assert "matkhau123" not in repr(address) + str(address) + address.shown


@pytest.mark.parametrize(
    "url",
    ["neo4j://", "neo4j:", "bolt:///x", "neo4j://h:99999999", "neo4j://h/a/b", "neo4j://h?timeout=0", "bolt://[x"],
)
def test_an_address_that_cannot_be_one_is_refused_with_an_example(url: str) -> None:
    with pytest.raises(InvalidInputError, match="neo4j://máy-chủ:7687"):
        connect(url)


def test_an_unknown_scheme_is_refused_without_its_password() -> None:
    with pytest.raises(InvalidInputError) as told:
        connect("neo5j://an:matkhau123@may-chu/x")
    assert "matkhau123" not in told.value.message + str(told.value.details)
    assert "may-chu" in told.value.message


def test_every_scheme_of_the_driver_has_its_entry() -> None:
    assert {"neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc"} <= STORES.keys()


def test_a_server_that_is_not_there_is_told_at_once() -> None:
    with pytest.raises(StoreUnavailableError, match="hãy kiểm tra máy chủ Neo4j") as told:
        connect("bolt://an:matkhau123@127.0.0.1:9")
    assert "bolt://127.0.0.1:9" in told.value.message
    assert "matkhau123" not in told.value.message + str(told.value.details)


def _server_error(code: str) -> raised.Neo4jError:
    return raised.Neo4jError._hydrate_neo4j(code=code, message="Node(7) có Kế hoạch mật")


@pytest.mark.parametrize(
    ("error", "kind", "said"),
    [
        (_server_error("Neo.ClientError.Security.Unauthorized"), StoreUnavailableError, "NEO4J_PASSWORD"),
        (_server_error("Neo.ClientError.Security.Forbidden"), StoreUnavailableError, "không có quyền"),
        (_server_error("Neo.ClientError.Database.DatabaseNotFound"), StoreUnavailableError, "cơ sở dữ liệu"),
        (_server_error("Neo.ClientError.Transaction.TransactionTimedOut"), StoreUnavailableError, "timeout="),
        (_server_error("Neo.ClientError.Cluster.NotALeader"), StoreUnavailableError, "neo4j://"),
        (_server_error("Neo.TransientError.Transaction.DeadlockDetected"), StoreUnavailableError, "đang ghi"),
        (_server_error("Neo.ClientError.Statement.SyntaxError"), StoreError, "Statement.SyntaxError"),
        (raised.ServiceUnavailable("x"), StoreUnavailableError, "kiểm tra máy chủ"),
        (raised.SessionExpired("x"), StoreUnavailableError, "kiểm tra máy chủ"),
        (OSError("x"), StoreUnavailableError, "kiểm tra máy chủ"),
        (raised.ConfigurationError("x"), InvalidInputError, "địa chỉ"),
    ],
)
def test_errors_of_the_driver_are_told_as_ours_without_text_of_documents(
    error: Exception, kind: type[LuocdoError], said: str
) -> None:
    with pytest.raises(kind, match=said) as told, told_as_ours(PLACE):
        raise error
    assert PLACE in told.value.message
    assert "Kế hoạch mật" not in told.value.message
    assert told.value.__cause__ is error


@pytest.mark.parametrize("name", ["schema", "reading", "writing", "settling", "judging"])
def test_every_statement_has_a_name_and_a_text(name: str) -> None:
    found = statements(name)
    assert len(found) == query(name).count("\n// -- ") + query(name).startswith("// -- ")
    assert all(text and ";" not in text for text in found.values())
