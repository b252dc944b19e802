"""Writes a wheel of a folder that holds one native library: `cargo xtask package python` calls it."""

from __future__ import annotations

import argparse
import base64
import hashlib
import sysconfig
import zipfile
from pathlib import Path

NAME = "tapo_care"
# Zip's first day: the same content makes the same wheel.
MADE = (1980, 1, 1, 0, 0, 0)


def write(content: Path, version: str, out_dir: Path) -> Path:
    """The wheel of everything in `content`, for this interpreter's platform."""
    platform = sysconfig.get_platform().replace("-", "_").replace(".", "_")
    tag = f"py3-none-{platform}"
    about = f"{NAME}-{version}.dist-info"
    files = {str(file.relative_to(content)): file.read_bytes() for file in content.rglob("*") if file.is_file()}
    files[f"{about}/METADATA"] = (
        f"Metadata-Version: 2.1\nName: tapo-care\nVersion: {version}\nRequires-Python: >=3.11\n"
        "Summary: Tapo Care's in-app subscription core\nLicense: MIT\n"
    ).encode()
    files[f"{about}/WHEEL"] = f"Wheel-Version: 1.0\nGenerator: tapo-care\nRoot-Is-Purelib: false\nTag: {tag}\n".encode()
    record = f"{about}/RECORD"
    rows = [f"{name},sha256={_digest(data)},{len(data)}" for name, data in sorted(files.items())]
    files[record] = "\n".join([*rows, f"{record},,", ""]).encode()

    out_dir.mkdir(parents=True, exist_ok=True)
    wheel = out_dir / f"{NAME}-{version}-{tag}.whl"
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(files.items()):
            entry = zipfile.ZipInfo(name, MADE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return wheel


def _digest(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()


def main() -> None:
    """Reads the options and prints the wheel's path."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--content", type=Path, required=True)
    options.add_argument("--version", required=True)
    options.add_argument("--out-dir", type=Path, required=True)
    given = options.parse_args()
    print(write(given.content, given.version, given.out_dir))


if __name__ == "__main__":
    main()
