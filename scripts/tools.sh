#!/bin/bash
# Finds the programs that read old office files and scans, or installs Debian's where that is allowed.
set -euo pipefail

missing=()
command -v "${LUOCDO_SOFFICE:-soffice}" >/dev/null && compgen -G '/usr/lib/libreoffice/program/libswlo.so' >/dev/null || missing+=(libreoffice-writer-nogui)
compgen -G '/usr/lib/libreoffice/program/libsclo.so' >/dev/null || missing+=(libreoffice-calc-nogui)
command -v "${LUOCDO_TESSERACT:-tesseract}" >/dev/null || missing+=(tesseract-ocr)
compgen -G '/usr/share/tesseract-ocr/*/tessdata/vie.traineddata' >/dev/null || missing+=(tesseract-ocr-vie)

[ "${#missing[@]}" = 0 ] && exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing ${missing[*]} …" >&2
  begun=$SECONDS
  if apt-get update -qq >&2 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/tmp/luocdo-tools.log 2>&1; then
    echo "Installed in $((SECONDS - begun)) s." >&2
    exit 0
  fi
  tail -5 /tmp/luocdo-tools.log >&2
fi

# Without them txt, md, html, docx, xlsx and pdf with text are still read; the tests of the other kinds say aloud that they were skipped.
echo "Old office files and scans need: sudo apt-get install --no-install-recommends ${missing[*]}" >&2
