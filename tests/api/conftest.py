"""A client over a store of hand-made answers."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.answers import Answer, AnswerEvidence, Choice, Item
from api.app import create_app
from api.parts import WHOLE, Part
from api.service import Service
from api.settings import Settings
from tests.api.commands import CORPUS
from tests.fakes import DIRECTIVE, PLAN, SHA, STATED, UNIT_PLAN, FakeStore


class FakeService(Service):
    """The true service but for the understanding of questions, which has its own tests."""

    def ask(self, question: str, part: Part = WHOLE) -> Answer:
        corpus = self.store.corpus()
        evidence = AnswerEvidence(
            file=STATED.file, start=STATED.start, end=STATED.end, line=STATED.line, text=STATED.text, sha256=SHA
        )
        if "?" not in question:
            return Answer(question=question, status="answered", kind="find", corpus=corpus)
        if "25" in question:
            choices = (Choice(text=PLAN.label, id=PLAN.id), Choice(text=UNIT_PLAN.label, id=UNIT_PLAN.id))
            return Answer(question=question, status="ambiguous", text="Có hai văn bản.", choices=choices, corpus=corpus)
        if "mật" in question:
            return Answer(question=question, status="unknown", kind="due", text="Chưa cho biết.", corpus=corpus)
        return Answer(
            question=question,
            status="answered",
            kind="implementers",
            parameters={"instrument": DIRECTIVE.label},
            text="Một văn bản đã nạp thực hiện Chỉ thị này.",
            items=(Item(text=PLAN.label, id=PLAN.id, derived=True, evidence=(evidence,)),),
            corpus=corpus,
        )


@pytest.fixture
def store() -> FakeStore:
    return FakeStore()


@pytest.fixture
def client(store: FakeStore) -> Iterator[TestClient]:
    settings = Settings(hosts=("testserver",), upload_bytes=2000, question_chars=100, page_most=5)
    with TestClient(create_app(FakeService(store), settings), raise_server_exceptions=False) as made:
        yield made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the documents that questions are asked of."""
    folder = tmp_path / "văn bản"
    folder.mkdir()
    for file in CORPUS.glob("*.txt"):
        (folder / file.name).write_bytes(file.read_bytes())
    return folder
