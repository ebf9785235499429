"""Keep what was read and answer questions about it. Never sees a file format."""
