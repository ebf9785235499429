"""Vietnamese sentences for what the web framework says in English: faults of parameters, faults of HTTP."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

# By the type of pydantic's error; {…} are filled from its context.
_FAULTS: Mapping[str, str] = MappingProxyType(
    {
        "missing": "còn thiếu",
        "int_parsing": "phải là một số nguyên",
        "int_parsing_size": "là một số quá lớn",
        "int_type": "phải là một số nguyên",
        "bool_parsing": "phải là true hoặc false",
        "enum": "phải là một trong {expected}",
        "literal_error": "phải là một trong {expected}",
        "greater_than_equal": "nhỏ nhất là {ge}",
        "less_than_equal": "lớn nhất là {le}",
        "string_pattern_mismatch": "không đúng dạng {pattern}",
        "string_too_short": "ngắn quá, ít nhất {min_length} ký tự",
        "string_too_long": "dài quá {max_length} ký tự",
        "string_type": "phải là chữ",
        "string_unicode": "có ký tự không dùng được",
        "model_attributes_type": "phải là một đối tượng JSON",
        "dict_type": "phải là một đối tượng JSON",
    }
)
_HTTP: Mapping[int, str] = MappingProxyType(
    {
        400: "Không đọc được yêu cầu.",
        404: "Không có gì ở địa chỉ này.",
        405: "Địa chỉ này không nhận cách gọi đó.",
        413: "Yêu cầu lớn quá.",
    }
)


def fault_of(name: str, error: Mapping[str, Any]) -> str:
    """Say what is wrong with a parameter.

    Args:
        name: The parameter as the asker wrote it.
        error: One error of pydantic: ``type``, ``ctx``.

    Example:
        >>> fault_of("limit", {"type": "greater_than_equal", "ctx": {"ge": 1}})
        'Tham số limit nhỏ nhất là 1'
    """
    words = _FAULTS.get(error["type"], "không dùng được")
    context = {key: str(value).replace(" or ", " hoặc ") for key, value in (error.get("ctx") or {}).items()}
    return f"Tham số {name} {words.format_map(context)}"


def not_json(error: Mapping[str, Any]) -> str:
    """Say where the body of a request stops being JSON.

    Example:
        >>> not_json({"loc": ("body", 12)})
        'Thân yêu cầu không phải là JSON: sai từ ký tự thứ 13'
    """
    place = error["loc"][-1]
    where = f": sai từ ký tự thứ {place + 1}" if isinstance(place, int) else ""
    return f"Thân yêu cầu không phải là JSON{where}"


def http_fault(status: int, given: str) -> str:
    """Say an error of HTTP itself; the framework's own words where the table knows none."""
    return _HTTP.get(status, given)
