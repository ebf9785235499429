from urllib.parse import unquote, urlsplit

import pytest

from ontology.identity import BASE, InstrumentKey, body_iri, instrument_iri
from viz import links


@pytest.mark.parametrize(
    "iri",
    [
        instrument_iri(InstrumentKey("quang-ngai", ("bdvtu", "bcsdubnd"), "ke_hoach", 10), "2021-01-11"),
        instrument_iri(InstrumentKey("vn", ("ttg",), "chi_thi", 33), "2021-11-26"),
        instrument_iri(InstrumentKey(None, (), None, None, "luat thuc hien dan chu o co so")),
        instrument_iri(InstrumentKey("vn", ("cp",), "nghi_quyet", 66, ".7", 2025)),
    ],
)
def test_the_path_of_a_page_leads_back_to_the_instrument(iri: str) -> None:
    path = unquote(urlsplit(links.page(iri)).path)
    assert links.iri_of("instrument", path.removeprefix("/van-ban/")) == iri


def test_the_path_of_a_page_leads_back_to_the_body() -> None:
    iri = body_iri("Sở Công Thương", "quang-ngai-2025")
    assert links.page(iri) == "/co-quan/quang-ngai-2025/so-cong-thuong"
    assert links.iri_of("body", "quang-ngai-2025/so-cong-thuong") == iri


def test_a_whole_iri_is_taken_as_it_is_even_where_a_proxy_folded_its_slashes() -> None:
    iri = f"{BASE}body/vn/chinh-phu"
    assert links.iri_of("body", iri) == iri
    assert links.iri_of("body", iri.replace("://", ":/")) == iri


@pytest.mark.parametrize("iri", ["javascript:alert(1)", "https://evil.example/x", f"{BASE}duty/ab/1", BASE, ""])
def test_what_is_not_ours_has_no_page(iri: str) -> None:
    assert links.page(iri) == ""


def test_a_hostile_local_part_cannot_leave_the_attribute_or_the_site() -> None:
    page = links.page(f'{BASE}body/x/"><script>?a=b#c')
    assert page.startswith("/co-quan/x/")
    assert not set(page) & set('"<>?#')
