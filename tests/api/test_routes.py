from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.guards import POLICY
from ontology.errors import StoreUnavailableError
from ontology.identity import BASE
from tests.fakes import DIRECTIVE, DUTY, HOME, PLAN, TEXT, FakeStore

V1 = "/api/v1"
PLAN_PATH = PLAN.id.removeprefix(f"{BASE}instrument/")
DIRECTIVE_PATH = DIRECTIVE.id.removeprefix(f"{BASE}instrument/")
HOME_PATH = HOME.id.removeprefix(f"{BASE}body/")
GETS = [
    f"{V1}/instruments?text=chi+thi+33",
    f"{V1}/instruments",
    f"{V1}/instruments/{PLAN_PATH}",
    f"{V1}/instruments/{DIRECTIVE_PATH}/implementers",
    f"{V1}/instruments/{PLAN_PATH}/basis",
    f"{V1}/instruments/{PLAN_PATH}/source",
    f"{V1}/relations?kind=implements",
    f"{V1}/bodies?text=so+noi+vu",
    f"{V1}/bodies/{HOME_PATH}",
    f"{V1}/duties?body={HOME.id}&direction=up",
    f"{V1}/duties",
    f"{V1}/why?body={HOME.id}&instrument={DIRECTIVE.id}",
    f"{V1}/due?from=2022-01-01&to=2022-12-31",
    f"{V1}/neighbourhood?of={PLAN.id}",
    f"{V1}/search?text=dan+van",
    f"{V1}/conflicts",
    f"{V1}/documents",
    f"{V1}/status",
    "/healthz",
]


def _get(client: TestClient, url: str, status: int = 200) -> Any:
    answer = client.get(url)
    assert answer.status_code == status, answer.text
    return answer.json()


def _problem(client: TestClient, url: str, status: int, code: str) -> dict[str, Any]:
    answer = client.get(url)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    problem = answer.json()
    assert set(problem) == {"code", "message", "details"}
    assert problem["code"] == code
    return problem


@pytest.mark.parametrize("url", GETS)
def test_every_question_answers_with_a_tag_that_spares_the_next_answer(client: TestClient, url: str) -> None:
    first = client.get(url)
    assert first.status_code == 200, first.text
    again = client.get(url, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]


@pytest.mark.parametrize("url", [u for u in GETS if not u.endswith(("/source", "/healthz"))])
def test_every_answer_says_what_corpus_it_speaks_of(client: TestClient, url: str) -> None:
    assert _get(client, url)["corpus"] == {"documents": 1, "from": "2022-01-20", "to": "2022-01-20"}


def test_a_changed_answer_has_another_tag(client: TestClient, store: FakeStore) -> None:
    url = f"{V1}/instruments"
    tag = client.get(url).headers["etag"]
    del store.details[DIRECTIVE.id]
    assert client.get(url, headers={"If-None-Match": tag}).status_code == 200


def test_the_text_finds_the_directive_without_accents(client: TestClient) -> None:
    items = _get(client, f"{V1}/instruments?text=chi%20thi%2033")["items"]
    assert [i["id"] for i in items] == [DIRECTIVE.id]


def test_an_instrument_answers_under_its_whole_iri_as_under_its_local_part(client: TestClient) -> None:
    local = _get(client, f"{V1}/instruments/{PLAN_PATH}")
    assert _get(client, f"{V1}/instruments/{PLAN.id}") == local
    assert local["item"]["duties"][0]["evidence"][0]["line"] == 9


def test_the_tree_of_implementers_quotes_each_hop(client: TestClient) -> None:
    root = _get(client, f"{V1}/instruments/{DIRECTIVE_PATH}/implementers")["item"]
    (child,) = root["children"]
    assert (child["instrument"]["id"], child["kind"]) == (PLAN.id, "implements")
    assert child["evidence"][0]["text"].startswith("Thực hiện Chỉ thị")


def test_source_is_the_text_that_offsets_mean(client: TestClient) -> None:
    answer = client.get(f"{V1}/instruments/{PLAN_PATH}/source")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.text == TEXT


