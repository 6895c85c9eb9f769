# Everything starts here. `make run` and `make test` are complete on a fresh machine with git, make and Python.
PYTHON ?= python3
PYTHON313 ?= python3.13
VENV := .venv
BIN := $(VENV)/bin
LOCK := $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-annotate --fork-strategy fewest --quiet --custom-compile-command "make lock"

.PHONY: run test test-slow coverage fuzz check bench bench-reading bench-long bench-accuracy bench-kinds bench-trust bench-totals bench-history bench-orders bench-drift bench-events bench-speed bench-installed screenshots \
	package package-windows test-debian test-windows test-windows-suite pictures-windows samples lock upgrade models release-model rebuild-models sign-models model-profiles model-cards ablation toy-model test-models clean

run: $(VENV)/.run                ## forecast a sample, say what comes next, open the window
	$(BIN)/almanac welcome

test: $(VENV)/.dev check         ## lint, types, walls and the whole suite, without a screen
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest

test-slow: $(VENV)/.dev         ## thousands of random tables, files made to do harm, every kind of file compared with stored numbers
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -m slow

coverage: $(VENV)/.dev check     ## make test, and how much of the program it runs; fails below the goals
	COVERAGE_CORE=$$($(BIN)/python -c 'import sys; print("sysmon" if sys.version_info >= (3, 12) else "ctrace")') \
		QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest --cov --cov-report=
	$(BIN)/python -m tests.coverage_goals

fuzz: $(VENV)/.dev              ## 100,000 damaged files, read or refused; MINUTES=60: guided by coverage; what breaks to build/fuzz
	$(if $(MINUTES),$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r tests/fuzzing/requirements.txt)
	$(BIN)/python -m $(if $(MINUTES),tests.fuzzing --minutes $(MINUTES),tests.tables.fuzz --count $(or $(COUNT),100000))

check: $(VENV)/.dev
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/pyrefly check --summary=none
	$(BIN)/lint-imports
	$(BIN)/vulture

bench: $(VENV)/.dev              ## speed and memory, as medians in one run
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.benchmarks

bench-reading: $(VENV)/.dev      ## time and memory of reading large files, each with its limit; fails when one is exceeded
	$(BIN)/python -m tests.benchmarks.reading

bench-long: $(VENV)/.dev         ## time and memory of forecasting very wide and very long files, each with its limit
	$(BIN)/python -m tests.benchmarks.long_files

bench-installed: $(VENV)/.dev    ## first window, forecast and memory of the frozen program next to the same from source; make package first
	$(BIN)/python -m tests.benchmarks.installed

screenshots: $(VENV)/.dev        ## every page to build/screenshots/*.png
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.screenshots build/screenshots

package: $(VENV)/.dev            ## the frozen program, a .deb and an .rpm with bills of materials, to dist/
	sh packaging/system-libraries.sh package
	$(BIN)/python packaging/build.py

test-debian:                     ## installs dist/almanac_*.deb in bare Debian 12 and 13 (11 refuses it), uses it without a network, removes it; as root
	sh packaging/linux/test.sh

package-windows: $(VENV)/.package-windows ## Almanac-VERSION-Setup.exe, to dist/; on Debian, with python3.13
	$(VENV)-windows/bin/python packaging/windows/build.py

$(VENV)/.package-windows: packaging/windows/system-packages.sh
	sh packaging/windows/system-packages.sh
	$(PYTHON313) -m venv $(VENV)-windows
	$(VENV)-windows/bin/pip install --quiet --disable-pip-version-check hatchling packaging pefile setuptools wheel
	mkdir -p $(VENV) && touch $@

test-windows: $(VENV)/.run      ## installs dist/Almanac-VERSION-Setup.exe with wine, uses it by keyboard, removes it; as root
	sh packaging/windows/test.sh

pictures-windows:                ## the pictures of Setup in docs/install.md, with wine; as root
	sh packaging/windows/take-pictures.sh

test-windows-suite: $(VENV)/.package-windows ## the whole suite with the Python for Windows and wine, less a list of named tests; as root
	sh packaging/windows/suite.sh

samples: $(VENV)/.run            ## write the sample spreadsheets again
	$(BIN)/python resources/samples/generate.py

models: $(VENV)/.train           ## rebuild both bundled models from nothing, to build/models (half an hour)
	$(BIN)/python -m models.training.build

