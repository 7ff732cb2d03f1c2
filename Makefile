# The commands that always work. `make serve` and `make test` need only git, make, python3 3.11 and pip.
PYTHON := .venv/bin/python
HOST ?= 127.0.0.1
PORT ?= 8000
LOCK := $(PYTHON) -m uv pip compile --quiet --universal --generate-hashes --no-header \
	--python-version 3.11

.DEFAULT_GOAL := help
.PHONY: help serve admin test test-fast axe lighthouse check messages bench lock audit

help:
	@echo "make serve      the site on http://$(HOST):$(PORT)/ (HOST=, PORT=)"
	@echo "make admin      a staff account for /admin/"
	@echo "make test       everything: SQLite with coverage, PostgreSQL, browser"
	@echo "make test-fast  SQLite only, without browser and coverage (ARGS=)"
	@echo "make axe        every page kind in both languages and colour schemes under axe (ARGS=)"
	@echo "make lighthouse Lighthouse for phones on every public page kind (ARGS=)"
	@echo "make check      lint, types, migrations, deployment settings, content, translations"
	@echo "make messages   update and compile the English catalogue"
	@echo "make bench      measure speed against bare and constant answers (ARGS=)"
	@echo "make lock       renew the hashed lock files from requirements/*.in (ARGS=--upgrade)"
	@echo "make audit      look for known holes in the locked packages"

serve:
	@sh scripts/environment.sh runtime
	@exec $(PYTHON) scripts/serve.py --host "$(HOST)" --port "$(PORT)"

admin:
	@sh scripts/environment.sh runtime
	@$(PYTHON) manage.py migrate --verbosity 0
	@$(PYTHON) manage.py createsuperuser $(if $(DJANGO_SUPERUSER_PASSWORD),--noinput)

test:
	@sh scripts/environment.sh dev
	@exec $(PYTHON) scripts/run_tests.py

test-fast:
	@sh scripts/environment.sh dev
	@exec $(PYTHON) scripts/run_tests.py --fast $(ARGS)

axe:
	@sh scripts/environment.sh dev
	@exec $(PYTHON) scripts/run_tests.py --axe $(ARGS)

lighthouse:
	@sh scripts/environment.sh dev
	@exec $(PYTHON) -m tests.e2e.lighthouse $(ARGS)

check:
	@sh scripts/environment.sh dev
	@exec $(PYTHON) scripts/check.py

messages:
	@sh scripts/environment.sh dev
	@$(PYTHON) scripts/messages.py

bench:
	@sh scripts/environment.sh dev
	@exec $(PYTHON) tests/benchmarks/run.py $(ARGS)

lock:
	@sh scripts/environment.sh dev
	@$(LOCK) $(ARGS) requirements/runtime.in --output-file requirements.txt
	@$(LOCK) $(ARGS) requirements/dev.in --output-file requirements-dev.txt

audit:
	@sh scripts/environment.sh dev
	@$(PYTHON) -m pip_audit --strict --disable-pip --require-hashes --requirement requirements.txt
