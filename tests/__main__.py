"""`python3 -m tests [bench|drill] [pytest's arguments]`: makes what is missing, then runs tests/suites.py inside the environment."""

import sys

from config.bootstrap import run_inside

if __name__ == "__main__":
    raise SystemExit(run_inside("requirements-tests.txt", ["-m", "tests.suites"] + sys.argv[1:]))