release-model: $(VENV)/.train    ## rebuild, measure, and release when no frequency got worse: make release-model VERSION=1.1.0
	$(BIN)/python -m models.training.release --version $(VERSION) $(if $(BECAUSE),--because "$(BECAUSE)") $(if $(SIGN_LATER),--sign-later)

sign-models: $(VENV)/.dev       ## sign the bundled models as they are; ALMANAC_RELEASE_KEY names the key (docs/signing.md)
	$(BIN)/python -m models.training.signing

rebuild-models: $(VENV)/.train   ## the newest models with today's operations and the weights they have: make rebuild-models VERSION=2.1.2
	$(BIN)/python -m models.training.rebuild --version $(VERSION)

model-profiles: $(VENV)/.dev    ## what each model learned from, made anew from the prior; seals the models again
	$(BIN)/python -m models.training.profile

model-cards: $(VENV)/.dev        ## write the models' cards again from their stored results
	$(BIN)/python -m models.training.card

ablation: $(VENV)/.train         ## what each part of the models is worth, into their results and cards
	$(BIN)/python -m models.training.evaluation.ablation

toy-model: $(VENV)/.train        ## the model in form only that tests use
	$(BIN)/python -m models.training.toy

test-models: $(VENV)/.train      ## the tests that train; make test leaves them out where PyTorch is missing
	$(BIN)/python -m pytest tests/models

bench-accuracy: $(VENV)/.train   ## both models beside others, on the public benchmark and on development data
	$(BIN)/python -m tests.benchmarks.accuracy $(if $(STORE),--store)

bench-kinds: $(VENV)/.dev        ## both models on simulated kinds of series, beside the best that is possible
	$(BIN)/python -m tests.benchmarks.kinds $(if $(MODEL),--model $(MODEL)) $(if $(ONLY),--only "$(ONLY)") $(if $(STORE),--store)

bench-trust: $(VENV)/.train      ## do ranges hold what they promise, beside others and a spreadsheet's own functions
	$(BIN)/python -m tests.benchmarks.trust

bench-totals: $(VENV)/.train     ## ranges of totals, next to sums of parts and direct forecasts; speed with thousands of groups
	$(BIN)/python -m tests.benchmarks.totals $(if $(ONLY),--only "$(ONLY)")

bench-history: $(VENV)/.dev      ## how fast a large history opens and lists, how much room it takes, and whether a kill ever loses anything
	$(BIN)/python -m tests.benchmarks.history $(if $(RUNS),--runs $(RUNS)) $(if $(KILLS),--kills $(KILLS))

bench-events: $(VENV)/.dev       ## what knowing of events is worth, on simulated retail; PEERS: a Python with tests/benchmarks/events/requirements.txt
	$(BIN)/python -m tests.benchmarks.events $(if $(PEERS),--peers $(PEERS))

bench-orders: $(VENV)/.dev       ## is the wanted certainty of not running out held, on simulated products
	$(BIN)/python -m tests.benchmarks.orders $(if $(PRODUCTS),--products $(PRODUCTS))

bench-drift: $(VENV)/.train     ## how often it warns for nothing, how soon it sees a change; PEERS: a Python with tests/benchmarks/drift/requirements.txt
	$(BIN)/python -m tests.benchmarks.drift $(if $(SHARE),--share $(SHARE)) $(if $(ONLY),--only $(ONLY)) $(if $(PEERS),--peers $(PEERS))

bench-speed: $(VENV)/.train      ## series per second of both models and of others
	$(BIN)/python -m tests.benchmarks.speed $(if $(STORE),--store)

$(VENV)/.train: $(VENV)/.dev
	$(BIN)/pip install --quiet --disable-pip-version-check --no-build-isolation --editable ".[train]"
	touch $@

lock: $(VENV)/.dev               ## complete the lock files after a change of pyproject.toml; versions stay
	$(BIN)/pip install --quiet uv
	$(LOCK) $(UPGRADE) --output-file requirements.lock
	$(LOCK) $(UPGRADE) --constraint requirements.lock --extra dev --extra package --output-file requirements-dev.lock

upgrade:                         ## choose the newest versions of everything again
	$(MAKE) lock UPGRADE=--upgrade

$(VENV)/.system: packaging/system-libraries.sh
	sh packaging/system-libraries.sh
	$(PYTHON) -m venv $(VENV)
	touch $@

$(VENV)/.run: requirements.lock pyproject.toml $(VENV)/.system
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check hatchling editables
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.run
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

clean:
	rm -rf build dist $(VENV) $(VENV)-windows
