# Two commands for a newcomer: make demo, make test. All of them set up .venv first where it is stale.
# PYTHON=python3.12 chooses the interpreter; TESTS="tests/test_x.py -k word" narrows a test run.

RUN = .venv/bin/python
PACKAGES = $(wildcard cli.py problems.py files.py commands data engine reports rules samples services web bench)
CODE = $(PACKAGES) tests
WORKERS ?= 2
TESTS ?=

.PHONY: demo test lint check golden docs words bench fuzz format lock clean
.DELETE_ON_ERROR:

demo: .venv/ready
	.venv/bin/dutyclock demo

test: .venv/ready
	$(RUN) -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(TESTS)

lint: .venv/ready
	$(RUN) -m ruff format --check .
	$(RUN) -m ruff check .
	$(RUN) -m mypy --strict $(PACKAGES)

check: lint test

# The pages and notices that tests compare with: written anew, to be reviewed like code.
golden: .venv/ready
	$(RUN) -m pytest -n 0 --golden $(TESTS)

# docs/cli.md, docs/vocabulary.md and docs/clauses, made from the program and the rules.
docs: .venv/ready
	$(RUN) docs/make.py

# reports/locale: what the program says, gathered from the code for those who put it into words.
words: .venv/ready
	$(RUN) -m reports.catalogue

# Feeds a reader with anything for a while: TARGET is one of tests/fuzz/targets.py.
TARGET ?= workbook
SECONDS ?= 60
fuzz: .venv/ready
	$(RUN) -m pip install --quiet 'atheris>=2.3'
	$(RUN) -m tests.fuzz.run $(TARGET) $(SECONDS)

bench: .venv/ready
	$(RUN) -m bench

format: .venv/ready
	$(RUN) -m ruff format .
	$(RUN) -m ruff check --fix .

# What is installed, with hashes, for every platform and Python that is supported. Needs uv.
LOCK = uv pip compile --universal --generate-hashes --python-version 3.11 --no-annotate --no-header
lock:
	$(LOCK) --upgrade --extra papers --extra test --extra lint --output-file requirements.lock setup.cfg
	printf 'setuptools>=77\nBabel>=2.16\npip>=25.1\n' | $(LOCK) --upgrade --output-file build.lock -

clean:
	rm -rf .venv build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage

# Another PYTHON than the one that made .venv makes it anew.
VERSION = -c 'import sys; print(sys.version_info[:2])' 2>&1
ifneq ($(PYTHON),)
ifneq ($(shell command -v "$(PYTHON)" >/dev/null && "$(PYTHON)" $(VERSION)),$(shell $(RUN) $(VERSION)))
.PHONY: .venv/ready
endif
endif

.venv/ready: setup.py setup.cfg pyproject.toml requirements.lock build.lock .ci/set-up
	@PYTHON="$(PYTHON)" sh .ci/set-up
