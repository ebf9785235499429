"""One lock for PDFium, which knows no threads: whoever calls it holds the lock."""

import threading

LOCK = threading.Lock()
