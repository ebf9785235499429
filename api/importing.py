"""Bring in what ``luocdo export`` wrote: untrusted, behind the gate of secrecy, each document whole or none at all."""

from pathlib import Path

import msgspec

from graph.judgements import Judgement
from graph.store import Batch, Store
from loaders.document import SourceText
from loaders.secrecy import check
from ontology.errors import InvalidInputError, SecretDocumentError


class ImportReport(msgspec.Struct, frozen=True, kw_only=True):
    """What an import did.

    Attributes:
        documents: Documents that the file tells of.
        changed: Of these, new or changed in the store.
        judgements: Judgements that the file tells of.
    """

    file: str
    format: str
    documents: int
    changed: int
    judgements: int


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What a file tells, read and checked whole."""

    file: str
    format: str
    batches: tuple[Batch, ...]
    judgements: tuple[Judgement, ...]


def read_file(path: Path, format_: str | None = None) -> Told:
    """Read a file that ``export`` wrote, and check all of it.

    Args:
        path: The file, or the folder that a zip of tables was unpacked into.
        format_: A name of a format; None: by the extension.

    Raises:
        InvalidInputError: No such format, or the file is not as it must be; the message names line and remedy.
        LimitExceededError: The file goes beyond a limit.
        SecretDocumentError: A document bears a mark of secrecy.
    """
    from graph.exchange import format_of  # noqa: PLC0415 - rdflib is slow to import
    from graph.exchange_read import read  # noqa: PLC0415

    format_ = format_of(format_, path)
    told = read(path, format_)
    for batch in told.batches:
        _check(batch, path.name)
    return Told(file=path.name, format=format_, batches=tuple(told.batches), judgements=tuple(told.judgements))


def keep(store: Store, told: Told) -> ImportReport:
    """Keep the documents and judgements that a file told of."""
    changed = store.write_many(iter(told.batches))
    store.adopt(told.judgements)
    return ImportReport(
        file=told.file,
        format=told.format,
        documents=len(told.batches),
        changed=changed,
        judgements=len(told.judgements),
    )


def _check(batch: Batch, file: str) -> None:
    """Refuse what the loaders would have refused, or could not have written."""
    source, size = batch.record.source, len(batch.text)
    if batch.record.instrument.secrecy:
        raise SecretDocumentError(f"{file}: “{source.file}” ghi độ mật, không được nhập", file=source.file)
    check(
        SourceText(
            path=batch.path,
            file=source.file,
            sha256=source.sha256,
            media_type=source.media_type,
            text_from=source.text_from,
            text=batch.text,
            pages=batch.pages,
        )
    )
    record = batch.record
    spans = [(c.start, c.end) for c in record.citations] + [(o.start, o.end) for o in record.obligations]
    spans += [(u.start, u.end) for u in record.unparsed] + [(w.start, w.end) for w in record.warnings]
    if any(not 0 <= start <= end <= size for start, end in spans):
        remedy = "Xuất lại tệp bằng `luocdo export` rồi thử lại."
        why = f"“{source.file}” có vị trí nằm ngoài văn bản"
        raise InvalidInputError(f"{file}: {why}. {remedy}", file=file, reason=why, remedy=remedy)
