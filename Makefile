# The commands that always work. `make serve` and `make test` need only git, make, python3 3.11 and pip.
PYTHON := .venv/bin/python
HOST ?= 127.0.0.1
PORT ?= 8000

.PHONY: serve admin test test-fast check bench lock messages

serve:
	@sh scripts/environment.sh runtime
	@exec $(PYTHON) scripts/serve.py --host "$(HOST)" --port "$(PORT)"

admin:
	@sh scripts/environment.sh runtime
	@$(PYTHON) manage.py createsuperuser $(if $(DJANGO_SUPERUSER_PASSWORD),--noinput)

test:
	@sh scripts/environment.sh dev
	@$(PYTHON) scripts/run_tests.py

test-fast:
	@sh scripts/environment.sh dev
	@$(PYTHON) -m pytest -q -m "not e2e" -n 2

check:
	@sh scripts/environment.sh dev
	@$(PYTHON) scripts/check.py

bench:
	@sh scripts/environment.sh dev
	@$(PYTHON) tests/benchmarks/run.py $(ARGS)

messages:
	@sh scripts/environment.sh dev
	@$(PYTHON) scripts/messages.py

lock:
	@sh scripts/environment.sh dev
	@$(PYTHON) -m uv pip compile -q --generate-hashes --no-header --no-emit-index-url --python-version 3.11 requirements/runtime.in -o requirements.txt
	@$(PYTHON) -m uv pip compile -q --generate-hashes --no-header --no-emit-index-url --python-version 3.11 requirements/dev.in -o requirements-dev.txt
