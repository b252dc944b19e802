"""Every field of a snapshot, read through the boundary: what `tests/contract/snapshot` says, and nothing else."""

from __future__ import annotations

import os

import snapshots
from phones import Phone, run


def test_every_field_says_what_the_world_says(phone: Phone) -> None:
    async def story() -> None:
        async with phone.app() as care:
            looks = await snapshots.play(phone, care)
        if os.environ.get("CARE_WRITE_SNAPSHOT"):
            snapshots.SAID.write_text(snapshots.written(looks))
        assert looks == snapshots.expected()

    run(story())
