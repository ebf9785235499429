"""The use cases that all doors share: load, extract, resolve what was typed, ask."""

from collections.abc import Iterable
from concurrent.futures import Executor
from pathlib import Path
from typing import TYPE_CHECKING

from api import resolving
from api.answers import AMBIGUOUS, UNKNOWN, Answer, Choice
from api.parts import WHOLE, Part
from graph.results import BodyRef, InstrumentRef
from graph.store import Store
from ontology.errors import AmbiguousReferenceError, LuocdoError
from ontology.record import Record
from ontology.terms import Direction, Role, Strength

if TYPE_CHECKING:
    from api.loading import LoadReport, Progress
    from loaders.source import Limits


def text_of(path: str | Path) -> str:
    """The text of a file that the offsets of its record mean.

    Raises:
        UnreadableFileError: The file cannot be read.
        SecretDocumentError: The file bears a secrecy mark.
    """
    from loaders.secrecy import check  # noqa: PLC0415 - readers of formats are slow to import
    from loaders.source import Limits, read  # noqa: PLC0415

    source = read(Path(path), Limits.from_environment())
    check(source)
    return source.text


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
        self,
        paths: Iterable[str | Path],
        on_progress: "Progress | None" = None,
        executor: Executor | None = None,
        *,
        again: bool = False,
        limits: "Limits | None" = None,
    ) -> "LoadReport":
        """Load files and folders; see ``api.loading.load``."""
        from api.loading import load  # noqa: PLC0415 - multiprocessing is slow to import and rarely needed

        return load(self.store, paths, on_progress, executor, again=again, limits=limits)

    def extract(self, path: str | Path) -> Record:
        """Read one file into its record without keeping it; it may cost no more than a file sent over the network.

        Raises:
            UnreadableFileError: The file cannot be read.
            SecretDocumentError: The file bears a secrecy mark.
        """
        from api.loading import read_one  # noqa: PLC0415 - slow to import
        from loaders.source import Limits  # noqa: PLC0415

        return read_one(path, Limits.for_upload(Limits.from_environment())).record

    def text(self, path: str | Path) -> str:
        """The text of a file that the offsets of its record mean.

        Raises:
            UnreadableFileError: The file cannot be read.
            SecretDocumentError: The file bears a secrecy mark.
        """
        return text_of(path)

    # -- names --------------------------------------------------------------------------------------------------------
    def resolve_instrument(self, text: str) -> InstrumentRef:
        """The one instrument that a person means; see ``api.resolving.resolve_instrument``."""
        return resolving.resolve_instrument(self.store, text)

    def resolve_body(self, text: str) -> BodyRef:
        """The one body, post or class that a person means; see ``api.resolving.resolve_body``."""
        return resolving.resolve_body(self.store, text)

    # -- questions ----------------------------------------------------------------------------------------------------
    def ask(self, question: str, part: Part = WHOLE) -> Answer:
        """Answer a question in Vietnamese or English from the loaded documents; see ``api.ask``."""
        from api.ask import ask  # noqa: PLC0415 - pattern tables load on the first question

        return ask(self.store, question, part)

    def implements(self, text: str, depth: int = 10, strength: Strength = Strength.TASK, part: Part = WHOLE) -> Answer:
        """What carries out an instrument; see ``api.verbs``, also for the errors of the questions below."""
        from api import verbs  # noqa: PLC0415

        return verbs.implements(self.store, text, depth, strength, part)

    def basis(self, text: str, depth: int = 10, part: Part = WHOLE) -> Answer:
        """What an instrument carries out or rests on."""
        from api import verbs  # noqa: PLC0415

        return verbs.basis(self.store, text, depth, part)

    def duties(
        self,
        body: str,
        direction: Direction = Direction.OWN,
        *,
        under: str | None = None,
        from_: str | None = None,
        to: str | None = None,
        role: Role | None = None,
        reports: bool = False,
        units: bool = True,
        part: Part = WHOLE,
    ) -> Answer:
        """Duties of a body: own, up or down."""
        from api import verbs  # noqa: PLC0415

        return verbs.duties(
            self.store,
            body,
            direction,
            under=under,
            from_=from_,
            to=to,
            role=role,
            reports=reports,
            units=units,
            part=part,
        )

    def why(self, body: str, instrument: str, part: Part = WHOLE) -> Answer:
        """Why a body is bound by an instrument."""
        from api import verbs  # noqa: PLC0415

        return verbs.why(self.store, body, instrument, part)

    def due(self, from_: str | None, to: str | None, body: str | None = None, part: Part = WHOLE) -> Answer:
        """Duties with a last day in a window."""
        from api import verbs  # noqa: PLC0415

        return verbs.due(self.store, from_, to, body, part)

    def find(self, text: str, limit: int = 20) -> Answer:
        """Instruments and bodies that fit a text."""
        from api import verbs  # noqa: PLC0415

        return verbs.find(self.store, text, limit)

    def search(self, text: str, limit: int = 20) -> Answer:
        """Full text over documents and duties."""
        from api import verbs  # noqa: PLC0415

        return verbs.search(self.store, text, limit)

    def refusal(self, error: LuocdoError) -> Answer:
        """The form of an answer for a name that fits none (``unknown``) or several (``ambiguous``)."""
        typed = str(error.details.get("text", ""))
        labels, ids = error.details.get("choices"), error.details.get("ids")
        choices: tuple[Choice, ...] = ()
        if isinstance(labels, list) and isinstance(ids, list):
            choices = tuple(Choice(text=t, id=i) for t, i in zip(labels, ids, strict=True))
        status = AMBIGUOUS if isinstance(error, AmbiguousReferenceError) else UNKNOWN
        return Answer(question=typed, status=status, text=error.message, choices=choices, corpus=self.store.corpus())
