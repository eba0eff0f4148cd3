# Sourced by run and test: makes the virtual environment and keeps it at the locked versions.

# Compiled modules are kept: without them every start takes twice as long.
unset PYTHONDONTWRITEBYTECODE

say() { printf '%s\n' "$*" >&2; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then sudo -n "$@"
  else return 1; fi
}

# have PROGRAM PACKAGE: the program is there, or is installed from Debian's package.
have() {
  command -v "$1" >/dev/null 2>&1 && [ "$1" != psql ] && return 0
  [ "$1" = psql ] && ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 && return 0
  command -v apt-get >/dev/null 2>&1 || { say "Install $2 to run everything; without it the rest is done."; return 1; }
  { as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$2" >/dev/null 2>&1 ||
    { as_root apt-get update -qq >/dev/null 2>&1 &&
      as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$2" >/dev/null 2>&1; }; } ||
    { say "Install $2 (apt-get install $2) to run everything; without it the rest is done."; return 1; }
}

# paper: the engine that reads Dutch letters. It is asked for once; who says no can still install it later.
paper() {
  asked="$here/.venv/asked-paper"
  [ -e "$asked" ] && return 0
  touch "$asked"
  have tesseract tesseract-ocr && { ls /usr/share/tesseract-ocr/*/tessdata/nld.traineddata >/dev/null 2>&1 ||
    have tesseract-nld tesseract-ocr-nld; }
}

# example: the voices and the faces of the example's calls and letters. Asked for once; without them others are taken.
example() {
  asked="$here/.venv/asked-example"
  [ -e "$asked" ] && return 0
  touch "$asked"
  have espeak-ng espeak-ng || true
  for face in liberation courier-prime comic-neue dkg-handwriting; do
    ls "/usr/share/doc/fonts-$face" >/dev/null 2>&1 || have "font-$face" "fonts-$face" || true
  done
}

find_python() {
  for name in python3 python3.14 python3.13 python3.12 python3.11; do
    if command -v "$name" >/dev/null 2>&1 &&
      "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      command -v "$name"; return 0
    fi
  done
  say "Gehoor needs Python 3.11 or newer: install it (apt-get install python3 python3-venv) and run this again."
  return 1
}

make_environment() {
  python=$(find_python)
  rm -rf "$1/.venv"
  "$python" -m venv "$1/.venv" >/dev/null 2>&1 && return 0
  rm -rf "$1/.venv"
  version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
  as_root apt-get update -qq >/dev/null 2>&1 || true
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "python$version-venv" >/dev/null 2>&1 || true
  "$python" -m venv "$1/.venv" >/dev/null 2>&1 && return 0
  rm -rf "$1/.venv"
  say "Python cannot make a virtual environment: apt-get install python$version-venv, and run this again."
  return 1
}

# set_up FOLDER KIND: KIND is run or develop; quick when nothing changed.
set_up() {
  lock="$1/requirements/$2.txt"
  sum=$(cksum < "$lock")
  stamp="$1/.venv/locked-$2"
  if [ "$(cat "$stamp" 2>/dev/null)" != "$sum" ]; then
    if [ "$2" = run ] && [ -e "$1/.venv/locked-develop" ] && [ -x "$1/.venv/bin/python" ]; then
      : # the developers' environment holds everything that running needs, at the same versions
    else
      "$1/.venv/bin/python" -c '' 2>/dev/null || make_environment "$1"
      say "Setting up (once)..."
      "$1/.venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-input --require-hashes -r "$lock"
    fi
    printf '%s' "$sum" > "$stamp"
  fi
  PYTHONPATH="$1/src" "$1/.venv/bin/python" -c "from gehoor.web.translations import compile_all; compile_all()"
}
