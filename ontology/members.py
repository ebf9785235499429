"""Members of an enumeration as plain attributes of its class."""

from enum import Enum
from typing import TypeVar

_E = TypeVar("_E", bound=type[Enum])


def plain_members(enumeration: _E) -> _E:
    """Put the members of an enumeration into its class as they are.

    Python 3.11 looks each of them up through a property written in Python, which costs ten times what comparing with a
    member costs; loops over lines and blocks ask for some at every step.
    """
    for name, member in enumeration.__members__.items():
        type.__setattr__(enumeration, name, member)
    return enumeration
