# make run: index the demo corpus and serve it.  make test: run the tests.  make quick: most of them within a minute.
# All set up what they need.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test quick torture check browser bench bench-large quality lock clean
.DELETE_ON_ERROR:

run: .venv/installed
	$(BIN)/searchapp reindex --corpus corpus --index index
	$(BIN)/searchapp serve --index index

test: .venv/installed-dev
	$(BIN)/pytest --numprocesses auto --dist worksteal -m "not browser"

# While working: no server, no browser, nothing that is slow, and a tenth of the random examples.
quick: .venv/installed-dev
	$(BIN)/pytest --numprocesses auto --dist worksteal -m "not browser and not slow" --hypothesis-profile quick

# Some minutes: switches under load and kills at random moments, whole; the figures stand in the log.
torture: .venv/installed-dev
	$(BIN)/pytest tests/test_live.py tests/test_opensearch.py --torture --log-cli-level=INFO

browser: .venv/installed-dev
	$(BIN)/pytest -m browser

check: .venv/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Some minutes, and large some hours; the articles to measure with lie beside the project. See docs/performance.md.
bench: .venv/installed-dev
	$(BIN)/python -m benchmarks

bench-large: .venv/installed-dev
	$(BIN)/python -m benchmarks --size 1000000

# Some minutes; fails when ingest is less right than quality/floors.toml asks. The data lie beside the project too.
quality: .venv/installed-dev
	$(BIN)/python -m quality

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
	rm -rf .venv
	find index -mindepth 1 ! -name README.md -delete
