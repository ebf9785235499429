"""Write a store out for ``luocdo export``: to a file, all or nothing, or to stdout."""

import os
import sys
import tempfile
from pathlib import Path

from graph.store import Store
from ontology.errors import InvalidInputError
from ontology.system import said


def export_store(store: Store, format_: str, output: Path | None) -> None:
    """Write a store in a format of ``graph.exchange``.

    Args:
        store: What to write.
        format_: ``turtle``, ``json-ld``, ``graphml``, ``csv`` (a zip of tables) …
        output: A file; it is replaced only when all is written. None: stdout.

    Raises:
        InvalidInputError: The format is not known, or the file cannot be written.
    """
    from graph.exchange import export  # noqa: PLC0415 - rdflib is slow to import

    if output is None:
        export(store, format_, sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name}.")
    except OSError as error:
        raise InvalidInputError(f"không ghi được {output}: {said(error)}") from error
    try:
        with os.fdopen(handle, "wb") as out:
            export(store, format_, out)
        os.chmod(name, 0o644)
        os.replace(name, output)
    except OSError as error:
        raise InvalidInputError(f"không ghi được {output}: {said(error)}") from error
    finally:
        Path(name).unlink(missing_ok=True)
