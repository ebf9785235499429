"""Names in the sample documents to what stores call them."""

from graph.results import ChainNode
from graph.store import Store


def find(store: Store, text: str) -> str:
    return store.find_instruments(text)[0].id


def unit(store: Store, name: str) -> str:
    return store.find_bodies(name)[0].id


def labels(chain: ChainNode) -> list[str]:
    return [c.instrument.label for c in chain.children]
