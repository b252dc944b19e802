"""A world with something in it for every operation, and for each the request that is sure to be accepted."""

from __future__ import annotations

import hashlib
import json
import secrets
import uuid
from base64 import b64encode, urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.auth import AuthBase
from worlds import World, ask

Json = Any


@dataclass
class Request:
    """What is sent where: the operation's own parameters only."""

    path: dict[str, str] = field(default_factory=dict)
    body: Json = None
    headers: dict[str, str] = field(default_factory=dict)


def digest(request: requests.PreparedRequest) -> str:
    """`care-digest` of a request as it leaves (section 1 of the wire)."""
    url = urlsplit(request.url or "")
    target = url.path + (f"?{url.query}" if url.query else "")
    body = request.body or b""
    body = body.encode() if isinstance(body, str) else body
    # What is no ASCII is no header value of the contract, and counts as none.
    header = lambda name: _text(request.headers.get(name, ""))  # noqa: E731
    parts = ["care-request-v1", request.method or "", target, header("care-account"), header("idempotency-key")]
    text = "\n".join([*parts, hashlib.sha256(body).hexdigest()])
    return hashlib.sha256(text.encode()).hexdigest()


def _text(value: str | bytes) -> str:
    return value if isinstance(value, str) else value.decode("latin-1")


@dataclass
class Bearing(AuthBase):
    """Signs a request of the Care cloud as it leaves, and bears a token."""

    token: str | None
    signed: bool
    account: str | None = None

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        if self.token is not None:
            request.headers["authorization"] = f"Bearer {self.token}"
        if self.signed:
            if self.account is not None:
                request.headers["care-account"] = self.account
            request.headers["care-digest"] = digest(request)
        return request


