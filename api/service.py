"""The use cases that all doors share: load, extract, resolve what was typed, ask."""

from collections.abc import Iterable
from concurrent.futures import Executor
from pathlib import Path

from api import resolving
from api.answers import Answer
from api.loading import LoadReport, Progress
from graph.results import BodyRef, InstrumentRef
from graph.store import Store
from ontology.record import Record


class Service:
    """Joins loaders and store for the command line, the REST routes and the pages.

    Example:
        >>> from graph.connect import connect
        >>> Service(connect("memory:")).ask("Văn bản nào thực hiện Chỉ thị 33?").status
        'unknown'
    """

    def __init__(self, store: Store) -> None:
        self.store = store

    # -- documents ----------------------------------------------------------------------------------------------------
    def load(
        self, paths: Iterable[str | Path], on_progress: Progress | None = None, executor: Executor | None = None
    ) -> LoadReport:
        """Load files and folders; see ``api.loading.load``."""
        from api.loading import load  # noqa: PLC0415 - multiprocessing is slow to import and rarely needed

        return load(self.store, paths, on_progress, executor)

    def extract(self, path: str | Path) -> Record:
        """Read one file into its record without keeping it.

        Raises:
            UnreadableFileError: The file cannot be read.
            SecretDocumentError: The file bears a secrecy mark.
        """
        from loaders.pipeline import extract  # noqa: PLC0415 - slow to import

        return extract(Path(path))[1]

    def text(self, path: str | Path) -> str:
        """The text of a file that the offsets of its record mean.

        Raises:
            UnreadableFileError: The file cannot be read.
            SecretDocumentError: The file bears a secrecy mark.
        """
        from loaders.secrecy import check  # noqa: PLC0415
        from loaders.source import read  # noqa: PLC0415

        source = read(Path(path))
        check(source)
        return source.text

    # -- names --------------------------------------------------------------------------------------------------------
    def resolve_instrument(self, text: str) -> InstrumentRef:
        """The one instrument that a person means; see ``api.resolving.resolve_instrument``."""
        return resolving.resolve_instrument(self.store, text)

    def resolve_body(self, text: str) -> BodyRef:
        """The one body, post or class that a person means; see ``api.resolving.resolve_body``."""
        return resolving.resolve_body(self.store, text)

    # -- questions ----------------------------------------------------------------------------------------------------
    def ask(self, question: str) -> Answer:
        """Answer a question in Vietnamese or English from the loaded documents; see ``api.ask``."""
        from api.ask import ask  # noqa: PLC0415 - pattern tables load on the first question

        return ask(self.store, question)
