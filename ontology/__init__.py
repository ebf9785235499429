"""What exists: instruments, bodies, obligations, and the tables and words that describe them."""
