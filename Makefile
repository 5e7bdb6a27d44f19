# make run: index the demo corpus and serve it.  make test: run the tests.  Both set up what they need.
PYTHON ?= python3
BIN := .venv/bin
export PORT ?= 8000
export HOST ?= 127.0.0.1

.PHONY: run test check browser lock clean
.DELETE_ON_ERROR:

run: .venv/installed
	$(BIN)/searchapp reindex --corpus corpus --index index
	$(BIN)/searchapp serve --index index

test: .venv/installed-dev
	$(BIN)/pytest -m "not browser"

browser: .venv/installed-dev
	$(BIN)/pytest -m browser

check: .venv/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# The lock files hold the exact versions and hashes; write them anew with this after changing pyproject.toml.
lock: .venv/installed-dev
	$(BIN)/pip-compile --quiet --generate-hashes --no-emit-index-url --no-emit-find-links --strip-extras \
		--allow-unsafe --output-file requirements.lock pyproject.toml
	$(BIN)/pip-compile --quiet --generate-hashes --no-emit-index-url --no-emit-find-links --strip-extras \
		--allow-unsafe --extra dev --constraint requirements.lock --output-file requirements-dev.lock pyproject.toml

.venv/bin/python:
	@$(PYTHON) -m venv .venv || { rm -rf .venv; \
		echo "Python's venv is missing. On Debian, install it with: sudo apt install python3-venv"; exit 1; }

.venv/installed: .venv/bin/python requirements.lock pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

.venv/installed-dev: .venv/installed requirements-dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-dev.lock
	@touch $@

clean:
	rm -rf .venv index/generations index/manifest.json index/lock
