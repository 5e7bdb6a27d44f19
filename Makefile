# make run: index the demo corpus and serve it.  make test: run the tests.  make quick: most of them in a minute and a half.
# All set up what they need. With PYTHON=python3.13 any of them runs on that version, in an environment of its own.
PYTHON ?= python3
VENV := .venv$(if $(filter-out python3,$(PYTHON)),-$(shell $(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])'))
BIN := $(VENV)/bin

.PHONY: run test quick torture check audit browser bench bench-large bench-against quality sentences screenshots lock clean
.DELETE_ON_ERROR:

run: $(VENV)/installed
	$(BIN)/searchapp reindex --corpus corpus --index index
	$(BIN)/searchapp serve --index index

test: $(VENV)/installed-dev
	$(BIN)/pytest --numprocesses auto --dist worksteal -m "not browser"

# While working: no server, no browser, nothing that is slow, and a tenth of the random examples.
quick: $(VENV)/installed-dev
	$(BIN)/pytest --numprocesses auto --dist worksteal -m "not browser and not slow" --hypothesis-profile quick

# Some minutes: switches under load and kills at random moments, whole; the figures stand in the log.
torture: $(VENV)/installed-dev
	$(BIN)/pytest tests/test_damage.py tests/test_live.py tests/test_opensearch.py --torture --log-cli-level=INFO

browser: $(VENV)/installed-dev
	$(BIN)/pytest -m browser

check: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Known weaknesses of what is installed; needs the service that knows them. See SECURITY.md.
audit: $(VENV)/installed-dev
	$(BIN)/pip-audit --requirement requirements.lock --require-hashes --disable-pip --strict --progress-spinner off

# Some minutes, and large some hours; the articles to measure with lie beside the project. See docs/performance.md.
bench: $(VENV)/installed-dev
	$(BIN)/python -m benchmarks

bench-large: $(VENV)/installed-dev
	$(BIN)/python -m benchmarks --size 1000000

# Some minutes: ingest of this working tree beside that of an older revision, articles a second and core. With
# WITH="--articles 500" fewer articles, with WITH=--differences which of them come out different.
REV ?= HEAD
bench-against: $(VENV)/installed-dev
	$(BIN)/python -m benchmarks.against $(REV) $(WITH)

# Some minutes; fails when ingest is less right than quality/floors.toml asks. The data lie beside the project too.
quality: $(VENV)/installed-dev
	$(BIN)/python -m quality

# Every sentence that the program can say to a person, made from the code; read what is new aloud.
sentences: $(VENV)/installed-dev
	$(BIN)/python -m tests.sentences

# Every page of the demo archive, wide, on a phone and in the dark; those that the manuals show go to docs/.
screenshots: $(VENV)/installed-dev
	$(BIN)/python -m tests.screenshots

# The lock files hold the exact versions and hashes; write them anew with this after changing pyproject.toml.
lock: $(VENV)/installed-dev
	$(BIN)/pip-compile --quiet --generate-hashes --no-emit-index-url --no-emit-find-links --strip-extras \
		--allow-unsafe --output-file requirements.lock pyproject.toml
	$(BIN)/pip-compile --quiet --generate-hashes --no-emit-index-url --no-emit-find-links --strip-extras \
		--allow-unsafe --extra dev --constraint requirements.lock --output-file requirements-dev.lock pyproject.toml

$(VENV)/bin/python:
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "Python's venv is missing. On Debian, install it with: sudo apt install python3-venv"; exit 1; }

$(VENV)/installed: $(VENV)/bin/python requirements.lock pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed requirements-dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-dev.lock
	@touch $@

clean:
	rm -rf .venv .venv-*
	find index -mindepth 1 ! -name README.md -delete
