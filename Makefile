# glose: what a person can ask for. `make demo` and `make test` are all one needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INDEX ?= demo.index
PORT ?= 8000

.PHONY: demo setup test quick lint bench relevance fuzz readme trials load lock clean

demo: setup  ## index the bundled articles and serve them on http://127.0.0.1:8000
	$(BIN)/glose index indexer/demo/articles.jsonl --index $(INDEX)
	$(BIN)/glose serve --index $(INDEX) --port $(PORT)

setup: $(VENV)/.done  ## the environment, in .venv

$(VENV)/.done: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

test: setup lint  ## everything that must hold, Chromium included
	tests/chromium.sh
	tests/trials/install.sh
	$(BIN)/python -m pytest -n 3 --dist loadfile

quick: setup  ## the tests without a browser
	$(BIN)/python -m pytest -m "not browser and not slow"

lint: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: setup  ## speeds, side by side with the bare engine, in one run
	$(BIN)/python tests/speed/bench.py $(BENCH)

relevance: setup  ## beside a stock chain, on the judged sets of $$GLOSE_SHARED
	$(BIN)/python tests/relevance/stock.py $(RELEVANCE)

fuzz: setup  ## a hundred thousand strings asked as questions
	$(BIN)/python tests/index/fuzz.py -runs=100000 -max_len=900

trials: setup  ## kills, full disks, damaged files, cut powers: every point, where `test` takes a few
	tests/trials/install.sh
	TRIALS=long $(BIN)/python -m pytest -s tests/trials

load: setup  ## a minute at 8, 32 and 128 connections while another process indexes, then memory
	tests/webui/load/wrk.sh
	$(BIN)/python tests/webui/load/trial.py $(LOAD)

readme: setup  ## the README's table of the language, made from the parser's own
	$(BIN)/python tests/readme.py

lock:  ## constraints.txt made anew from pyproject.toml
	uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -q -o constraints.txt

clean:
	rm -rf $(VENV) $(INDEX) build *.egg-info
