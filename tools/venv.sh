#!/usr/bin/env bash
# Makes .venv with the first Python of at least 3.11 that works. Debian keeps the venv module in a package of its own:
# installed through apt when that is allowed, else a sentence says what to do. PYTHON=… names another interpreter.
set -euo pipefail
cd "$(dirname "$0")/.."

usable() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
    local name
    for name in ${PYTHON:-python3.11 python3 python3.12 python3.13 python3.14}; do
        if usable "$name"; then echo "$name"; return; fi
    done
    echo "Service Lane needs Python 3.11 or newer. Install it, or name it: make run PYTHON=/path/to/python3" >&2
    return 1
}

has_venv() { "$1" -c 'import ensurepip, venv' 2>/dev/null; }

[ -x .venv/bin/python ] && .venv/bin/python -m pip --version >/dev/null 2>&1 && exit 0
python=$(find_python)
if ! has_venv "$python"; then
    version=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    tools/apt.sh "making the virtual environment" "$version"
fi
echo "Making .venv with $("$python" --version)"
"$python" -m venv --clear .venv
