import re
from html.parser import HTMLParser
from urllib.parse import quote

import msgspec
import pytest
from fastapi.testclient import TestClient

from graph.results import Claim
from ontology.errors import StoreUnavailableError
from ontology.identity import BASE
from ontology.record import Deadline
from ontology.terms import DeadlineKind
from tests.fakes import CLASS, DETAILS, DIRECTIVE, DUTY, HOME, IMPLEMENTS, NUMBER, PLAN, REPORT, SHA, FakeStore
from viz import links

PAGES = [
    "/",
    "/tim?q=dan+van",
    "/hoi?q=" + quote("Văn bản nào thực hiện Chỉ thị 33?"),
    links.page(PLAN.id),
    links.page(DIRECTIVE.id),
    links.page(HOME.id),
    links.page(HOME.id) + "?huong=xuong",
    links.page(CLASS.id) + "?huong=cua-minh&vai=leads&tu-ngay=2022-01-01&den-ngay=&theo=",
    f"/nguon/{SHA}?tu=10&den=40",
    links.picture(PLAN.id),
    links.why(HOME.id, DIRECTIVE.id),
    links.why(CLASS.id, DIRECTIVE.id),
    "/kho",
    "/han?tu-ngay=2022-01-01&den-ngay=2022-12-31&co-quan=",
    "/api",
]
HOSTILE = [
    "</script><script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>",
    "{{ 7*191 }}{% raw %}<b>",
    "</title></textarea></style><svg onload=alert(1)>",
    "javascript:alert(1)",
]
VOID = {
    "area",
    "base",
    "br",
    "col",
    "embed",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "source",
    "track",
    "wbr",
    "path",
    "rect",
}


