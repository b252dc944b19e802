"""Builds care-sandbox once, and gives each operation a world of its own, so that none disturbs another."""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "python")]

from building import build_sandbox  # noqa: E402
from planted import Planted  # noqa: E402
from worlds import World  # noqa: E402

SANDBOX = pytest.StashKey[Path]()
SEED = pytest.StashKey[int]()


def pytest_configure(config: pytest.Config) -> None:
    # What is generated here breaks the contract on purpose; it is judged by this suite and not by the sandbox's ledger.
    os.environ.pop("CARE_CONTRACT_LEDGER", None)
    config.stash[SANDBOX] = build_sandbox()
    named = os.environ.get("CARE_PROPERTY_SEED")
    config.stash[SEED] = random.SystemRandom().randrange(2**32) if named is None else int(named)


def pytest_report_header(config: pytest.Config) -> str:
    seed = config.stash[SEED]
    return f"seed {seed}; run the same again with CARE_PROPERTY_SEED={seed}"


@pytest.fixture
def seed(pytestconfig: pytest.Config) -> int:
    return pytestconfig.stash[SEED]


@pytest.fixture
def planted(pytestconfig: pytest.Config) -> Iterator[Planted]:
    """A world in which every operation has something to find."""
    world = World(pytestconfig.stash[SANDBOX])
    yield Planted(world)
    world.end()
