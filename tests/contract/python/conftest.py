"""Builds before anything is collected, so that every test imports the generated module as any program does."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from building import Built, build  # noqa: E402

if TYPE_CHECKING:
    from phones import Phone
    from worlds import World

BUILT = pytest.StashKey[Built]()


def pytest_configure(config: pytest.Config) -> None:
    built = build()
    config.stash[BUILT] = built
    sys.path.insert(0, str(built.bindings))


@pytest.fixture
def built(pytestconfig: pytest.Config) -> Built:
    return pytestconfig.stash[BUILT]


@pytest.fixture
def world(built: Built) -> Iterator[World]:
    """A world of its own for each test: a real care-sandbox process."""
    from worlds import World

    world = World(built.sandbox)
    yield world
    world.end()


@pytest.fixture
def store() -> str:
    """The store on the phone, where a test does not say otherwise."""
    return "app_store"


@pytest.fixture
def phone(world: World, tmp_path: Path, store: str) -> Phone:
    """A phone in that world."""
    import tapo_care_ffi as ffi
    from phones import Phone

    return Phone(world, tmp_path, ffi.StoreKind[store.upper()])
