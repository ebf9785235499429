import pytest

from api.settings import LOOPBACK, Settings, read_settings
from ontology.errors import InvalidInputError


def test_without_variables_the_server_listens_to_this_machine_only() -> None:
    settings = read_settings({})
    assert settings == Settings()
    assert settings.host == "127.0.0.1"
    assert settings.answered_hosts == LOOPBACK


def test_variables_replace_defaults() -> None:
    settings = read_settings({"LUOCDO_STORE": "sqlite:/var/l.db", "LUOCDO_PORT": "9000", "LUOCDO_UPLOAD_BYTES": "10"})
    assert (settings.store, settings.port, settings.upload_bytes) == ("sqlite:/var/l.db", 9000, 10)


def test_another_address_is_answered_under_its_own_name_too() -> None:
    assert read_settings({"LUOCDO_HOST": "10.0.0.5"}).answered_hosts == (*LOOPBACK, "10.0.0.5")


def test_named_hosts_replace_the_default_ones() -> None:
    settings = read_settings({"LUOCDO_HOSTS": "luocdo.example.vn, localhost", "LUOCDO_HOST": "10.0.0.5"})
    assert settings.answered_hosts == ("luocdo.example.vn", "localhost")


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])  # noqa: S104
def test_a_server_on_all_addresses_answers_to_any_name(host: str) -> None:
    assert Settings(host=host).answered_hosts == ("*",)


@pytest.mark.parametrize("value", ["", "-1", "0", "8k", "٣", "1.5"])
def test_a_number_that_is_none_names_its_variable(value: str) -> None:
    with pytest.raises(InvalidInputError) as caught:
        read_settings({"LUOCDO_PORT": value})
    assert caught.value.details["variable"] == "LUOCDO_PORT"
