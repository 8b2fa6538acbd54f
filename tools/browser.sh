#!/usr/bin/env bash
# Sees to it that the browser tests find Chromium and a font with Chinese characters. CHROMIUM=… names another browser.
set -euo pipefail
cd "$(dirname "$0")/.."

missing=()
[ -x "${CHROMIUM:-/usr/bin/chromium}" ] || missing+=(chromium)
has_cjk_font() { command -v fc-list >/dev/null && [ -n "$(fc-list :lang=zh-cn family)" ]; }
has_cjk_font || missing+=(fontconfig fonts-noto-cjk)
[ ${#missing[@]} = 0 ] || tools/apt.sh "the browser tests" "${missing[@]}"
