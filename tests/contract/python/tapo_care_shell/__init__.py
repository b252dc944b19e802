"""Tapo Care for Python: the generated module `tapo_care_ffi`, with Python's own iteration around it.

    async with await open_care(config, ports) as care:
        await care.sign_in(account)
        await care.subscribe(SubscribeRequest(plan="tapo-3-monthly"))
        async for outcome in care.outcomes():
            print(outcome.kind)
            break
"""

try:
    import tapo_care_ffi
except OSError as error:
    raise ImportError(
        "the library tapo_care_ffi is missing beside its bindings: build it with `cargo build -p tapo-care-ffi` and "
        "generate them with `cargo run -p tapo-care-bindgen -- generate --language python`"
    ) from error

try:
    # UniFFI 0.32.2 generates this check for Python and leaves the call of it out.
    tapo_care_ffi._uniffi_check_api_checksums(tapo_care_ffi._UniffiLib)
except (tapo_care_ffi.InternalError, AttributeError) as error:
    raise ImportError(
        "the library tapo_care_ffi and its Python bindings are of different versions: generate the bindings again from "
        "the library that lies beside them"
    ) from error

from .shell import Changes, Outcomes, Shell, open_care, open_sandbox, peek_care, peek_sandbox

__all__ = ["Changes", "Outcomes", "Shell", "open_care", "open_sandbox", "peek_care", "peek_sandbox", "tapo_care_ffi"]
