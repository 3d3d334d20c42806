#!/bin/sh
# Make .venv with StretchKit in it, and the system libraries that printing needs. Safe to run again:
# when nothing has changed it is done in a moment.
#
#   sh tools/setup.sh        what it takes to use StretchKit
#   sh tools/setup.sh dev    and to work on it: tests, checks, benchmarks
#
# PYTHON=python3.12 sh tools/setup.sh    takes that Python
set -eu
cd "$(dirname "$0")/.."

extra=${1:-}
case $extra in
  '' | dev) ;;
  *) echo "usage: sh tools/setup.sh [dev]" >&2; exit 2 ;;
esac

VENV=.venv
APT_LIBRARIES="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"

say() { printf '%s\n' "$*" >&2; }
die() { say "setup: $1"; shift; for line; do say "  $line"; done; exit 1; }

# --- what is there ----------------------------------------------------------------------------
is_new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }
makes_venvs() { "$1" -c 'import ensurepip, venv' 2>/dev/null; }
version_of() { "$1" -c 'import sys; print(sys.version.split()[0])' 2>/dev/null || true; }

# Prints the first Python on PATH that is new enough and makes virtual environments.
find_python() {
  for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11 python3.14}; do
    if is_new_enough "$candidate" && makes_venvs "$candidate"; then
      printf '%s\n' "$candidate"
      return
    fi
  done
}

# True if every library that WeasyPrint opens can be opened by this Python.
has_libraries() {
  "$1" - <<'PYTHON'
import ctypes
import ctypes.util
import sys

for name, file in (
    ("gobject-2.0", "libgobject-2.0.so.0"),
    ("pango-1.0", "libpango-1.0.so.0"),
    ("pangoft2-1.0", "libpangoft2-1.0.so.0"),
    ("harfbuzz", "libharfbuzz.so.0"),
    ("harfbuzz-subset", "libharfbuzz-subset.so.0"),
    ("fontconfig", "libfontconfig.so.1"),
):
    try:
        ctypes.CDLL(file)
    except OSError:
        if ctypes.util.find_library(name) is None:
            sys.exit(1)
PYTHON
}

# --- what is missing --------------------------------------------------------------------------
apt_install() {
  root=
  if [ "$(id -u)" != 0 ]; then
    root=sudo
    command -v sudo >/dev/null 2>&1 || die "missing: $*. Run this as root, then start again:" \
      "apt-get update && apt-get install -y --no-install-recommends $*"
  fi
  say "setup: installing $*"
  $root apt-get update -qq
  $root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

has_apt() { command -v apt-get >/dev/null 2>&1; }

no_python() {
  old=$(version_of python3)
  die "StretchKit needs Python 3.11 or newer with venv; python3 here is ${old:-not installed}." \
    "Debian 12+, Ubuntu 24.04+:  apt-get install python3 python3-venv" \
    "Ubuntu 22.04:  its python3 is 3.10. Take a newer one from pyenv, uv, conda or python.org." \
    "Fedora:  dnf install python3      RHEL 9:  dnf install python3.12" \
    "macOS:  brew install python" \
    "It is found by itself when python3.11, python3.12 or python3.13 is on PATH. If it is not:" \
    "  PYTHON=/path/to/python3 make setup"
}

ensure_python() {
  python=$(find_python)
  [ -z "$python" ] || return 0
  [ -z "${PYTHON:-}" ] || die "PYTHON=$PYTHON is not a Python 3.11 or newer with venv."
  has_apt || no_python
  # The distribution's own python3 can help only if it is absent, or new enough without venv.
  if command -v python3 >/dev/null 2>&1 && ! is_new_enough python3; then no_python; fi
  apt_install ca-certificates python3 python3-venv
  python=$(find_python)
  [ -n "$python" ] || no_python
}

ensure_libraries() {
  ! has_libraries "$1" || return 0
  if has_apt; then
    # shellcheck disable=SC2086  # several names
    apt_install $APT_LIBRARIES
    ! has_libraries "$1" || return 0
  fi
  die "the libraries that print PDFs (Pango, HarfBuzz, fontconfig) are missing. Run one of:" \
    "Debian, Ubuntu:  apt-get install --no-install-recommends $APT_LIBRARIES" \
    "Fedora, RHEL:    dnf install pango harfbuzz fontconfig" \
    "macOS:           brew install pango" \
    "then start again. On macOS with a Python that is not Homebrew's, this too:" \
    "  export DYLD_FALLBACK_LIBRARY_PATH=\"\$(brew --prefix)/lib\""
}

# --- the environment --------------------------------------------------------------------------
# What an installation depends on: if this has changed, install again.
state() { printf '%s %s %s\n' "$(version_of "$VENV/bin/python")" "$(cksum <pyproject.toml)" "$PWD"; }
is_done() { [ -x "$VENV/bin/stretchkit" ] && [ "$(cat "$VENV/setup-$1" 2>/dev/null)" = "$(state)" ]; }

# Asked for another Python than the one in .venv, or that one is gone: begin anew.
if [ -e "$VENV" ]; then
  if ! is_new_enough "$VENV/bin/python"; then
    rm -rf "$VENV"
  elif [ -n "${PYTHON:-}" ] && [ "$(version_of "$PYTHON")" != "$(version_of "$VENV/bin/python")" ]; then
    ensure_python
    rm -rf "$VENV"
  fi
fi

if [ ! -e "$VENV" ]; then
  ensure_python
  # A half-made environment would be taken for a whole one.
  "$python" -m venv "$VENV" || { rm -rf "$VENV"; die "$python cannot make a virtual environment."; }
fi
ensure_libraries "$VENV/bin/python"

if ! is_done "${extra:-use}"; then
  say "setup: installing StretchKit${extra:+ and what its $extra work needs} into $VENV (a minute or two)"
  rm -f "$VENV"/setup-*
  "$VENV/bin/python" -m pip --disable-pip-version-check install -qq -e ".${extra:+[$extra]}"
  for name in use $extra; do state >"$VENV/setup-$name"; done
  say "setup: done, $VENV/bin/stretchkit is ready (Python $(version_of "$VENV/bin/python"))"
fi
