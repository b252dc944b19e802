"""Installs the wheel that ships, so that every test imports that library and no other."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from worlds import World

# The sandbox's hands and the ports in Python are those of the boundary suite.
BOUNDARY = Path(__file__).resolve().parents[1] / "python"
INSTALLED = pytest.StashKey[Path]()


def pytest_configure(config: pytest.Config) -> None:
    installed = Path(os.environ["CARE_WHEEL"]).parent / "installed"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--no-compile", "--upgrade"]
    subprocess.run([*pip, "--target", installed, os.environ["CARE_WHEEL"]], check=True)
    config.stash[INSTALLED] = installed
    sys.path[:0] = [str(installed), str(BOUNDARY)]


@pytest.fixture
def installed(pytestconfig: pytest.Config) -> Path:
    """Where the wheel is."""
    return pytestconfig.stash[INSTALLED]


@pytest.fixture
def world() -> Iterator[World]:
    """A real care-sandbox process."""
    from worlds import World

    world = World(Path(os.environ["CARE_SANDBOX"]))
    yield world
    world.end()