class _Outline(HTMLParser):
    """Collects tags, ids and links, and checks that elements close in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.hrefs: list[str] = []
        self.inline: list[str] = []
        self.names: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        self.ids += [v for k, v in attrs if k == "id" and v]
        self.hrefs += [v for k, v in attrs if k in ("href", "src", "action") and v]
        self.inline += [k for k, _ in attrs if k.startswith("on") or k == "style"]
        if tag == "script" and "src" not in given and given.get("type") != "application/json":
            self.inline.append("script")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag


def _page(client: TestClient, url: str, status: int = 200) -> tuple[str, _Outline]:
    answer = client.get(url)
    assert answer.status_code == status, answer.text[:500]
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    outline = _Outline()
    outline.feed(answer.text)
    assert outline.open == []
    return answer.text, outline


@pytest.mark.parametrize("url", PAGES)
def test_every_page_is_well_formed_vietnamese_without_inline_code(client: TestClient, url: str) -> None:
    text, outline = _page(client, url)
    assert '<html lang="vi">' in text
    assert outline.inline == []
    assert len(outline.ids) == len(set(outline.ids))
    assert outline.tags.count("h1") == 1
    assert "1 văn bản đã nạp" in text


@pytest.mark.parametrize("url", PAGES)
def test_every_link_of_a_page_stays_on_this_server_and_leads_somewhere(client: TestClient, url: str) -> None:
    _, outline = _page(client, url)
    for href in set(outline.hrefs):
        if href.startswith("#"):
            assert href[1:] in outline.ids, href
            continue
        assert href.startswith("/"), href
        assert not href.startswith("//"), href
        if href not in ("/tim", "/so-do"):  # forms, which add their fields
            assert client.get(href).status_code == 200, href


@pytest.mark.parametrize("url", PAGES)
def test_a_page_that_did_not_change_is_not_sent_again(client: TestClient, url: str) -> None:
    tag = client.get(url).headers["etag"]
    assert client.get(url, headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("url", [p for p in PAGES if not p.startswith("/nguon")])
def test_hostile_texts_stay_texts(client: TestClient, store: FakeStore, url: str, text: str) -> None:
    before = _tags(client, url)
    ref = msgspec.structs.replace(PLAN, title=text, label=text, issuer=text)
    duty = msgspec.structs.replace(
        DUTY, instrument=ref, action=text, evidence=(msgspec.structs.replace(REPORT, text=text),)
    )
    relation = msgspec.structs.replace(IMPLEMENTS, subject=ref)
    store.details[PLAN.id] = msgspec.structs.replace(
        DETAILS[PLAN.id],
        instrument=ref,
        claims=(Claim(property="title", value=text, preferred=True), *DETAILS[PLAN.id].claims[1:]),
        duties=(duty, DETAILS[PLAN.id].duties[1]),
        files=(text,),
        signers=(text,),
        recipients=(text,),
        warnings=(text,),
    )
    store.details[DIRECTIVE.id] = msgspec.structs.replace(DETAILS[DIRECTIVE.id], below=(relation,))
    after = _tags(client, url)
    assert {"img", "svg onload", "b"} & after == {"img", "svg onload", "b"} & before
    assert "alert(1)</script>" not in client.get(url).text
    _, outline = _page(client, url)
    assert outline.inline == []
    assert not any(h.startswith("javascript:") for h in outline.hrefs)
    assert "1337" not in client.get(url).text


def _tags(client: TestClient, url: str) -> set[str]:
    return set(_page(client, url)[1].tags)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("address", ["/tim?q=", "/hoi?q=", "/van-ban/", "/co-quan/", "/nguon/", "/so-do?id=", "/"])
def test_hostile_addresses_stay_texts(client: TestClient, address: str, text: str) -> None:
    answer = client.get(address + quote(text, safe=""))
    assert answer.status_code in (200, 404)
    outline = _Outline()
    outline.feed(answer.text)
    assert outline.inline == []
    assert "img" not in outline.tags


def test_hostile_source_text_is_shown_as_it_is(client: TestClient, store: FakeStore) -> None:
    store.text = store.text.replace("TỈNH AN HẢI", "<img src=x>")
    text, outline = _page(client, f"/nguon/{SHA}")
    assert "&lt;img src=x&gt;" in text
    assert "img" not in outline.tags


def test_the_search_leads_to_the_directive(client: TestClient) -> None:
    _, outline = _page(client, "/tim?q=chi+thi+33")
    assert links.page(DIRECTIVE.id) in outline.hrefs


def test_a_question_is_answered_above_the_candidates_with_its_sentence(client: TestClient) -> None:
    text, outline = _page(client, "/tim?q=" + quote("Văn bản nào thực hiện Chỉ thị 33?"))
    assert "Một văn bản đã nạp thực hiện Chỉ thị này." in text
    assert "suy luận" in text
    assert "ke-hoach-15.txt, dòng 7" in text
    assert links.page(PLAN.id) in outline.hrefs


def test_a_question_that_fits_two_asks_which(client: TestClient) -> None:
    text, outline = _page(client, "/tim?q=" + quote("Chỉ thị 25 là gì?"))
    assert "Xin chọn một" in text
    assert links.page(PLAN.id) in outline.hrefs


def test_an_answer_that_is_not_known_never_says_that_none_exists(client: TestClient) -> None:
    text, _ = _page(client, "/hoi?q=" + quote("Văn bản mật nào?"))
    assert "Các văn bản đã nạp chưa cho biết" in text
    assert "không tồn tại" not in text


def test_what_is_not_found_is_said_to_be_not_in_the_loaded_documents(client: TestClient) -> None:
    text, _ = _page(client, "/tim?q=zzz", 200)
    assert "Chưa thấy gì trong các văn bản đã nạp" in text


def test_a_fact_on_the_page_of_its_document_leads_to_its_sentence_there(client: TestClient) -> None:
    text, outline = _page(client, links.page(PLAN.id))
    anchor = links.anchor(REPORT)
    assert f"#{anchor}" in outline.hrefs
    line = next(li for li in text.split("\n") if f'id="{anchor}"' in li)
    assert line.startswith('<li id="L9"')
    assert "chủ trì, phối hợp" in line


def test_a_fact_read_elsewhere_leads_to_the_source_with_the_sentence_marked(client: TestClient) -> None:
    _, outline = _page(client, links.page(DIRECTIVE.id))
    sources = {h for h in outline.hrefs if h.startswith("/nguon/")}
    marked = set()
    for href in sources:
        text, _ = _page(client, href)
        marked.add("".join(re.findall(r'<mark class="[^"]*m-focus[^"]*"[^>]*>([^<]*)</mark>', text)))
    assert marked == {e.text for e in IMPLEMENTS.evidence}


def test_an_instrument_page_shows_both_numbers_of_a_conflict(client: TestClient) -> None:
    text, _ = _page(client, links.page(PLAN.id))
    assert "Hai số cho một văn bản" in text
    assert "Văn bản ghi số 15, nơi khác dẫn là số 51." in text


def test_a_cited_instrument_says_that_its_text_is_not_loaded(client: TestClient) -> None:
    text, _ = _page(client, links.page(DIRECTIVE.id))
    assert "Chưa nạp nguyên văn của văn bản này" in text
    assert 'id="nguyen-van"' not in text


def test_all_documents_below_one_can_be_reached_page_by_page(client: TestClient, store: FakeStore) -> None:
    below = tuple(
        msgspec.structs.replace(
            IMPLEMENTS,
            subject=msgspec.structs.replace(
                PLAN, id=f"{BASE}instrument/a/ubnd/ke-hoach/2022-01-01/{n}", title=f"<{n}>"
            ),
        )
        for n in range(130)
    )
    store.details[DIRECTIVE.id] = msgspec.structs.replace(DETAILS[DIRECTIVE.id], below=below)
    seen: list[str] = []
    for page, span in ((1, "1–60 trong 130"), (2, "61–120 trong 130"), (3, "121–130 trong 130")):
        text = client.get(f"{links.page(DIRECTIVE.id)}?trang={page}").text
        assert span in text
        seen += re.findall(r"&lt;(\d+)&gt;</p>", text)
    assert seen == [str(n) for n in range(130)]
    assert "chưa cho thấy văn bản nào thực hiện" not in client.get(f"{links.page(DIRECTIVE.id)}?trang=9").text


@pytest.mark.parametrize(("way", "count"), [("len", 1), ("xuong", 0), ("cua-minh", 1)])
def test_a_unit_shows_its_duties_one_way(client: TestClient, way: str, count: int) -> None:
    text, _ = _page(client, f"{links.page(HOME.id)}?huong={way}")
    assert text.count('class="c-action"') == count
    if count:
        assert "ngày cuối 30/11/2022" in text
        assert "ke-hoach-15.txt, dòng 9" in text


def test_the_page_of_reasons_quotes_the_duty_and_each_hop(client: TestClient) -> None:
    text, _ = _page(client, links.why(HOME.id, DIRECTIVE.id))
    assert text.count('<blockquote class="quote">') == 3
    assert REPORT.text in text
    assert "ke-hoach-15.txt, dòng 7" in text


def test_no_path_is_said_to_be_none_in_the_loaded_documents(client: TestClient) -> None:
    text, _ = _page(client, links.why(CLASS.id, DIRECTIVE.id))
    assert "Các văn bản đã nạp không cho thấy đường nào" in text


def test_the_corpus_page_says_what_was_not_understood_and_where(client: TestClient) -> None:
    text, _ = _page(client, "/kho")
    assert "Quy chế" in text
    assert "ke-hoach-15.txt, dòng 10" in text


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("/nothing", 404),
        ("/van-ban/vn/x/x/x/1", 404),
        ("/co-quan/x/nobody", 404),
        ("/nguon/" + "0" * 64, 404),
        ("/tim", 422),
        ("/tim?q=" + "a" * 101, 413),
        ("/han?tu-ngay=2022-02-31", 422),
        ("/han?tu-ngay=hom-nay", 422),
        (links.page(HOME.id) + "?huong=ngang", 422),
        (links.page(HOME.id) + "?vai=boss", 422),
        ("/vi-sao?co-quan=", 422),
        ("/so-do?id=" + PLAN.id + "&toi-da=9999", 413),
    ],
)
def test_a_page_that_cannot_be_shown_says_why_in_a_page(client: TestClient, url: str, status: int) -> None:
    text, _ = _page(client, url, status)
    assert "Về trang tìm kiếm" in text
    assert "Traceback" not in text


def test_a_page_without_a_store_still_says_so(client: TestClient, store: FakeStore) -> None:
    store.failure = StoreUnavailableError("cannot open /srv/l.db")
    text, _ = _page(client, "/kho", 503)
    assert "/srv" not in text


def test_suggestions_lead_to_pages(client: TestClient) -> None:
    items = client.get("/goi-y?q=chi+thi+33").json()["items"]
    assert [i["url"] for i in items] == [links.page(DIRECTIVE.id)]


def test_static_files_with_their_hash_are_kept_for_good(client: TestClient) -> None:
    text = client.get("/").text
    (url,) = re.findall(r'href="(/static/luocdo\.css\?v=[0-9a-f]+)"', text)
    assert "immutable" in client.get(url).headers["cache-control"]


def test_the_licence_of_the_vendored_script_travels_with_it(client: TestClient) -> None:
    assert "MIT" in client.get("/static/vis/LICENSE-MIT").text
    assert BASE.startswith("https://w3id.org/")


@pytest.mark.parametrize(
    "window",
    [
        "tu-ngay=0001-01-01&den-ngay=9999-12-31",
        "tu-ngay=9999-01-01&den-ngay=9999-12-31",
        "tu-ngay=0001-01-01&den-ngay=0001-01-05",
        "tu-ngay=2024-12-31&den-ngay=2024-01-01",
    ],
)
def test_a_window_at_the_end_of_the_calendar_is_shown_without_neighbours_that_no_calendar_has(
    client: TestClient, window: str
) -> None:
    assert client.get(f"/han?{window}").status_code == 200


def test_the_windows_beside_a_window_touch_it_and_are_as_long() -> None:
    from datetime import date

    from api.routes.unit_pages import _periods_beside

    before, after = _periods_beside(date(2024, 1, 1), date(2024, 1, 31))
    assert before[1:] == (date(2023, 12, 1), date(2023, 12, 31))
    assert after[1:] == (date(2024, 2, 1), date(2024, 3, 2))


def test_a_claim_of_many_places_says_that_there_are_more_than_it_lists(client: TestClient, store: FakeStore) -> None:
    claim = Claim(property="number", value="15", preferred=True, evidence=(NUMBER,) * 50)
    for more, told in ((False, "và 49 chỗ khác"), (True, "và hơn 49 chỗ khác")):
        claims = (msgspec.structs.replace(claim, more=more),)
        store.details = {**DETAILS, PLAN.id: msgspec.structs.replace(DETAILS[PLAN.id], claims=claims)}
        text = client.get(links.page(PLAN.id)).text
        summary = re.search(r"<summary>(và [^<]+)</summary>", text)
        assert summary
        assert summary[1] == told
        assert text.count('<li><a class="src"') == 49


def test_a_period_is_not_said_twice(client: TestClient, store: FakeStore) -> None:
    quarterly = Deadline(kind=DeadlineKind.RECURRING, value="P3M", phrase="hằng quý")
    duty = msgspec.structs.replace(DUTY, deadline=quarterly)
    store.details = {**DETAILS, PLAN.id: msgspec.structs.replace(DETAILS[PLAN.id], duties=(duty,))}
    cell = re.search(r'<td class="c-when".*?</td>', client.get(links.page(PLAN.id)).text, re.DOTALL)
    assert cell
    assert cell[0].lower().count("quý") == 1
