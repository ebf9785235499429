#!/usr/bin/env bash
# Finds a Chromium for the browser tests, or installs Debian's where that is allowed; prints its path.
set -euo pipefail

found() {
  for name in "${LUOCDO_CHROMIUM:-}" /usr/bin/chromium /usr/bin/chromium-browser /usr/bin/google-chrome; do
    if [ -n "$name" ] && [ -x "$name" ]; then
      echo "$name"
      return 0
    fi
  done
  return 1
}

# Playwright's driver is a program of its own that needs libatomic, which a minimal Debian lacks.
driver_runs() { ldconfig -p | grep -q 'libatomic\.so\.1'; }

if found >/dev/null && driver_runs; then
  found
  exit 0
fi

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing Debian's chromium for the browser tests …" >&2
  if apt-get update -qq >&2 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
      chromium libatomic1 fonts-dejavu-core >/tmp/luocdo-browser.log 2>&1; then
    found
    exit 0
  fi
  tail -5 /tmp/luocdo-browser.log >&2
fi

echo "No Chromium: sudo apt-get install --no-install-recommends chromium libatomic1" >&2
echo "(or set LUOCDO_CHROMIUM=/path/to/chromium). The browser tests are skipped aloud, and fail where CI is set." >&2
