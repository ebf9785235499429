"""A headless Chromium and servers on loopback; every request that would leave the machine is cut and recorded."""

import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

from api.app import create_app
from api.service import Service
from api.settings import Settings
from graph.connect import connect

ROOT = Path(__file__).parents[2]
CHROMIUMS = (os.environ.get("LUOCDO_CHROMIUM", ""), "/usr/bin/chromium", "/usr/bin/chromium-browser")
# Without these Chromium itself asks for updates and look-ups of its own.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
LOOPBACK = {"127.0.0.1", "localhost"}


@dataclass
class Visit:
    """A page with what it did wrong: requests that tried to leave, console errors, script errors."""

    page: Page
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = next((p for p in CHROMIUMS if p and Path(p).exists()), None)
    if path is None:
        pytest.skip("no Chromium on this machine: run scripts/browser.sh")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Visit]:
    width = getattr(request, "param", 1280)
    context = browser.new_context(viewport={"width": width, "height": 900}, locale="vi-VN")
    made = Visit(context.new_page())
    _watch(context, made)
    yield made
    context.close()


def _watch(context: BrowserContext, visit: Visit) -> None:
    def decide(route: Route) -> None:
        if urlsplit(route.request.url).hostname in LOOPBACK or route.request.url.startswith(("data:", "file:")):
            route.continue_()
        else:
            visit.outside.append(route.request.url)
            route.abort()

    context.route("**/*", decide)
    visit.page.on("console", lambda m: visit.errors.append(m.text) if m.type in ("error", "warning") else None)
    visit.page.on("pageerror", lambda e: visit.errors.append(str(e)))


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Service], str]]:
    """Start servers; each gives its address and stops at the end."""
    running: list[tuple[uvicorn.Server, threading.Thread]] = []

    def start(service: Service) -> str:
        listener = socket.socket()
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
        server = uvicorn.Server(uvicorn.Config(create_app(service, Settings()), log_level="error", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        running.append((server, thread))
        while not server.started:
            time.sleep(0.02)
        return f"http://127.0.0.1:{port}"

    yield start
    for server, thread in running:
        server.should_exit = True
        thread.join(timeout=5)


def loaded(*paths: Path) -> Service:
    """Give a service over a memory store with some files."""
    service = Service(connect("memory:"))
    with ThreadPoolExecutor(1) as executor:
        report = service.load([str(p) for p in paths], executor=executor)
    assert report.documents
    return service
