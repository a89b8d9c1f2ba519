# glose: what a person can ask for. `make demo` and `make test` are all one needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INDEX ?= demo.index
PORT ?= 8000
# tests start some hundreds of Pythons: what the first compiles, the others only read
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo setup test compiled quick lint bench bench-million bench-opensearch relevance fuzz readme man lexicon synonyms
.PHONY: trials audit load lighthouse docs docs-show lock clean

demo: $(VENV)/.runs  ## index the bundled articles and serve them on http://127.0.0.1:8000
	$(BIN)/glose index indexer/demo/articles.jsonl --index $(INDEX)
	$(BIN)/glose serve --index $(INDEX) --port $(PORT)

setup: $(VENV)/.done  ## the whole environment, in .venv: every reader, and what tests

# what is imported is compiled then: a quarter of what is installed
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile

# what answers and serves: enough for the demo, in seconds
$(VENV)/.runs: pyproject.toml constraints-run.txt
	$(PYTHON) -m venv $(VENV)
	$(PIP) --require-hashes -r constraints-run.txt
	$(PIP) --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.done: $(VENV)/.runs constraints.txt
	$(PIP) --require-hashes -r constraints.txt
	touch $@

# tests wait for servers, disks and browsers: four processes of them keep two cores busy
test: setup  ## everything that must hold, Chromium included
	tests/install.sh
	$(MAKE) --jobs=2 lint compiled
	$(BIN)/python -m pytest -n 4 --dist loadfile --no-loadscope-reorder --max-worker-restart 4 \
		--durations 30 --durations-min 5

# the four would each compile all that they import: one does, while mypy takes the other core.
# What cannot be collected is said by the tests.
compiled: setup
	-@$(BIN)/python -m pytest --collect-only -qq -o addopts=--import-mode=importlib -p tests.compiling tests >/dev/null 2>&1

quick: setup  ## the tests without a browser
	$(BIN)/python -m pytest -m "not browser and not slow"

lint: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: setup  ## speeds, side by side with the bare engine, in one run
	$(BIN)/python tests/speed/bench.py $(BENCH)

bench-million: setup  ## beside real Lucene, bare tantivy and FTS5, from 10,000 to a million passages: an hour
	$(BIN)/python tests/speed/million/run.py --picture docs/growth.svg $(BENCH)

bench-opensearch: setup  ## the same on a real node of OpenSearch, and beside it asked bare
	$(BIN)/python tests/speed/bench_opensearch.py $(BENCH)

relevance: setup  ## beside a stock chain and real Lucene, on the judged sets of $$GLOSE_SHARED
	$(BIN)/python tests/relevance/beside.py $(RELEVANCE)

fuzz: setup  ## a hundred thousand strings asked as questions
	$(BIN)/python tests/index/question/fuzz.py -runs=100000 -max_len=900

trials: setup  ## kills, full disks, damaged files, cut powers: every point, where `test` takes a few
	tests/install.sh
	TRIALS=long $(BIN)/python -m pytest -s -o faulthandler_timeout=0 tests/trials

audit:  ## published advisories on what is pinned: needs the network, and uv
	uvx pip-audit --require-hashes --disable-pip -r constraints.txt

load: setup  ## a minute at 8, 32 and 128 connections while another process indexes, memory, then an hour of 8
	tests/webui/load/wrk.sh
	$(BIN)/python tests/webui/load/trial.py $(LOAD)
	$(BIN)/python tests/webui/load/together.py $(TOGETHER)

lighthouse: setup  ## what Lighthouse (npm) says of the pages, in Chromium
	tests/install.sh
	$(BIN)/python -P tests/webui/lighthouse.py

readme: setup  ## what README, ARCHITECTURE and docs/glose.toml say of the code, made from the code
	$(BIN)/python tests/readme.py
	$(BIN)/python tests/architecture.py
	$(BIN)/python tests/licences.py
	$(BIN)/python -P tests/openapi_examples.py
	$(BIN)/glose config --example >docs/glose.toml

man: setup  ## the manual page, made from the commands
	$(BIN)/glose man >docs/man/glose.1

docs: setup  ## the documentation, in build/docs/: warnings are errors
	$(BIN)/sphinx-build --quiet --fail-on-warning --keep-going --nitpicky docs build/docs
	@echo "build/docs/index.html"

docs-show: docs  ## the same, on http://127.0.0.1:8001, search included
	$(BIN)/python -m http.server --bind 127.0.0.1 --directory build/docs 8001

lexicon: setup  ## the forms of words that the rules of French miss, from a published lexicon (npm)
	$(BIN)/python tests/lexicon.py

synonyms: setup  ## the synonyms of index/question/synonyms.txt, as a question looks them up
	$(BIN)/python -m index.question.synonyms

LOCK := uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate -q

lock:  ## the constraints made anew from pyproject.toml
	$(LOCK) --all-extras -o constraints.txt
	$(LOCK) --extra build -c constraints.txt -o constraints-run.txt

clean:
	rm -rf $(VENV) $(INDEX) build *.egg-info
