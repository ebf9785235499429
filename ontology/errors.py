"""Every error that the product raises on purpose, in one hierarchy with stable codes."""

from typing import ClassVar


class LuocdoError(Exception):
    """Base of all deliberate errors.

    Attributes:
        code: Stable word of the REST contract and of the command line.
        details: JSON-ready facts (file, line, remedy …) for the person or program that reads it.
    """

    code: ClassVar[str] = "internal"

    def __init__(self, message: str, **details: str | int | float | bool | list[str] | None) -> None:
        super().__init__(message)
        self.message = message
        self.details = details


class InvalidInputError(LuocdoError):
    """What the user gave cannot be used."""

    code = "invalid_input"


class MalformedNumberError(InvalidInputError):
    """A text is not a document number (số, ký hiệu) of a known shape."""

    code = "malformed_number"


class UnreadableFileError(InvalidInputError):
    """A file cannot be read: empty, damaged, encrypted, of an unknown kind, too large.

    ``details`` hold ``file``, ``reason`` (a stable word) and ``remedy`` (what the user can do, Vietnamese).
    """

    code = "unreadable_file"


class SecretDocumentError(InvalidInputError):
    """A document bears a secrecy mark and was refused before anything was kept (Law 29/2018/QH14)."""

    code = "secret_document"


class LimitExceededError(UnreadableFileError):
    """A file or question goes beyond a configured limit of size, pages, time or depth."""

    code = "limit_exceeded"


class AmbiguousReferenceError(InvalidInputError):
    """What the user typed fits several instruments or bodies; ``details['choices']`` names them."""

    code = "ambiguous"


class ContradictionError(InvalidInputError):
    """A judgement says the opposite of standing ones; ``details['judgements']`` names them."""

    code = "contradiction"


class NotAllowedError(LuocdoError):
    """The program was not started so as to allow this; the message says how it would be."""

    code = "not_allowed"


class NotFoundError(LuocdoError):
    """No such instrument, body or duty in the loaded documents (which does not mean that none exists)."""

    code = "not_found"


class ModelError(LuocdoError):
    """A table or shape of our own is wrong."""

    code = "model"


class OverloadedError(LuocdoError):
    """The program has too much to do now; the same may be asked again later."""

    code = "overloaded"


class TimeExceededError(OverloadedError):
    """A question took longer than it may and was stopped."""

    code = "time_exceeded"


class ClusterError(LuocdoError):
    """The machines that were to read documents cannot be reached or cannot do it; ``details`` hold ``remedy``."""

    code = "cluster_unavailable"


class StoreError(LuocdoError):
    """A store failed."""

    code = "store_failed"


class StoreUnavailableError(StoreError):
    """A store cannot be reached or opened."""

    code = "store_unavailable"


class StoreVersionError(StoreError):
    """A store was written by a newer version of the program."""

    code = "store_version"