class Planted:
    """Anna is signed in, has a plan of the web portal, and bought at both stores outside the app.

    Somebody else switched renewal off at both, a third is told of a new price, a fourth wants the money back, a child waits
    for a parent, and a tester paid nothing.
    """

    def __init__(self, world: World) -> None:
        self.world = world
        self.session = ask("POST", f"{world.trust['cloud']['url']}/session", {"name": "anna"})
        self.subscription = world.control(
            "POST", "subscriptions", {"account": "anna", "plan": "tapo-3-monthly", "channel": "web"}
        )
        device = f"{world.trust['device_url']}/phone"
        tag = world.account("anna")["tag"]
        paid = {"product": "care.tapo.1.monthly", "app_account_token": tag, "sheet": "pay"}
        self.transaction = ask("POST", f"{device}/app-store/buy", paid)["transaction"]
        paid = {"product": "tapo_care_1", "obfuscated_account_id": tag, "sheet": "pay"}
        self.bought = ask("POST", f"{device}/play/buy", paid)["purchase"]["token"]
        slow = {"product": "tapo_care_3", "obfuscated_account_id": tag, "sheet": "pending"}
        self.slow = ask("POST", f"{device}/play/buy", slow)["purchase"]["token"]
        paid = {"product": "care.tapo.1.monthly", "sheet": "pay"}
        other = f"{world.trust['device_url']}/other"
        self.lapsing = ask("POST", f"{other}/app-store/buy", paid)["transaction"]["id"]
        world.control("POST", f"store/{self.lapsing}/cancel")
        self.ending = ask("POST", f"{other}/play/buy", {"product": "tapo_care_1", "sheet": "pay"})["purchase"]["token"]
        world.control("POST", f"play/{self.ending}/cancel")
        self.dear = self.both_at("dear", paid)
        for at in (f"store/{self.dear[0]}", f"play/{self.dear[1]}"):
            world.control("POST", f"{at}/price", {"price_micros": 9990000})
        self.sorry = self.both_at("sorry", paid)
        world.control("POST", "cameras/cam_hallway/trial", {"state": "active", "left": "10d"})
        ask("POST", f"{world.trust['device_url']}/child/app-store/buy", {**paid, "sheet": "pending"})
        self.ask_to_buy = world.control("GET", "store/asks")["asks"][0]["id"]
        world.control("POST", "devices/tester", {"tester": True})
        tested = ask("POST", f"{world.trust['device_url']}/tester/app-store/buy", paid)
        self.tested = tested["transaction"]["id"]
        self.tokens = world.control("GET", "store-tokens")
        form = {"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion": self.tokens["play"]}
        granted = requests.post(f"{world.trust['play']['url']}/token", data=form, timeout=30)
        self.play_token = granted.json()["access_token"]

    def both_at(self, device: str, paid: Json) -> tuple[str, str]:
        """Bought at both stores by somebody else: the transaction and the token."""
        at = f"{self.world.trust['device_url']}/{device}"
        transaction = ask("POST", f"{at}/app-store/buy", paid)["transaction"]["id"]
        bought = ask("POST", f"{at}/play/buy", {"product": "tapo_care_1", "sheet": "pay"})
        return transaction, bought["purchase"]["token"]

    def paid_at_play(self) -> str:
        """Anna's plan at Play, which she has paid a second time at the App Store."""
        # The stores tell the cloud a moment later.
        self.world.control("POST", "clock/advance", {"by": "PT1M"})
        plans = self.world.control("GET", "accounts/anna")["subscriptions"]
        return next(plan["id"] for plan in plans if plan["channel"] == "play")

    def base_url(self, document: str) -> str:
        """Where a document is served."""
        trust = self.world.trust
        return trust["control"]["url"] if document == "control" else trust["cloud"]["url"]

    def bearing(self, scheme: str | None, document: str) -> Bearing:
        """What an operation of this security scheme is asked with by somebody who may."""
        token = {
            "session": self.session["token"],
            "app-store-connect": self.tokens["app_store"],
            "google-service-account": self.play_token,
            "control": self.world.trust["control"]["token"],
        }.get(scheme or "")
        signed = document == "care-cloud"
        return Bearing(token, signed, self.session["account"] if signed else None)

    def cloud_headers(self) -> dict[str, str]:
        """What every call of the Care cloud has."""
        nonce = urlsafe_b64encode(secrets.token_bytes(16)).decode().rstrip("=")
        headers = {"care-contract": "1", "care-core": "0.1.0", "care-platform": "linux", "care-nonce": nonce}
        return {**headers, "care-account": self.session["account"], "care-digest": "0" * 64}

    def push(self) -> Json:
        """A push of Pub/Sub about what was bought at Play."""
        said = {
            "version": "1.0",
            "packageName": "com.tplink.iot",
            "eventTimeMillis": "1767603600000",
            "subscriptionNotification": {"version": "1.0", "notificationType": 4, "purchaseToken": self.bought},
        }
        return {"message": {"data": b64encode(json.dumps(said).encode()).decode(), "messageId": "1"}, "subscription": "play"}

    def accepted(self, operation: str) -> Request:
        """A request of this operation that is sure to be accepted, once."""
        transaction, token = self.transaction["id"], self.bought
        app = {"package": "com.tplink.iot"}
        device = {"device": "phone"}
        known = {
            "reserve": Request(
                body={
                    "intent": str(uuid.uuid4()),
                    "installation": str(uuid.uuid4()),
                    "plan": "tapo-3-monthly",
                    "store": "app_store",
                    "store_identity": None,
                    "confirmed": [],
                }
            ),
            "giveBack": Request({"id": "res_0123456789ab"}),
            "postPurchase": Request(
                body={"store": "app_store", "signed_payload": self.transaction["signed_transaction"], "bind_to": None},
                headers={"idempotency-key": "once"},
            ),
            "selectCameras": Request(
                {"id": self.subscription["id"]},
                {"cameras": ["cam_porch"], "based_on": self.subscription["cameras_revision"]},
            ),
            "startTrial": Request(body={"camera": "cam_garden"}),
            "cancelTrial": Request({"id": "cam_hallway"}),
            "refundDoublePayment": Request({"id": self.paid_at_play()} if operation == "refundDoublePayment" else {}),
            "signIn": Request(body={"name": "anna"}),
            "appStoreStorefront": Request(device),
            "appStoreProducts": Request(device, {"ids": ["care.tapo.3.monthly", "nothing"]}),
            "appStoreBuy": Request({"device": "tablet"}, {"product": "care.tapo.3.monthly", "sheet": "pay"}),
            "appStoreUnfinished": Request(device),
            "appStoreOwned": Request(device),
            "appStoreFinish": Request(device, {"id": transaction}),
            "appStoreRefundRequest": Request({"device": "sorry"}, {"id": self.sorry[0]}),
            "playStorefront": Request(device),
            "playProducts": Request(device, {"ids": ["tapo_care_3", "nothing"]}),
            "playBuy": Request({"device": "tablet"}, {"product": "tapo_care_3", "sheet": "pay"}),
            "playPurchases": Request(device),
            "playAcknowledge": Request(device, {"token": token}),
            "getTransactionInfo": Request({"id": transaction}),
            "finishTransaction": Request({"id": transaction}),
            "getAllSubscriptionStatuses": Request({"id": transaction}),
            "getSandboxTransactionInfo": Request({"id": self.tested}),
            "finishSandboxTransaction": Request({"id": self.tested}),
            "getAllSandboxSubscriptionStatuses": Request({"id": self.tested}),
            # Only the App Store can sign one that is taken in: every purchase the sandbox tells of is one.
            "appStoreNotification": Request(body={"signedPayload": "e30.e30.AAAA"}),
            "playNotification": Request(body=self.push()),
            "playToken": Request(
                body={"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion": self.tokens["play"]}
            ),
            "subscriptionsv2Get": Request({**app, "token": token}),
            "subscriptionsAcknowledge": Request({**app, "product": "tapo_care_1", "token": token}),
            "subscriptionsv2Revoke": Request(
                {**app, "token": self.sorry[1]}, {"revocationContext": {"fullRefund": {}}}
            ),
            "voidedpurchasesList": Request(app),
            "advance": Request(body={"by": "PT1H"}),
            "moveTo": Request(body={"time": "2026-03-01T00:00:00Z"}),
            "addAccount": Request(body={"name": "dora"}),
            "accountWhole": Request({"name": "anna"}),
            "changeAccount": Request({"name": "anna"}, {"tester": True}),
            "expireSessions": Request(body={"account": "ben"}),
            "addCamera": Request(body={"account": "anna", "name": "Attic", "model": "C210"}),
            "changeCamera": Request({"id": "cam_porch"}, {"online": False}),
            "removeCamera": Request({"id": "cam_shed"}),
            "setTrial": Request({"id": "cam_nursery"}, {"state": "used"}),
            "setFreePlan": Request({"id": "cam_nursery"}, {"state": "active", "history_h": 12, "left": "30d"}),
            "addSubscription": Request(body={"account": "anna", "plan": "tapo-1-monthly", "channel": "code"}),
            "setPhase": Request({"id": self.subscription["id"]}, {"phase": "retry"}),
            "changeCatalogue": Request(body={"steering": "text_only"}),
            "signWith": Request(body={"sign_with": "k2"}),
            "nameDevice": Request({"name": "phone"}, {"storefront": "GBR"}),
            "buyOutside": Request(body={"device": "tablet", "product": "care.tapo.5.monthly"}),
            "revokeAtAppStore": Request({"original": transaction}),
            "cancelAtAppStore": Request({"original": transaction}),
            "restartAtAppStore": Request({"original": self.lapsing}),
            "paymentsAtAppStore": Request({"original": transaction}, {"go_through": False}),
            "priceAtAppStore": Request({"original": self.dear[0]}, {"price_micros": 8990000}),
            "priceAnswerAtAppStore": Request({"original": self.dear[0]}, {"agrees": True}),
            "approveAskToBuy": Request({"ask": self.ask_to_buy}),
            "declineAskToBuy": Request({"ask": self.ask_to_buy}),
            "completeAtPlay": Request({"token": self.slow}),
            "declineAtPlay": Request({"token": self.slow}),
            "revokeAtPlay": Request({"token": token}),
            "cancelAtPlay": Request({"token": token}),
            "restartAtPlay": Request({"token": self.ending}),
            "paymentsAtPlay": Request({"token": token}, {"go_through": False}),
            "pauseAtPlay": Request({"token": token}, {"for": "P1M"}),
            "priceAtPlay": Request({"token": self.dear[1]}, {"price_micros": 8990000}),
            "priceAnswerAtPlay": Request({"token": self.dear[1]}, {"agrees": True}),
            "stateAtPlay": Request({"token": token}, {"raw": 7}),
            "plantFault": Request(body={"endpoint": "trials", "kind": "down", "times": 1}),
        }
        return known.get(operation, Request())
