"""The two stores of a phone, played by the sandbox's device API."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable

import tapo_care_ffi as ffi
from worlds import Json, NoAnswer, World, ask

# The one phone of a test, as its world knows it.
DEVICE = "phone"


class Store(ffi.Store):
    """What both have in common: the sheet, the person in front of it, and what happens before a call."""

    def __init__(self, world: World, path: str) -> None:
        self._world = world
        self._root = f"{world.trust['device_url']}/{DEVICE}/{path}"
        self.sheet = "pay"
        self.sheets = 0
        self.sheet_opened = asyncio.Event()
        self.sheet_may_close = asyncio.Event()
        self.sheet_may_close.set()
        self.before: dict[str, Callable[[], Awaitable[None]]] = {}

    async def _asked(self, call: str) -> None:
        if call in self.before:
            await self.before[call]()

    async def _ask(self, method: str, path: str, body: Json = None) -> Json:
        try:
            return await asyncio.to_thread(ask, method, f"{self._root}/{path}", body)
        except NoAnswer as error:
            raise ffi.StoreError.Unavailable() from error

    async def storefront(self) -> ffi.Storefront:
        await self._asked("storefront")
        said = await self._ask("GET", "storefront")
        # Google Play does not say who its account is.
        return ffi.Storefront(country=said["country"], app_transaction=said.get("app_transaction"))

    async def products(self, ids: list[ffi.ProductId]) -> list[ffi.StoreProduct]:
        await self._asked("products")
        said = await self._ask("POST", "products", {"ids": ids})
        return [
            ffi.StoreProduct(
                id=product["id"],
                title=product["title"],
                display_price=product["display_price"],
                price=ffi.Price(micros=product["price_micros"], currency=product["currency"]),
                period=product["period"],
                trial=self.trial_of(product),
            )
            for product in said["products"]
        ]

    async def buy(self, order: ffi.Order) -> ffi.SheetResult:
        self.sheets += 1
        self.sheet_opened.set()
        await self.sheet_may_close.wait()
        await self._asked("buy")
        said = await self._ask("POST", "buy", {"product": order.product, "sheet": self.sheet} | self.bound_to(order))
        match said["result"]:
            case "success" | "pending":
                return self.bought(said)
            case "cancelled":
                return ffi.SheetResult.CANCELLED()
            case _:
                raise ffi.StoreError.Failed(said["code"])

    def bound_to(self, order: ffi.Order) -> Json:
        """How an order names the account it is for, and the offer it is to sell."""
        raise NotImplementedError

    def trial_of(self, product: Json) -> ffi.TrialOffer | None:
        """The free trial that the store has for this account."""
        raise NotImplementedError

    def pay_later(self, tag: str) -> None:
        """What the sheet left pending comes to its end: it is paid for."""
        raise NotImplementedError

    def bought_outside(self) -> ffi.StoreTransaction:
        """A plan bought without the app."""
        raise NotImplementedError

    def bought(self, said: Json) -> ffi.SheetResult:
        """A sheet that ended with a purchase, or with the wait for one."""
        raise NotImplementedError


class AppStore(Store):
    """StoreKit."""

    def __init__(self, world: World) -> None:
        super().__init__(world, "app-store")

    def bound_to(self, order: ffi.Order) -> Json:
        return {"app_account_token": order.tag, "introductory_offer_eligibility": order.offer_denied}

    def trial_of(self, product: Json) -> ffi.TrialOffer | None:
        offer = product["introductory_offer"]
        return ffi.TrialOffer(id=None, length=offer["period"]) if offer and offer["eligible"] else None

    def bought(self, said: Json) -> ffi.SheetResult:
        if said["result"] == "pending":
            return ffi.SheetResult.PENDING()
        return ffi.SheetResult.SUCCESS(transaction(said["transaction"]))

    def pay_later(self, tag: str) -> None:
        [ask] = self._world.control("GET", "store/asks")["asks"]
        self._world.control("POST", f"store/{ask['id']}/approve")

    def bought_outside(self) -> ffi.StoreTransaction:
        bought = {"device": DEVICE, "product": "care.tapo.3.monthly"}
        return transaction(self._world.control("POST", "purchases/outside", bought))

    async def unfinished(self) -> list[ffi.StoreTransaction]:
        await self._asked("unfinished")
        return [transaction(one) for one in (await self._ask("GET", "unfinished"))["transactions"]]

    async def owned(self) -> list[ffi.StoreTransaction]:
        await self._asked("owned")
        return [transaction(one) for one in (await self._ask("GET", "owned"))["transactions"]]

    async def finish(self, id: ffi.TransactionId) -> None:
        await self._asked("finish")
        await self._ask("POST", "finish", {"id": id})

    async def request_refund(self, id: ffi.TransactionId) -> ffi.RefundSheet:
        await self._asked("request_refund")
        match (await self._ask("POST", "refund-request", {"id": id, "asks": self.sheet != "cancel"}))["result"]:
            case "requested":
                return ffi.RefundSheet.REQUESTED
            case "cancelled":
                return ffi.RefundSheet.CANCELLED
            case _:
                raise ffi.StoreError.Failed("refund_refused")


class PlayStore(Store):
    """Play Billing."""

    def __init__(self, world: World) -> None:
        super().__init__(world, "play")

    def bound_to(self, order: ffi.Order) -> Json:
        named = {"obfuscated_account_id": order.tag, "obfuscated_profile_id": order.intent}
        if order.offer is not None:
            named["offer"] = order.offer.id
        if order.replaces is None:
            return named
        mode = order.replaces.mode.name.lower()
        return named | {"replaces": order.replaces.transaction, "replacement_mode": mode}

    def trial_of(self, product: Json) -> ffi.TrialOffer | None:
        plan = product["base_plans"][0]
        free = [offer for offer in plan["offers"] if offer["phase"] == "freeTrial" and offer["periods"] == 1]
        return ffi.TrialOffer(id=free[0]["id"], length=plan["period"]) if free else None

    def bought(self, said: Json) -> ffi.SheetResult:
        # A purchase that waits for its payment is a purchase already: its token is its name.
        return ffi.SheetResult.SUCCESS(purchase(said["purchase"]))

    def pay_later(self, tag: str) -> None:
        said = ask("GET", f"{self._root}/purchases")["purchases"]
        [token] = [one["token"] for one in said if json.loads(one["original_json"])["obfuscatedAccountId"] == tag]
        self._world.control("POST", f"play/{token}/complete")

    def bought_outside(self) -> ffi.StoreTransaction:
        bought = {"device": DEVICE, "product": "tapo_care_3", "store": "play"}
        return purchase(self._world.control("POST", "purchases/outside", bought))

    async def unfinished(self) -> list[ffi.StoreTransaction]:
        await self._asked("unfinished")
        return [purchase(one) for one in await self._purchases() if not one["acknowledged"]]

    async def owned(self) -> list[ffi.StoreTransaction]:
        await self._asked("owned")
        return [purchase(one) for one in await self._purchases()]

    async def finish(self, id: ffi.TransactionId) -> None:
        await self._asked("finish")
        await self._ask("POST", "acknowledge", {"token": id})

    async def request_refund(self, id: ffi.TransactionId) -> ffi.RefundSheet:
        raise ffi.StoreError.Failed("not_at_play")

    async def _purchases(self) -> list[Json]:
        return (await self._ask("GET", "purchases"))["purchases"]


def transaction(said: Json) -> ffi.StoreTransaction:
    """What the App Store signed, as it is handed over."""
    signed = ffi.SignedPayload.APP_STORE(transaction=said["signed_transaction"], renewal=said["signed_renewal_info"])
    return ffi.StoreTransaction(id=said["id"], signed=signed)


def purchase(said: Json) -> ffi.StoreTransaction:
    """What Google Play signed, as it is handed over: byte for byte, or it would not verify."""
    signed = ffi.SignedPayload.PLAY(original_json=said["original_json"], signature=said["signature"])
    return ffi.StoreTransaction(id=said["token"], signed=signed)
