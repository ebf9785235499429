"""One router a group of endpoints."""
