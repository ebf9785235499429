"""One module a store; each is enrolled in ``graph.connect``."""
