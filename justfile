# Everything one does here, as a list. Each recipe is one line of run.py or of the tools in .venv.

set positional-arguments

# What there is to do
default:
    @just --list

# A filled-in demo, thrown away at the end
demo *arguments:
    @python3 run.py demo "$@"

# Serve an installation from data/
serve *arguments:
    @python3 run.py serve "$@"

# Every test; extra words go to pytest
test *arguments:
    @python3 run.py test "$@"

# The journeys alone, in a real browser
journeys *arguments:
    @python3 run.py test -m journey "$@"

# Format, lint, types, layers, texts, method, sizes and the quick tests
check *arguments:
    @python3 run.py check "$@"

# Set the code right: format, and what the linter can mend
mend:
    @.venv/bin/ruff format .
    @.venv/bin/ruff check --fix .

# Take the texts in use into the Dutch catalogue; new ones are left empty
texts:
    @python3 run.py texts --update

# How long files and functions are
sizes:
    @.venv/bin/python -m tests.architecture.sizes

# Make both locks anew: hashes, no addresses. just lock --upgrade takes the newest of everything
lock *arguments:
    @.venv/bin/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header "$@" pyproject.toml -o requirements/run.lock
    @.venv/bin/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header "$@" pyproject.toml --group dev -c requirements/run.lock -o requirements/dev.lock
