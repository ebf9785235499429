"""Files to extraction records: read, lay out, recognise, resolve. Never sees a store."""
