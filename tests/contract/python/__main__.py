"""`python3 tests/contract/python`: the suite, or what it lacks."""

import importlib.util
import sys
from pathlib import Path

if importlib.util.find_spec("pytest") is None:
    sys.exit("pytest is missing; install it with: python3 -m pip install pytest")

import pytest

sys.exit(pytest.main([str(Path(__file__).resolve().parent), *sys.argv[1:]]))
