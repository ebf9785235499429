#!/usr/bin/env bash
# The main job on the sample corpus: load, ask, show one unit's duties up and down, write the picture.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p out
rm -f out/demo.db out/demo.db-wal out/demo.db-shm   # every run shows the whole way, also after an update that keeps stores anew
export LUOCDO_STORE="sqlite:out/demo.db"
luocdo=.venv/bin/luocdo

step() { printf '\n\033[1m$ luocdo %s\033[0m\n' "$*"; "$luocdo" "$@"; }

step load examples/van-ban
step ask "Văn bản nào thực hiện Chỉ thị 33?"
step duties "Sở Công Thương tỉnh Sơn Hải" --up
step duties "Sở Công Thương tỉnh Sơn Hải" --down
step graph "Chỉ thị 33/CT-TTg" -o out/chi-thi-33.html
printf '\nMở out/chi-thi-33.html bằng trình duyệt; hoặc chạy: LUOCDO_STORE=%s %s serve\n' "$LUOCDO_STORE" "$luocdo"
