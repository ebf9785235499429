"""Lists at hubs: a part of an answer tells how many there are in all, and the parts together are the whole."""

import json
import re
import shlex
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from api import cli_paging, parts, verbs
from api.answers import Answer
from api.app import create_app
from api.ask import ask
from api.cli import app
from api.items import duty_items
from api.parts import WHOLE, Part
from api.service import Service
from api.settings import Settings
from benchmarks.synthetic import documents
from graph.connect import connect
from graph.store import Store
from ontology.terms import Direction
from viz import links

runner = CliRunner()


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    url = f"sqlite:{tmp_path_factory.mktemp('long') / 'kho.db'}"
    filled = connect(url)
    filled.write_many(documents(40))
    filled.close()
    return url


@pytest.fixture(scope="module")
def store(url: str) -> Iterator[Store]:
    opened = connect(url)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def hub(store: Store) -> str:
    cited = [r.object.id for r in store.relations()]
    return max(sorted(set(cited)), key=cited.count)


@pytest.fixture(scope="module")
def body(store: Store) -> str:
    borne = [b.body.name for d in store.obligations() for b in d.bearers]
    return max(sorted(set(borne)), key=borne.count)


@pytest.fixture(scope="module")
def arguments(store: Store, hub: str, body: str) -> dict[str, list[str]]:
    return {
        "implements": [hub],
        "basis": [store.implementers(hub).children[0].instrument.id],
        "duties": [body],
        "due": ["--from", "2020-01-01"],
        "ask": [f"{body} phải làm gì?"],
    }


def cli(*args: str) -> str:
    result = runner.invoke(app, list(args))
    assert result.exit_code == 0, result.output
    return result.stdout


def texts(answers: list[Answer]) -> list[str]:
    return [i.text for a in answers for i in a.items]


def pages(question: Callable[[Part], Answer], size: int) -> list[Answer]:
    found = [question(Part(size))]
    while found[-1].more:
        found.append(question(Part(size, found[-1].offset + len(found[-1].items))))
    return found


def questions(store: Store, hub: str, body: str) -> dict[str, Callable[[Part], Answer]]:
    label = store.instrument(hub).instrument.label
    return {
        "implements": lambda part: verbs.implements(store, hub, part=part),
        "basis": lambda part: verbs.basis(store, store.implementers(hub).children[0].instrument.id, part=part),
        "duties": lambda part: verbs.duties(store, body, part=part),
        "duties down": lambda part: verbs.duties(store, body, Direction.DOWN, part=part),
        "reports": lambda part: verbs.duties(store, body, reports=True, part=part),
        "under": lambda part: verbs.duties(store, body, under=hub, part=part),
        "due": lambda part: verbs.due(store, "2020-01-01", None, part=part),
        "why": lambda part: verbs.why(store, body, hub, part),
        "ask duties": lambda part: ask(store, f"{body} phải làm gì?", part),
        "ask implementers": lambda part: ask(store, f"Văn bản nào thực hiện {label}?", part),
    }


@pytest.mark.parametrize("size", [1, 3])
def test_pages_put_together_are_the_whole_answer(store: Store, hub: str, body: str, size: int) -> None:
    asked = questions(store, hub, body)
    for name, question in asked.items():
        whole = question(WHOLE)
        found = pages(question, size)
        assert texts(found) == [i.text for i in whole.items], name
        assert [i for a in found for i in a.items] == list(whole.items), name
        assert {a.total for a in found} == {len(whole.items)}, name
        assert {a.status for a in found} == {whole.status}, name
    assert sum(len(q(WHOLE).items) > size for q in asked.values()) > len(asked) / 2


def test_a_part_beyond_the_end_is_empty_and_still_tells_the_number(store: Store, body: str) -> None:
    beyond = verbs.duties(store, body, part=Part(5, 10_000))
    assert beyond.items == ()
    assert beyond.status == "answered"
    assert beyond.total == len(verbs.duties(store, body).items)
    assert not beyond.more


