"""The generated module is what was built, and says so where it is not."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

from building import WORKSPACE, Built


def test_the_exported_api_is_the_one_checked_in(built: Built) -> None:
    said = subprocess.run([built.bindgen, "api", "--library", built.library], check=True, capture_output=True, text=True)
    assert said.stdout == (WORKSPACE / "bindings" / "api.txt").read_text()


def test_a_missing_library_says_what_to_do(built: Built, tmp_path: Path) -> None:
    shutil.copy(built.bindings / "tapo_care_ffi.py", tmp_path)
    said = importing("tapo_care_shell", [tmp_path, Path(__file__).parent])
    assert "cargo build -p tapo-care-ffi" in said


def test_bindings_of_another_version_are_refused_at_load(built: Built, tmp_path: Path) -> None:
    shutil.copy(built.bindings / built.library.name, tmp_path)
    module = (built.bindings / "tapo_care_ffi.py").read_text()
    other, changed = re.subn(r"(checksum_method_care_subscribe\(\) != )\d+", r"\g<1>65536", module)
    assert changed == 1
    (tmp_path / "tapo_care_ffi.py").write_text(other)
    assert "different versions" in importing("tapo_care_shell", [tmp_path, Path(__file__).parent])


def importing(module: str, paths: list[Path]) -> str:
    """What a fresh interpreter says on failing to import it."""
    program = f"import sys; sys.path[:0] = {[str(path) for path in paths]!r}; import {module}"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert ran.returncode != 0
    return ran.stderr