def test_the_source_of_a_cited_instrument_is_not_found(client: TestClient) -> None:
    problem = _problem(client, f"{V1}/instruments/{DIRECTIVE_PATH}/source", 404, "not_found")
    assert "Chưa nạp" in problem["message"]


def test_duties_of_a_body_take_its_name_as_people_type_it(client: TestClient) -> None:
    items = _get(client, f"{V1}/duties?body=so%20noi%20vu%20tinh%20an%20hai&direction=up")["items"]
    assert [i["id"] for i in items] == [DUTY.id]


def test_an_instrument_that_was_never_seen_is_said_to_be_not_loaded(client: TestClient) -> None:
    problem = _problem(client, f"{V1}/instruments/vn/ttg/chi-thi/2000/1", 404, "not_found")
    assert "các văn bản đã nạp" in problem["message"]
    assert "không tồn tại" not in problem["message"]


@pytest.mark.parametrize(
    ("url", "status", "code"),
    [
        (f"{V1}/nothing", 404, "not_found"),
        (f"{V1}/due?from=2022-1-1&to=2022-12-31", 422, "invalid_input"),
        (f"{V1}/due?to=2022-12-31", 422, "invalid_input"),
        (f"{V1}/duties?direction=sideways", 422, "invalid_input"),
        (f"{V1}/instruments?text=%20", 422, "invalid_input"),
        (f"{V1}/search?text={'a' * 101}", 413, "limit_exceeded"),
        (f"{V1}/instruments/{PLAN_PATH}/basis?depth=21", 413, "limit_exceeded"),
        (f"{V1}/instruments/{PLAN_PATH}/basis?depth=0", 422, "invalid_input"),
        (f"{V1}/neighbourhood?of={PLAN.id}&limit=5000", 413, "limit_exceeded"),
        (f"{V1}/bodies/an-hai/nobody", 404, "not_found"),
    ],
)
def test_bad_requests_have_one_shape(client: TestClient, url: str, status: int, code: str) -> None:
    _problem(client, url, status, code)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_nothing_can_be_written(client: TestClient, method: str) -> None:
    for url in (f"{V1}/instruments", f"{V1}/documents", f"{V1}/instruments/{PLAN_PATH}"):
        answer = client.request(method, url)
        assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")


def test_pages_follow_each_other_until_the_list_ends(client: TestClient) -> None:
    seen: list[str] = []
    cursor = ""
    for _ in range(3):
        page = _get(client, f"{V1}/instruments?limit=1{cursor}")
        assert page["total"] == 3
        seen += [i["id"] for i in page["items"]]
        cursor = f"&cursor={page['next']}"
    assert page["next"] is None
    assert len(set(seen)) == 3


def test_a_page_is_never_longer_than_the_settings_allow(client: TestClient, store: FakeStore) -> None:
    for k in range(9):
        store.details[f"{PLAN.id}{k}"] = store.details[PLAN.id]
    assert len(_get(client, f"{V1}/instruments?limit=1000")["items"]) == 5


def test_a_cursor_of_another_question_is_refused(client: TestClient) -> None:
    cursor = _get(client, f"{V1}/instruments?limit=1")["next"]
    _problem(client, f"{V1}/instruments?loaded=true&limit=1&cursor={cursor}", 422, "invalid_input")


def test_a_cursor_is_refused_once_the_list_before_it_changed(client: TestClient, store: FakeStore) -> None:
    cursor = _get(client, f"{V1}/instruments?limit=2")["next"]
    assert len(_get(client, f"{V1}/instruments?limit=2&cursor={cursor}")["items"]) == 1
    del store.details[PLAN.id]
    problem = _problem(client, f"{V1}/instruments?limit=2&cursor={cursor}", 422, "invalid_input")
    assert "Kho đã thay đổi" in problem["message"]


@pytest.mark.parametrize("cursor", ["x", "AAAA", "%00", "W10", "é"])
def test_a_damaged_cursor_is_refused(client: TestClient, cursor: str) -> None:
    _problem(client, f"{V1}/instruments?cursor={cursor}", 422, "invalid_input")


