# `make run` and `make test` are all that a newcomer needs: each sets up what it lacks.
.PHONY: run test check conformance format lock setup stop clean help

bin := .venv/bin
export UV_PYTHON_DOWNLOADS := never
export PATH := $(CURDIR)/.venv/bin:$(PATH)

run: ## everything, on http://localhost:8000 (PORT is honoured)
	@tools/setup.sh run
	@exec $(bin)/tessere run

test: check ## everything that CI runs
	@$(bin)/python -m pytest -n 2

check: setup ## format, lint, types, contracts, templates, floor browsers
	@$(bin)/python -m tools.check

setup: ## the environment for tests
	@tools/setup.sh test

conformance: setup ## rows of docs/conformance.md and the tests that prove them
	@$(bin)/python -m tools.conformance

format: setup ## write Python the way `check` wants it
	@$(bin)/ruff check -q --fix .
	@$(bin)/ruff format -q .

lock: ## compile requirements/*.in
	@for name in bootstrap run dev; do \
	  (cd requirements && ../.boot/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes \
	    --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" $$name.in -o $$name.txt) || exit 1; \
	done

stop: ## the embedded PostgreSQL, should a crash have left it running
	@[ ! -x $(bin)/tessere ] || $(bin)/tessere database stop

clean: stop ## forget the environment and all data
	@rm -rf .boot .venv var node_modules

help:
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/  make \1|\2/p' Makefile | column -t -s '|'
