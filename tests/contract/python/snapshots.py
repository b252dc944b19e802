"""The story of `tests/contract/snapshot`, as every suite plays it, and a snapshot as `path = value`."""

from __future__ import annotations

import enum
import json

import tapo_care_ffi as ffi
from building import WORKSPACE
from phones import Phone, buy, ended
from stores import transaction
from tapo_care_shell import Shell

FOLDER = WORKSPACE / "tests/contract/snapshot"
STORY = FOLDER / "story.json"
SAID = FOLDER / "said.txt"

Fields = dict[str, str]


def fields(value: object, path: str) -> Fields:
    """Each field under a value. A field that is new is there by itself."""
    match value:
        case None:
            return {path: "nil"}
        case []:
            return {path: "[]"}
        case list():
            return {at: said for nth, one in enumerate(value) for at, said in fields(one, f"{path}[{nth}]").items()}
        case bool():
            return {path: str(value).lower()}
        case enum.Enum():
            return {path: value.name.lower()}
        case str() | int():
            return {path: str(value)}
    kind = type(value)
    if "." in kind.__qualname__:
        return {path: variant(kind.__name__.rsplit(".")[-1], getattr(value, "_values", list(vars(value).values())))}
    # A field whose name Python keeps for itself has a line before it.
    named = [(name.lstrip("_"), inside) for name, inside in vars(value).items()]
    below = [fields(inside, f"{path}.{name}" if path else name) for name, inside in named]
    return {at: said for one in below for at, said in one.items()}


def variant(name: str, values: list[object]) -> str:
    """A case of an enumeration, with what it carries."""
    carried = ", ".join(str(value) for value in values)
    return f"{name.lower()}({carried})" if carried else name.lower()


def read(snapshot: ffi.Snapshot) -> Fields:
    """Its fields; ids that no two runs share are named by where they stand."""
    named = {row.id: f"subscription {nth}" for nth, row in enumerate(snapshot.subscriptions)}
    named |= {row.intent: f"intent {nth}" for nth, row in enumerate(snapshot.purchases) if row.intent}

    def without_ids(said: str) -> str:
        for id, name in named.items():
            said = said.replace(id, name)
        return said

    return {path: without_ids(said) for path, said in fields(snapshot, "").items()}


def expected() -> dict[str, Fields]:
    """What each look of the story shows: the file says what is new since the look before it."""
    looks: dict[str, Fields] = {}
    known: Fields = {}
    for line in SAID.read_text().splitlines():
        if line.startswith("# "):
            known = dict(known)
            looks[line[2:]] = known
        elif line.endswith(" is gone"):
            gone = line.removesuffix(" is gone")
            for path in [path for path in known if within(path, gone)]:
                del known[path]
        elif line:
            path, _, said = line.partition(" = ")
            known[path] = said
    return looks


def within(path: str, above: str) -> bool:
    """Whether a field is that one, or under it."""
    return path == above or path.startswith((f"{above}.", f"{above}["))


def written(looks: dict[str, Fields]) -> str:
    """As `expected` reads it."""
    lines: list[str] = []
    before: Fields = {}
    for name, now in looks.items():
        lines.append(f"# {name}")
        lines += gone(before, now)
        lines += [f"{path} = {said}" for path, said in now.items() if before.get(path) != said]
        lines.append("")
        before = now
    return "\n".join(lines)


def gone(before: Fields, now: Fields) -> list[str]:
    """What was there and is not, each by the shortest path that holds nothing any more."""
    said: list[str] = []
    for path in before:
        if path in now or any(within(path, above) for above in said):
            continue
        ends = [nth for nth in range(1, len(path) + 1) if path[nth : nth + 1] in ("", ".", "[")]
        above = (path[:nth] for nth in ends)
        said.append(next((one for one in above if not any(within(known, one) for known in now)), path))
    return [f"{path} is gone" for path in said]


async def play(phone: Phone, care: Shell) -> dict[str, Fields]:
    """What each look sees."""
    looks: dict[str, Fields] = {}
    receipt: ffi.StoreTransaction | None = None
    known: dict[str, str] = {}
    for step in json.loads(STORY.read_text()):
        match step:
            case {"look": name}:
                looks[name] = read(care.snapshot())
            case {"control": [method, path, *body]}:
                phone.world.control(method, path.format_map(known), *body)
            case {"outside": order}:
                tag = phone.world.account("anna")["tag"]
                bought = phone.world.control("POST", "purchases/outside", order | {"app_account_token": tag})
                if order["store"] == "play":
                    known["token"] = bought["token"]
                else:
                    known["id"], receipt = bought["id"], transaction(bought)
            case {"hand_over": "altered"}:
                assert receipt is not None
                await care.care.on_store_transactions([altered(receipt)])
            case {"advance": by}:
                phone.world.advance(by)
            case {"sign_in": name}:
                await care.sign_in(phone.world.account(name)["id"])
            case {"buy": plan, "sheet": sheet}:
                phone.store.sheet = sheet
                await buy(care, plan)
            case {"change_plan": plan, "sheet": sheet}:
                phone.store.sheet = sheet
                held = care.snapshot().subscriptions[0].id
                await care.change_plan(ffi.ChangePlanRequest(subscription=held, plan=plan))
                await ended(care)
            case {"start_trial": camera}:
                await care.care.start_trial(camera)
            case {"select": cameras}:
                await care.select_cameras(care.snapshot().subscriptions[0].id, cameras)
            case {"tick": cameras}:
                await care.care.tick_cameras(care.snapshot().subscriptions[0].id, cameras)
            case {"sweep": True}:
                await care.sweep()
            case _:
                raise AssertionError(f"no such step: {step}")
    return looks


def altered(receipt: ffi.StoreTransaction) -> ffi.StoreTransaction:
    """The same transaction with another signature."""
    assert receipt.signed.is_APP_STORE()
    jws = receipt.signed.transaction
    end = "BBBB" if jws.endswith("AAAA") else "AAAA"
    signed = ffi.SignedPayload.APP_STORE(transaction=jws[:-4] + end, renewal=receipt.signed.renewal)
    return ffi.StoreTransaction(id="altered", signed=signed)
