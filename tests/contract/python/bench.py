"""What the boundary costs in Python, as one line of JSON: `cargo xtask bench ffi` calls it.

A snapshot of 3, 30 and 300 cameras is read through the binding, and in turns with it the same rows are handed over by an
object of the same library that only keeps them. The first call is compared with that of a UniFFI library with nothing in it,
each in an interpreter of its own.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

TURNS = 31
STARTS = 15


async def reading(sandbox: Path, cameras: int) -> dict[str, float]:
    """Both ways of getting at the same rows, in turns."""
    import tapo_care_ffi as ffi
    from phones import Phone, buy
    from worlds import World

    world = World(sandbox)
    world.control("POST", "accounts", {"name": "bench"})
    for number in range(cameras):
        world.control("POST", "cameras", {"account": "bench", "name": f"Camera {number}", "model": "C210"})
    with tempfile.TemporaryDirectory() as folder:
        async with Phone(world, Path(folder)).app("bench") as care:
            bought = await buy(care)
            assert bought.subscription is not None
            await care.select_cameras(bought.subscription, [row.id for row in care.snapshot().cameras][:3])
            rows = care.snapshot()
            assert len(rows.cameras) == cameras
            kept = ffi.SandboxRows(rows)
            times = max(4, 600 // cameras)
            turns = [(micros(times, care.snapshot), micros(times, kept.rows)) for _ in range(TURNS)]
    world.end()
    read, by_hand = (statistics.median(side) for side in zip(*turns, strict=True))
    return {"cameras": cameras, "snapshot_us": read, "by_hand_us": by_hand, "ratio": read / by_hand}


def micros(times: int, work: Callable[[], Any]) -> float:
    """How long one of `times` takes."""
    start = time.perf_counter_ns()
    for _ in range(times):
        work()
    return (time.perf_counter_ns() - start) / 1000 / times


FIRST = """
import sys, time
sys.path.insert(0, sys.argv[1])
start = time.perf_counter_ns()
module = __import__(sys.argv[2])
module._UniffiLib
print((time.perf_counter_ns() - start) / 1e6)
"""


def first_call(bindings: Path, empty: Path) -> dict[str, float]:
    """Import, load, compare checksums."""
    turns = [(start(bindings, "tapo_care_ffi"), start(empty, "tapo_care_empty")) for _ in range(STARTS)]
    care, nothing = (statistics.median(side) for side in zip(*turns, strict=True))
    return {"care_ms": care, "empty_ms": nothing, "ratio": care / nothing}


def start(folder: Path, module: str) -> float:
    """Imports a module in an interpreter of its own."""
    command = [sys.executable, "-c", FIRST, str(folder), module]
    return float(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)


def main() -> None:
    """Reads the options and prints the line."""
    options = argparse.ArgumentParser(description=__doc__)
    for name in ("--sandbox", "--bindings", "--empty"):
        options.add_argument(name, type=Path, required=True)
    given = options.parse_args()
    sys.path[:0] = [str(given.bindings), str(Path(__file__).resolve().parent)]
    snapshots = [asyncio.run(reading(given.sandbox, cameras)) for cameras in (3, 30, 300)]
    print(json.dumps({"snapshot": snapshots, "first_call": first_call(given.bindings, given.empty)}))


if __name__ == "__main__":
    main()
