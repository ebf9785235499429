#!/usr/bin/env bash
# Build .venv with the luocdo command from uv.lock; needs only Python >= 3.11, git and make.
set -euo pipefail
cd "$(dirname "$0")/.."

fail() { echo "setup: $*" >&2; exit 1; }

python=""
for candidate in python3 python3.13 python3.12 python3.11; do
  if command -v "$candidate" >/dev/null && "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    python=$candidate
    break
  fi
done
[ -n "$python" ] || fail "Python >= 3.11 is needed (Debian: apt-get install python3)."

# uv installs exactly what uv.lock pins; it comes from PyPI where it is not on the machine.
if command -v uv >/dev/null; then
  uv=uv
else
  tools=.venv-tools
  if [ ! -x "$tools/bin/uv" ]; then
    if ! "$python" -m venv "$tools" >/dev/null 2>&1; then
      # Debian splits ensurepip into a package of its own.
      rm -rf "$tools"
      if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv >/dev/null
        "$python" -m venv "$tools"
      else
        fail "the venv module is missing: run 'sudo apt-get install python3-venv', then again."
      fi
    fi
    "$tools/bin/python" -m pip install --quiet --disable-pip-version-check "uv>=0.9"
  fi
  uv=$tools/bin/uv
fi

UV_PYTHON_DOWNLOADS=never "$uv" sync --frozen --quiet --python "$python"
.venv/bin/luocdo --version
