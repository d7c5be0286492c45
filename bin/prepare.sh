# Sourced by the other commands here with $root set. Installs and builds what is out of date;
# find_node leaves the path of Node 24 in $node and puts the packages' programs first in PATH.

fail() {
  printf '%s\n' "$@" >&2
  exit 1
}

# The stamp says for which package files node_modules was installed.
install_packages() {
  # A release has no sources: it came with its packages, built.
  [[ -d "$root/src" ]] || return 0
  local stamp="$root/node_modules/.vssid-installed"
  [[ -f "$stamp" && "$(<"$stamp")" == "$(packages_mark)" ]] && return
  require_node
  echo "Installing packages: about a minute, and only when they have changed." >&2
  (cd "$root" && npm install --no-fund --no-audit >&2) || fail "npm install failed; see above."
  packages_mark >"$stamp"
}

packages_mark() {
  cat "$root/package.json" "$root/package-lock.json" | cksum
}

require_node() {
  command -v node >/dev/null && command -v npm >/dev/null ||
    fail "Node.js is missing. Install Node.js 20.19 or newer with npm (https://nodejs.org), then start again."
  local version major minor
  version="$(node -p process.versions.node)"
  IFS=. read -r major minor _ <<<"$version"
  if ((major < 20 || (major == 20 && minor < 19))); then
    fail "Node.js $version is too old: 20.19 or newer is needed to install. Node 24 itself comes with the packages."
  fi
}

# The one that npm brought; the machine's own where there is none for this platform and it is new enough.
find_node() {
  node="$root/node_modules/.bin/node"
  if [[ ! -x "$node" ]]; then
    node="$(command -v node || true)"
    [[ -n "$node" && "$("$node" -p 'process.versions.node.split(".")[0]')" -ge 24 ]] ||
      fail "npm brought no Node 24 for this platform. Install Node.js 24 or newer."
  fi
  export PATH="$root/node_modules/.bin:$PATH"
}

build_product() {
  [[ -d "$root/src" ]] || return 0
  # Where no file and no folder was touched since the last build, its own look at each of them is spared.
  local stamp="$root/dist/stamp" sources=(src bench faults scripts/build.mjs package-lock.json tsconfig.json)
  [[ -f "$stamp" && -z "$(cd "$root" && find "${sources[@]}" -cnewer "$stamp" -print -quit)" ]] && return
  "$node" "$root/scripts/build.mjs" >&2 || fail "The build failed; see above."
}

# A browser, the other PostgreSQL, a reader of PDF, an authority of trials: those of Debian's packages named that are not there yet.
install_programs() {
  local package missing=() as_root=()
  for package in "$@"; do
    has_program "$package" || missing+=("$package")
  done
  ((${#missing[@]} == 0)) && return
  command -v apt-get >/dev/null || fail "These programs are needed, and there is no apt-get here: ${missing[*]}"
  if ((EUID != 0)); then
    command -v sudo >/dev/null || fail "These are needed: ${missing[*]}. Ask root for: apt-get install ${missing[*]}"
    as_root=(sudo)
  fi
  echo "Installing ${missing[*]}" >&2
  "${as_root[@]}" apt-get update -qq >&2 || true
  DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2 ||
    fail "These could not be installed: ${missing[*]}"
}

has_program() {
  case "$1" in
    chromium) [[ -n "${CHROMIUM_PATH:-}" || -x /usr/bin/chromium ]] ;;
    chromium-headless-shell) [[ -n "${CHROMIUM_SHELL_PATH:-}" || -x /usr/lib/chromium/chromium-headless-shell ]] ;;
    postgresql-15) [[ -x /usr/lib/postgresql/15/bin/postgres ]] ;;
    poppler-utils) command -v pdftotext >/dev/null ;;
    openssl) command -v openssl >/dev/null ;;
  esac
}
