"""The library that ships believes the stores and nobody else, whatever a shell asks of it."""

from __future__ import annotations

from pathlib import Path

import pytest
import tapo_care_ffi as ffi
import tapo_care_shell
from phones import Phone, both_stores, run
from tapo_care_shell import open_care
from worlds import World

# Nobody answers there: what the test sees was decided on the phone.
NOWHERE = "https://127.0.0.1:9"
PRODUCTS = ["care.tapo.3.monthly", "tapo_care_3"]
INTENT = "0d6c5a30-6a4f-4a55-8f6a-3d1f2b7c9e10"
# The check that such a purchase does not pass: its chain does not lead to the name of Apple's root, and another key signed.
CHECK = {"app_store": "names", "play": "signature"}


def test_it_is_the_wheels_library_that_is_loaded(installed: Path) -> None:
    for module in (ffi, tapo_care_shell):
        assert module.__file__ is not None and Path(module.__file__).is_relative_to(installed)
    assert len([path for path in installed.iterdir() if path.name.startswith("libtapo_care_ffi")]) == 1


def test_nobody_can_open_it_over_a_sandbox() -> None:
    assert not hasattr(ffi, "open_sandbox")
    assert not hasattr(ffi, "SandboxTrust")


def test_a_cloud_without_tls_is_refused_before_anything_is_asked(world: World, tmp_path: Path) -> None:
    async def test() -> None:
        phone = Phone(world, tmp_path)
        assert phone.config().cloud_url.startswith("http://")
        with pytest.raises(ffi.CareError.Refused) as refused:
            await open_care(phone.config(), phone.ports())
        problem = refused.value[0]
        assert isinstance(problem, ffi.Problem)
        assert (problem.name, problem.money) == ("insecure_url", ffi.Money.NOT_CHARGED)

    run(test())


@both_stores
def test_a_purchase_signed_by_a_sandbox_is_refused_and_gives_nothing(world: World, tmp_path: Path, store: str) -> None:
    async def test() -> None:
        lines: list[tuple[str, str]] = []
        phone = Phone(world, tmp_path, ffi.StoreKind[store.upper()])
        phone.log.line = lambda line: lines.append((line.event, line.detail))  # type: ignore[method-assign]
        account = world.account("anna")
        product = await phone.store.products(PRODUCTS)
        await phone.store.buy(ffi.Order(product=product[0].id, tag=account["tag"], intent=INTENT))
        assert len(await phone.store.unfinished()) == 1

        config = phone.config()
        config.cloud_url = NOWHERE
        async with await open_care(config, phone.ports()) as care:
            await care.sign_in(account["id"])
            await care.sweep(deadline_s=10)
            assert {detail for event, detail in lines if event == "receipt.refused"} == {CHECK[store]}
            assert not [detail for event, detail in lines if event == "receipt.verified"]
            assert care.snapshot().subscriptions == []
        assert len(await phone.store.unfinished()) == 1, "what was not granted is not finished"

    run(test())
