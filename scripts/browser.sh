#!/bin/bash
# Finds a Chromium for the browser tests, or installs Debian's where that is allowed; prints its path.
set -euo pipefail

for name in "${LUOCDO_CHROMIUM:-}" /usr/bin/chromium /usr/bin/chromium-browser /usr/bin/google-chrome; do
  if [ -n "$name" ] && [ -x "$name" ]; then
    echo "$name"
    exit 0
  fi
done

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing Debian's chromium for the browser tests …" >&2
  if apt-get update -qq >&2 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >&2; then
    echo /usr/bin/chromium
    exit 0
  fi
fi

# Without a browser the other tests still run; the browser tests say aloud that they were skipped.
echo "No Chromium: install it (Debian: apt-get install chromium) or set LUOCDO_CHROMIUM=/path/to/chromium." >&2
echo "The browser tests will be skipped." >&2
