"""Builds what the suite runs on, once: the library with the feature `sandbox`, its Python side, and care-sandbox."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

WORKSPACE = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Built:
    """Where things are."""

    library: Path
    sandbox: Path
    bindgen: Path
    bindings: Path


def build() -> Built:
    """Builds with cargo, in CARE_TARGET_DIR where that is set."""
    names = ("tapo-care-ffi", "care-sandbox", "tapo-care-bindgen")
    made = _cargo_build(*names, features=("--features", "tapo-care-ffi/sandbox"))
    library = made["tapo_care_ffi"]
    bindings = library.parent / "contract-python"
    arguments = ["generate", "--library", library, "--language", "python", "--out-dir", bindings]
    subprocess.run([made["uniffi-bindgen"], *arguments], cwd=WORKSPACE, check=True, stdout=subprocess.DEVNULL)
    # Beside and renamed: a process that has the old one loaded keeps it.
    beside = bindings / (library.name + ".new")
    shutil.copyfile(library, beside)
    beside.rename(bindings / library.name)
    return Built(library, made["care-sandbox"], made["uniffi-bindgen"], bindings)


def build_sandbox() -> Path:
    """Builds care-sandbox alone."""
    return _cargo_build("care-sandbox")["care-sandbox"]


def _cargo_build(*names: str, features: tuple[str, ...] = ()) -> dict[str, Path]:
    packages = [argument for name in names for argument in ("-p", name)]
    said = _cargo("build", *packages, *features, "--message-format=json-render-diagnostics")
    made = {}
    for line in said.splitlines():
        message = json.loads(line)
        if message["reason"] != "compiler-artifact":
            continue
        target = message["target"]["name"]
        if message["executable"]:
            made[target] = Path(message["executable"])
        elif "cdylib" in message["target"]["kind"]:
            shared = [name for name in message["filenames"] if name.endswith((".so", ".dylib", ".dll"))]
            made[target] = Path(shared[0])
    return made


def _cargo(*arguments: str) -> str:
    environment = dict(os.environ)
    if "CARE_TARGET_DIR" in environment:
        environment["CARGO_TARGET_DIR"] = environment["CARE_TARGET_DIR"]
    ran = subprocess.run(["cargo", *arguments], cwd=WORKSPACE, env=environment, stdout=subprocess.PIPE, text=True)
    if ran.returncode != 0:
        raise SystemExit(f"cargo {arguments[0]} failed; see above")
    return ran.stdout
