#!/bin/sh
# Every check, in one go: `make test` calls it when the environment is ready. All stages run; any failure fails the whole.
# The last line is "N passed, N failed", summed over the pytest processes.
cd "$(dirname "$0")/.." || exit 2
bin=.venv/bin
export DJANGO_SETTINGS_MODULE=subrosa.config.settings
unset DATABASE_URL DATABASE_URL_OWNER DATABASE_URL_CLOCK # the tests start a database of their own
logs=$(mktemp -d) || exit 2
trap 'rm -rf "$logs"' EXIT
trap 'exit 130' INT TERM
failed=0

say() { printf '\n== %s\n' "$1"; }

# Debian's Chromium and a Chinese font, for the journeys: without the font pictures show boxes.
browser() {
  missing=
  command -v chromium-headless-shell >/dev/null 2>&1 || missing="chromium-headless-shell"
  fc-list :lang=zh 2>/dev/null | grep -q . || missing="$missing fonts-noto-cjk"
  [ -z "$missing" ] && return 0
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing $missing ..."
    # shellcheck disable=SC2086  two words, two packages
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing; } \
      >"$logs/apt" 2>&1 && return 0
    tail -n 3 "$logs/apt"
  fi
  # The whole browser does as well, only slower.
  case "$missing" in chromium-headless-shell) command -v chromium >/dev/null 2>&1 && return 0 ;; esac
  echo "The journeys need a browser and a Chinese font. Please install: $missing (on Debian: apt install $missing)."
  return 1
}

# stage NAME COMMAND... : run it, show what it says, remember its end.
stage() {
  name=$1
  shift
  say "$name"
  { "$@" 2>&1; echo $? >"$logs/$name.end"; } | tee "$logs/$name"
  judge "$name"
}

# judge NAME : a word for its end; a folder of tests that holds none yet (end 5) is not a failure.
judge() {
  case "$(cat "$logs/$1.end")" in
  0) echo ok >"$logs/$1.word" ;;
  5) echo "none yet" >"$logs/$1.word" ;;
  *) echo FAILED >"$logs/$1.word" && failed=1 ;;
  esac
}

# count NAME WORD : how many of them the last line of a pytest process tells ("3 failed, 40 passed, 1 error in 2.00s").
count() {
  sed 's/\x1b\[[0-9;]*m//g' "$logs/$1" 2>/dev/null | tail -n 1 | grep -Eo "[0-9]+ $2" | grep -Eo '[0-9]+' | head -n 1 | grep . || echo 0
}

word() { cat "$logs/$1.word" 2>/dev/null || echo "not run"; }

# aside NAME COMMAND... : run it beside the others; what it says is shown by `told`.
aside() {
  name=$1
  shift
  { "$@" >"$logs/$name" 2>&1; echo $? >"$logs/$name.end"; } &
  eval "pid_$name=$!"
}

# told NAME : wait for it, show what it said, remember its end.
told() {
  eval "wait \"\$pid_$1\""
  say "$1"
  cat "$logs/$1"
  judge "$1"
}

# Two processes of tests side by side, each as long as the other: the journeys need one of their own.
trap 'kill $pid_units 2>/dev/null; exit 130' INT TERM
aside units "$bin/python" -m pytest tests --ignore tests/journeys
stage ruff "$bin/ruff" check .
stage format "$bin/ruff" format --check --quiet .
stage mypy "$bin/mypy"
stage contracts "$bin/lint-imports" --no-logo --no-cache
if browser; then
  stage journeys "$bin/python" -m pytest tests/journeys
else
  failed=1
  echo "not run: no browser" >"$logs/journeys.word"
fi
told units

passed=0 lost=0
for one in units journeys; do
  passed=$((passed + $(count $one passed)))
  wrong=$(($(count $one failed) + $(count $one error)))
  # A process that ended without counting (killed, or broken while collecting) is one failure too.
  case "$(word $one)" in FAILED | "not run"*) [ "$wrong" = 0 ] && wrong=1 ;; esac
  lost=$((lost + wrong))
done
kept=$(sed -n 's/^Contracts: \([0-9]*\) kept, \([0-9]*\) broken.*/\1 kept, \2 broken/p' "$logs/contracts")

say "what ran"
echo "ruff $(word ruff), format $(word format), mypy $(word mypy), contracts ${kept:-not run}"
echo "tests $(word units), journeys $(word journeys)"
echo "$passed passed, $lost failed"
[ "$lost" = 0 ] || failed=1
exit "$failed"
