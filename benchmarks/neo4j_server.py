"""The Neo4j server of the store benchmark and of the tests: one that is there, or one of our own on loopback."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit

import neo4j
from neo4j import GraphDatabase
from neo4j.exceptions import DriverError, Neo4jError

SCRIPT = Path(__file__).resolve().parents[1] / "scripts" / "neo4j.sh"
USER, PASSWORD = "neo4j", "mat-khau-thu"
FIRST = ("neo4j", "neo4j-first")  # what a new server lets in, once
START = 300.0  # seconds; the first start may have to wait for a slow machine


class Server:
    """A server that is running.

    Attributes:
        url: As ``graph.connect`` takes it, with name and password.
        place: The same without.
    """

    def __init__(self, place: str, user: str, password: str, home: Path | None = None) -> None:
        self.place = place
        self.user, self.password = user, password
        self.url = place.replace("://", f"://{quote(user)}:{quote(password)}@", 1) if user else place
        self.home = home
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the process and wait until it answers."""
        if self.home is None:
            raise RuntimeError("this server is not ours to start")
        command = ["bash", str(SCRIPT), "serve", str(self.home), str(urlsplit(self.place).port)]
        log = (self.home.parent / "server.log").open("wb")
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=log, stderr=subprocess.STDOUT)
        log.close()
        self._wait()

    def stop(self) -> None:
        """Let go of the server's input: it ends, as it does where a test run is killed."""
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.close()
            self._process.wait(60)
            self._process = None

    def kill(self) -> None:
        """Stop it without any goodbye."""
        if self._process is None or self._process.stdin is None:
            raise RuntimeError("no server of ours is running")
        self._process.kill()
        self._process.wait(60)
        if shutil.which("docker"):  # where the server runs in a container, the process was only its guard
            name = f"luocdo-neo4j-{urlsplit(self.place).port}"
            subprocess.run(["docker", "kill", name], capture_output=True, check=False)
        self._process.stdin.close()
        self._process = None

    def wipe(self) -> str:
        """Empty the database but for its schema, and give its address."""
        with self.session() as session:
            session.run(
                "MATCH (n) WHERE NOT n:Store CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 2000 ROWS"
            ).consume()
            session.run("MATCH (s:Store) SET s.writes = 0, s.revision = 0").consume()
        return self.url

    def empty(self) -> str:
        """Empty the database as if no store had ever been there."""
        self.wipe()
        with self.session() as session:
            session.run("MATCH (s:Store) DELETE s").consume()
        return self.url

    def spent(self) -> float:
        """Seconds that the processors worked for it until now; 0 where it is no process of ours, as in a container."""
        if self._process is None or Path(f"/proc/{self._process.pid}/comm").read_text().strip() != "java":
            return 0.0
        told = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")

    @contextmanager
    def session(self) -> "Iterator[neo4j.Session]":
        """A session of the bare driver."""
        with (
            GraphDatabase.driver(self.place, auth=(self.user, self.password), notifications_min_severity="OFF") as bare,
            bare.session() as session,
        ):
            yield session

    def _wait(self) -> None:
        ends = time.monotonic() + START
        while True:
            if self._process is None or self._process.poll() is not None or time.monotonic() > ends:
                told = (Path(str(self.home)).parent / "server.log").read_text("utf-8", "replace")
                raise RuntimeError(f"no Neo4j server: {told[-2000:]}")
            if self._answers():
                return
            time.sleep(0.25)

    def _answers(self) -> bool:
        for password in (self.password, *FIRST):
            try:
                with GraphDatabase.driver(self.place, auth=(self.user, password), connection_timeout=5) as driver:
                    if password == self.password:
                        driver.verify_connectivity()
                    else:
                        change = "ALTER CURRENT USER SET PASSWORD FROM $old TO $new"
                        values = {"old": password, "new": self.password}
                        driver.execute_query(change, values, database_="system")
                    return True
            except Neo4jError:
                continue  # another password
            except (DriverError, OSError):
                return False  # not yet
        return False


def _new_server(folder: Path) -> Server:
    """A server of its own, not yet started."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = folder / "home"
    home.mkdir()
    return Server(f"bolt://127.0.0.1:{port}", USER, PASSWORD, home)


def is_ready() -> bool:
    """Whether a server can be started without fetching anything; ``scripts/neo4j.sh install`` makes it so."""
    return not subprocess.run(["bash", str(SCRIPT), "ready"], capture_output=True, check=False).returncode


@contextmanager
def own_server() -> Iterator[Server]:
    """A server of our own while the block runs, in a temporary folder."""
    folder = Path(tempfile.mkdtemp(prefix="luocdo-neo4j-"))
    server = _new_server(folder)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running() -> Iterator[Server | None]:
    """A server while the block runs: the one of NEO4J_URI, else one of our own; None where there is neither."""
    given = os.environ.get("NEO4J_URI")
    if given:
        yield Server(given, os.environ.get("NEO4J_USER", ""), os.environ.get("NEO4J_PASSWORD", ""))
    elif is_ready():
        with own_server() as server:
            yield server
    else:
        yield None