def test_a_store_that_cannot_be_opened_makes_the_server_unwell(client: TestClient, store: FakeStore) -> None:
    store.failure = StoreUnavailableError("cannot open /srv/l.db")
    problem = _problem(client, "/healthz", 503, "store_unavailable")
    assert "/srv" not in problem["message"]


def test_an_unforeseen_error_tells_nothing_of_the_inside(client: TestClient, store: FakeStore) -> None:
    store.failure = RuntimeError("secret path /srv/l.db")
    problem = _problem(client, f"{V1}/status", 500, "internal")
    assert "secret" not in problem["message"]


@pytest.mark.parametrize("url", [*GETS, "/", "/nothing", "/static/luocdo.css", f"{V1}/nothing"])
def test_security_headers_stand_on_every_answer(client: TestClient, url: str) -> None:
    headers = client.get(url).headers
    assert headers["content-security-policy"] == POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


def test_the_policy_allows_no_inline_code_and_no_other_site() -> None:
    assert "unsafe" not in POLICY
    assert "http" not in POLICY


@pytest.mark.parametrize("url", [*GETS, "/", "/kho", "/static/luocdo.css"])
def test_head_gives_the_headers_of_get(client: TestClient, url: str) -> None:
    head, full = client.head(url), client.get(url)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == full.headers["etag"]


def test_a_host_of_another_name_is_not_answered(client: TestClient) -> None:
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 400


@pytest.mark.parametrize(
    ("url", "parameter"),
    [
        (f"{V1}/due?from=2024-02-31&to=2024-12-31", "from"),
        (f"{V1}/duties?as_of=2024-13-01", "as_of"),
        (f"{V1}/duties?due_from=0000-00-00", "due_from"),
        (f"{V1}/duties?deadline=soon", "deadline"),
        (f"{V1}/instruments?type=khong_co", "type"),
    ],
)
def test_a_day_or_word_that_does_not_exist_is_refused_and_not_answered_with_nothing(
    client: TestClient, url: str, parameter: str
) -> None:
    assert _problem(client, url, 422, "invalid_input")["details"]["parameter"] == parameter


def test_an_empty_name_is_refused(client: TestClient) -> None:
    _problem(client, f"{V1}/relations?subject=", 422, "invalid_input")


@pytest.mark.parametrize(
    ("url", "said"),
    [
        (f"{V1}/instruments?limit=0", "Tham số limit nhỏ nhất là 1"),
        (f"{V1}/instruments?limit=x", "Tham số limit phải là một số nguyên"),
        (f"{V1}/due", "Tham số from còn thiếu"),
    ],
)
def test_faults_of_parameters_are_told_in_vietnamese(client: TestClient, url: str, said: str) -> None:
    assert _problem(client, url, 422, "invalid_input")["message"] == said


def test_a_request_under_the_name_of_another_site_is_refused_as_a_problem(client: TestClient) -> None:
    answer = client.get(f"{V1}/status", headers={"host": "evil.example"})
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    assert answer.json()["code"] == "unknown_host"
    assert answer.headers["content-security-policy"] == POLICY
    assert client.get(f"{V1}/status", headers={"host": "TestServer:8000"}).status_code == 200


def test_a_question_with_a_body_larger_than_any_question_is_refused_unread(client: TestClient) -> None:
    answer = client.post(f"{V1}/ask", content=b" " * 70_000, headers={"content-type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (413, "limit_exceeded")


def test_a_cursor_that_points_absurdly_far_is_refused(client: TestClient) -> None:
    import base64

    import msgspec

    following = _get(client, f"{V1}/instruments?limit=1")["next"]
    start, query, last = msgspec.json.decode(base64.urlsafe_b64decode(following + "=" * (-len(following) % 4)))
    assert start == 1
    forged = base64.urlsafe_b64encode(msgspec.json.encode([2**63, query, last])).decode()
    _problem(client, f"{V1}/instruments?limit=1&cursor={forged}", 422, "invalid_input")
