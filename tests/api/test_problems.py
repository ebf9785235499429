import pytest

from api.problems import STATUSES, is_hidden, problem_of, status_of
from ontology import errors
from ontology.errors import AmbiguousReferenceError, LuocdoError

EXPECTED = {
    "LuocdoError": 500,
    "InvalidInputError": 422,
    "MalformedNumberError": 422,
    "UnreadableFileError": 422,
    "SecretDocumentError": 422,
    "LimitExceededError": 413,
    "AmbiguousReferenceError": 422,
    "ContradictionError": 409,
    "NotAllowedError": 403,
    "NotFoundError": 404,
    "ModelError": 500,
    "OverloadedError": 503,
    "TimeExceededError": 504,
    "ClusterError": 500,
    "StoreError": 500,
    "StoreUnavailableError": 503,
    "StoreVersionError": 500,
}


def _classes() -> list[type[LuocdoError]]:
    return [c for c in vars(errors).values() if isinstance(c, type) and issubclass(c, LuocdoError)]


def test_every_error_class_has_its_expected_status() -> None:
    assert {c.__name__: status_of(c) for c in _classes()} == EXPECTED


def test_a_new_subclass_inherits_the_status_of_its_nearest_ancestor() -> None:
    class TooDeepError(errors.LimitExceededError):
        code = "too_deep"

    assert status_of(TooDeepError) == STATUSES[errors.LimitExceededError]


@pytest.mark.parametrize("kind", [c for c in _classes() if not is_hidden(c("x"))])
def test_errors_of_the_asker_keep_message_and_details(kind: type[LuocdoError]) -> None:
    status, problem = problem_of(kind("lời giải thích", file="a.txt"))
    assert (status, problem.code, problem.message) == (status_of(kind), kind.code, "lời giải thích")
    assert problem.details == {"file": "a.txt"}


@pytest.mark.parametrize("kind", [c for c in _classes() if is_hidden(c("x"))])
def test_errors_of_the_server_tell_nothing_of_its_inside(kind: type[LuocdoError]) -> None:
    _, problem = problem_of(kind("/srv/secret.db is locked", path="/srv/secret.db"))
    assert "secret" not in problem.message
    assert problem.details == {}


def test_choices_of_an_ambiguous_reference_reach_the_asker() -> None:
    _, problem = problem_of(AmbiguousReferenceError("hai văn bản", choices=["A", "B"]))
    assert problem.details["choices"] == ["A", "B"]


def test_what_is_too_much_now_is_told_with_its_reason_and_no_other_fault_of_the_server() -> None:
    told = problem_of(errors.TimeExceededError("dừng vì quá 10 giây", limit=10))[1]
    assert (told.message, told.details) == ("dừng vì quá 10 giây", {"limit": 10})
    hidden = problem_of(errors.StoreError("bảng x của /kho/mat.db"))[1]
    assert "kho/mat" not in hidden.message
    assert hidden.details == {}
