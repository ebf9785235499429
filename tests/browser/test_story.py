"""The story of a reader, in a true browser: from a number typed without accents to a node of the picture."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from api.service import Service
from tests.api.conftest import FakeService
from tests.browser.conftest import ROOT, Visit, loaded
from tests.fakes import HOME, PLAN, FakeStore
from viz import links
from viz.network import render

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
SEEDS = ROOT.parent / "shared" / "seeds"
EXAMPLES = ROOT / "examples" / "van-ban"


def _fake() -> Service:
    return FakeService(FakeStore())


def _seeds() -> Service:
    if not SEEDS.is_dir():
        pytest.skip(f"{SEEDS} is absent")
    return loaded(SEEDS)


def _examples() -> Service:
    return loaded(EXAMPLES)


CORPORA = [
    pytest.param(_fake, id="hand-made"),
    pytest.param(_examples, id="examples"),
    pytest.param(_seeds, id="seeds", marks=pytest.mark.shared),
]


@pytest.fixture(scope="module")
def address(request: pytest.FixtureRequest, serve: Callable[[Service], str]) -> str:
    make: Callable[[], Service] = request.param
    return serve(make())


def _click_node(page: Page, node: str) -> None:
    spot = page.evaluate(
        """id => {
            const frame = document.getElementById("khung"), box = frame.getBoundingClientRect();
            const place = frame.network.getPosition(id);
            frame.network.moveTo({ position: place, scale: 1, animation: false });
            const at = frame.network.canvasToDOM(place);
            return { x: box.left + at.x, y: box.top + at.y };
        }""",
        node,
    )
    page.mouse.click(spot["x"], spot["y"])


def _down(page: Page) -> Locator:
    return page.locator(".level-down .hop-head a.doc:not(.doc-stub)")


@pytest.mark.parametrize("address", CORPORA, indirect=True)
@pytest.mark.parametrize("visit", [1280, 390], indirect=True)
def test_a_reader_goes_from_a_number_to_a_node_without_leaving_the_machine(address: str, visit: Visit) -> None:
    page = visit.page
    page.goto(address)
    page.get_by_role("combobox").fill("chi thi 33")
    page.get_by_role("button", name="Tìm").click()
    page.get_by_role("link", name="33/CT-TTg").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("33/CT-TTg")

    plan = _down(page).first
    name = plan.inner_text()
    plan.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)

    page.locator(".duties a.unit").first.click()
    expect(page).to_have_url(re.compile("/co-quan/"))
    page.get_by_role("link", name=re.compile("Xuống dưới")).click()
    expect(page.get_by_role("link", name=re.compile("Xuống dưới"))).to_have_attribute("aria-current", "page")
    page.get_by_role("link", name=re.compile("Lên trên")).click()
    expect(page.get_by_role("link", name=re.compile("Lên trên"))).to_have_attribute("aria-current", "page")

    page.go_back()
    page.go_back()
    page.go_back()
    page.get_by_role("link", name="Xem sơ đồ").click()
    expect(page.locator("#khung canvas")).to_be_visible()
    other = page.evaluate("JSON.parse(document.getElementById('du-lieu').textContent).nodes.at(-1).id")
    title = page.evaluate(
        "id => JSON.parse(document.getElementById('du-lieu').textContent).facts.nodes[id].title", other
    )
    _click_node(page, other)
    expect(page.locator("#chi-tiet h2")).to_have_text(" ".join(title.split()))

    assert visit.outside == []
    assert visit.errors == []


@pytest.mark.parametrize("address", CORPORA, indirect=True)
@pytest.mark.parametrize("visit", [1280, 390], indirect=True)
def test_no_page_is_wider_than_the_screen(address: str, visit: Visit) -> None:
    page = visit.page
    page.goto(f"{address}/kho")
    documents = page.locator("table.docs a.doc").evaluate_all(
        "found => found.slice(0, 4).map(a => a.getAttribute('href'))"
    )
    for path in ["/", "/kho", "/han?tu-ngay=2021-01-01&den-ngay=2024-12-31", "/api", "/tim?q=dan+van", *documents]:
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
    assert visit.outside == []
    assert visit.errors == []


@pytest.mark.parametrize("address", [CORPORA[0]], indirect=True)
def test_a_click_on_a_fact_lights_its_sentence_in_the_source(address: str, visit: Visit) -> None:
    page = visit.page
    page.goto(address + links.page(PLAN.id))
    page.locator(".duties .src").first.click()
    lit = page.locator("mark.m-on")
    expect(lit.first).to_be_in_viewport()
    assert "".join(lit.all_inner_texts()).startswith("Sở Nội vụ chủ trì")


@pytest.mark.parametrize("address", [CORPORA[0]], indirect=True)
def test_suggestions_are_chosen_with_the_keyboard_alone(address: str, visit: Visit) -> None:
    page = visit.page
    page.goto(address)
    page.keyboard.type("chi thi")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("33/CT-TTg")
    assert visit.errors == []


@pytest.mark.parametrize("address", [CORPORA[0]], indirect=True)
def test_the_picture_stands_still_from_its_first_paint(address: str, visit: Visit) -> None:
    page = visit.page
    page.goto(address + links.picture(PLAN.id))
    places = "document.getElementById('khung').network.getPositions()"
    first = page.evaluate(places)
    page.wait_for_timeout(600)
    assert page.evaluate(places) == first


@pytest.mark.parametrize("address", [CORPORA[0]], indirect=True)
def test_a_node_is_opened_from_the_list_with_the_keyboard(address: str, visit: Visit) -> None:
    page = visit.page
    page.goto(address + links.picture(PLAN.id))
    page.locator("#cac-nut summary").focus()
    page.keyboard.press("Enter")
    page.locator(f'#cac-nut [data-node="{HOME.id}"]').focus()
    page.keyboard.press("Enter")
    expect(page.locator("#chi-tiet h2")).to_have_text(HOME.name)
    page.locator("#chi-tiet a.button").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(HOME.name)


@pytest.mark.parametrize("address", [CORPORA[0]], indirect=True)
def test_pages_serve_a_reader_without_scripts(address: str, visit: Visit, browser: object) -> None:
    context = visit.page.context.browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    page.locator("#q").fill("chi thi 33")
    page.get_by_role("button", name="Tìm").click()
    page.get_by_role("link", name="33/CT-TTg").first.click()
    _down(page).first.click()
    page.get_by_role("link", name="Xem sơ đồ").click()
    page.locator("summary", has_text="Danh sách liên kết").click()
    expect(page.get_by_text("Thực hiện Chỉ thị số 33/CT-TTg").first).to_be_visible()
    context.close()


def test_the_picture_in_a_file_of_its_own_opens_with_the_network_cut(visit: Visit, tmp_path: Path) -> None:
    graph = FakeStore().neighbourhood(PLAN.id)
    file = tmp_path / "lược đồ.html"
    file.write_text(render(graph, title="</script><b>Sơ đồ"), encoding="utf-8")
    visit.page.context.set_offline(True)
    visit.page.goto(file.as_uri())
    expect(visit.page.locator("#khung canvas")).to_be_visible()
    expect(visit.page.get_by_role("heading", level=1)).to_have_text("</script><b>Sơ đồ")
    _click_node(visit.page, HOME.id)
    expect(visit.page.locator("#chi-tiet h2")).to_have_text(HOME.name)
    assert visit.outside == []
    assert visit.errors == []