def test_a_chain_too_long_to_count_says_at_least_how_long_it_is(
    store: Store, hub: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    exact = verbs.implements(store, hub)
    monkeypatch.setattr(parts, "SURE", 2)
    first = verbs.implements(store, hub, part=Part(2))
    assert first.total_at_least
    assert first.more
    assert first.text.startswith("Ít nhất ")
    direct = len(store.implementers(hub, depth=1).children)
    assert direct <= (first.total or 0) <= len(exact.items)
    found = pages(lambda part: verbs.implements(store, hub, part=part), 3)
    assert not found[-1].total_at_least
    assert sorted(texts(found)) == sorted(i.text for i in exact.items)
    assert texts(found) == [i.text for i in verbs.implements(store, hub).items]


def test_texts_are_looked_up_only_for_the_part_that_is_shown(store: Store, body: str) -> None:
    asked: list[str] = []

    class Watched:
        def source_text(self, sha256: str) -> str:
            asked.append(sha256)
            return store.source_text(sha256)

    found = store.duties(store.find_bodies(body)[0].id)
    whole = duty_items(store, found)
    watched: Any = Watched()
    some = duty_items(watched, found, Part(3, 4))
    assert some[4:7] == whole[4:7]
    assert [i.text for i in some] == [i.text for i in whole]
    assert len(asked) <= 3


@pytest.mark.parametrize("command", ["implements", "basis", "duties", "due", "ask"])
def test_a_command_prints_a_page_and_the_command_for_the_next(
    url: str, arguments: dict[str, list[str]], command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli_paging, "PAGE", 3)
    words = arguments[command]
    whole = json.loads(cli(command, *words, "--store", url, "--json"))
    assert whole["total"] == len(whole["items"])
    out = cli(command, *words, "--store", url)
    if whole["total"] <= 3:
        assert "Xem tiếp" not in out
        return
    assert f"Mục 1–3 trong {whole['total']}." in out
    (line,) = [one for one in out.splitlines() if one.startswith("Xem tiếp: luocdo ")]
    typed = shlex.split(line.removeprefix("Xem tiếp: luocdo "))
    assert typed == [command, *words, "--store", url, "--offset", "3"]
    second = cli(*typed)
    assert f"Mục 4–{min(6, whole['total'])} trong {whole['total']}." in second
    assert json.loads(cli(*typed, "--json", "--limit", "2"))["items"] == whole["items"][3:5]


@pytest.mark.parametrize("words", [["--all"], ["--limit", "0"]])
def test_everything_is_printed_where_it_is_asked_for(
    url: str, store: Store, body: str, words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli_paging, "PAGE", 3)
    out = cli("duties", body, "--store", url, *words)
    assert "Xem tiếp" not in out
    assert f"{len(verbs.duties(store, body).items)} nhiệm vụ" in out


def test_all_and_a_limit_contradict_each_other(url: str, body: str) -> None:
    result = runner.invoke(app, ["duties", body, "--store", url, "--all", "--limit", "5"])
    assert result.exit_code == 2
    assert "--all" in result.stderr


def test_status_lists_the_documents_by_pages(url: str) -> None:
    out = cli("status", "--store", url, "--limit", "4", "--offset", "4")
    assert "Văn bản 5–8 trong 40." in out
    assert f"Xem tiếp: luocdo status --store {url} --limit 4 --offset 8" in out
    assert len(json.loads(cli("status", "--store", url, "--json"))["documents"]) == 40


def test_a_search_that_found_more_says_how_to_see_more(url: str) -> None:
    out = cli("search", "báo cáo", "--store", url, "--limit", "2")
    assert "Ít nhất" in out
    assert f"Xem tiếp: luocdo search 'báo cáo' --store {url} --limit 4" in out
    assert "Xem tiếp" not in cli("search", "báo cáo", "--store", url, "--limit", "5000")


@pytest.fixture(scope="module")
def client(store: Store) -> Iterator[TestClient]:
    with TestClient(create_app(Service(store), Settings(hosts=("testserver",)))) as made:
        yield made


def test_the_api_answers_a_question_in_parts(client: TestClient, body: str) -> None:
    asked = {"question": f"{body} phải làm gì?"}
    whole = client.post("/api/v1/ask", json=asked).json()
    part = client.post("/api/v1/ask", json={**asked, "limit": 2, "offset": 3}).json()
    assert part["items"] == whole["items"][3:5]
    assert (part["total"], part["offset"], part["text"]) == (len(whole["items"]), 3, whole["text"])
    assert client.post("/api/v1/ask", json={**asked, "limit": 100_000}).status_code == 422


@pytest.mark.parametrize("name", ["documents", "instruments", "relations", "conflicts"])
def test_the_api_asks_the_store_for_the_page_that_it_gives(
    client: TestClient, store: Store, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = _all(client, name, 200)
    true, asked = getattr(store, name), []

    def watched(*args: Any, limit: int | None = None, **named: Any) -> Any:
        asked.append(limit)
        return true(*args, limit=limit, **named)

    monkeypatch.setattr(store, name, watched)
    assert _all(client, name, 7) == whole
    assert asked
    assert all(limit is not None and limit <= 8 for limit in asked)


def _all(client: TestClient, path: str, size: int) -> list[dict[str, Any]]:
    """All items of a list, page by page."""
    items: list[dict[str, Any]] = []
    cursor: dict[str, str] = {}
    while True:
        page = client.get(f"/api/v1/{path}", params={"limit": size, **cursor}).json()
        items += page["items"]
        if page["next"] is None:
            assert page["total"] == len(items)
            return items
        cursor = {"cursor": page["next"]}


def test_the_page_of_a_question_leads_to_the_rest_of_a_long_answer(
    client: TestClient, body: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.routes.views._ITEMS", 2)
    whole = client.post("/api/v1/ask", json={"question": f"{body} phải làm gì?"}).json()
    page = client.get("/hoi", params={"q": f"{body} phải làm gì?", "trang": 2}).text
    assert f"3–4 trong {whole['total']}" in page
    assert '<ol class="facts" start="3">' in page
    assert "trang=3" in page
    assert "trang=1" in page


def test_the_page_of_a_hub_reads_one_page_of_a_long_chain(
    client: TestClient, store: Store, hub: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = links.page(hub)
    direct = [n.instrument.id for n in store.implementers(hub, depth=1).children]
    assert len(direct) > 4
    others = section(client.get(address).text, "quan-he-khac")
    monkeypatch.setattr("api.routes.views.SURE", 3)
    monkeypatch.setattr("api.routes.views._CHILDREN", 2)
    seen: list[str] = []
    for number in range(1, len(direct) // 2 + 3):
        text = client.get(address, params={"trang": number}).text
        below = section(text, "luoc-do").partition('id="o-duoi"')[2]
        seen += re.findall(r'<p class="hop-head"><a class="[^"]*" href="([^"]+)"', below)
        assert section(text, "quan-he-khac") == others
    assert seen == [links.page(iri) for iri in direct]


def test_pages_beyond_the_end_do_not_say_that_there_is_nothing(client: TestClient, store: Store, body: str) -> None:
    address = links.page(store.find_bodies(body)[0].id)
    for url in (f"{address}?huong=cua-minh", "/han?tu-ngay=2010-01-01&den-ngay=2030-12-31"):
        assert "Không có gì ở trang này." not in client.get(url).text
        beyond = client.get(f"{url}&trang=999").text
        assert "Không có gì ở trang này." in beyond
        assert re.search(r"hết: có \d+ mục", beyond)
        assert "chưa cho thấy nhiệm vụ" not in beyond
        assert "không nêu nhiệm vụ nào" not in beyond


def test_the_calendar_says_how_often_something_is_due(client: TestClient, store: Store) -> None:
    total = store.due("2010-01-01", "2030-12-31").total
    text = client.get("/han?tu-ngay=2010-01-01&den-ngay=2030-12-31").text
    assert f"{total} lần đến hạn trong khoảng này." in text


def section(text: str, name: str) -> str:
    """The section of a page under a heading."""
    return text.partition(f'aria-labelledby="{name}"')[2].partition("</section>")[0]
