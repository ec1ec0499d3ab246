"""Where a server listens: a socket in a private folder, whose path is short enough."""

import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

PORT = 5432

# sockaddr_un holds 108 bytes, the last of which is NUL.
_LONGEST_SOCKET_PATH = 107


@dataclass(frozen=True)
class ServerAddress:
    """Where a server listens."""

    socket_directory: Path
    port: int = PORT

    def url(self, *, database: str, role: str) -> str:
        """The address as a `DATABASE_URL`, the socket's folder percent-encoded as its host."""
        host = quote(str(self.socket_directory), safe="")
        return f"postgresql://{role}@{host}:{self.port}/{database}"


def address(data_dir: Path) -> ServerAddress:
    """Where the server of this folder listens, or will; makes the socket's folder."""
    data_dir = data_dir.absolute()
    near = data_dir / "socket"
    if _fits(near):
        near.mkdir(mode=0o700, parents=True, exist_ok=True)
        return ServerAddress(near)
    note = data_dir / "socket_directory.json"
    if note.exists():
        remembered = Path(json.loads(note.read_text())["directory"])
        if _is_ours(remembered):
            return ServerAddress(remembered)
    base = os.environ.get("XDG_RUNTIME_DIR")
    usable = base and os.access(base, os.W_OK) and _fits(Path(base) / "tessere-12345678")
    # TMPDIR may be as long as the path that we flee.
    parent = base if usable else "/tmp"  # nosec B108
    made = Path(tempfile.mkdtemp(prefix="tessere-", dir=parent))
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    note.write_text(json.dumps({"directory": str(made)}))
    return ServerAddress(made)


def _fits(directory: Path) -> bool:
    return len(os.fsencode(directory / f".s.PGSQL.{PORT}")) <= _LONGEST_SOCKET_PATH


def _is_ours(directory: Path) -> bool:
    """A folder in a temporary place counts only if nobody else made it or may enter it."""
    try:
        status = directory.lstat()
    except OSError:
        return False
    is_private_folder = (status.st_mode & 0o170077) == 0o040000
    return is_private_folder and (status.st_uid == os.getuid() or os.getuid() == 0)
