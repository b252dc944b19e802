"""The library that ships believes the stores and nobody else, whatever a shell asks of it."""

from __future__ import annotations

import asyncio
import dataclasses
from pathlib import Path

import pytest
import tapo_care_ffi as ffi
import tapo_care_shell
from phones import Phone, both_stores, run
from tapo_care_shell import Shell, open_care
from worlds import World, ask

# Nobody answers there: what the test sees was decided on the phone.
NOWHERE = "https://127.0.0.1:9"


def test_it_is_the_wheels_library_that_is_loaded(installed: Path) -> None:
    for module in (ffi, tapo_care_shell):
        assert module.__file__ is not None and Path(module.__file__).is_relative_to(installed)
    assert len([path for path in installed.iterdir() if path.name.startswith("libtapo_care_ffi")]) == 1


def test_nobody_can_open_it_over_a_sandbox() -> None:
    assert not hasattr(ffi, "open_sandbox")
    assert not hasattr(ffi, "SandboxTrust")


# Rules: T19 (core)
def test_a_cloud_without_tls_is_refused_before_anything_is_asked(world: World, tmp_path: Path) -> None:
    async def test() -> None:
        phone = Phone(world, "phone", tmp_path)
        assert phone.config().cloud_url.startswith("http://")
        with pytest.raises(ffi.CareError.Bug) as refused:
            await open_care(phone.config(), phone.ports())
        assert refused.value.v1.name == "insecure_url"
        assert refused.value.v1.money == ffi.Money.NOT_CHARGED

    run(test())


@both_stores
def test_a_purchase_signed_by_a_sandbox_is_refused_and_gives_nothing(world: World, tmp_path: Path, store: str) -> None:
    async def test() -> None:
        kind = ffi.StoreKind.APP_STORE if store == "app_store" else ffi.StoreKind.PLAY
        phone = Phone(world, "phone", tmp_path, kind)
        account = world.account("anna")
        await phone.store.buy(order(account["tag"], kind))
        assert len(await phone.store.unfinished()) == 1

        config = dataclasses.replace(phone.config(), cloud_url=NOWHERE)
        async with await open_care(config, phone.ports()) as care:
            await care.sign_in(account["id"])
            await refusal(phone, care)
            assert "receipt.refused" in phone.log.events
            assert "receipt.verified" not in phone.log.events
            assert care.snapshot().subscriptions == []
            assert all(not camera.covered for camera in care.snapshot().cameras)
        assert len(await phone.store.unfinished()) == 1, "what was not granted is not finished"

    run(test())
