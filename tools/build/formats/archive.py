"""Archives that are the same byte for byte whenever the same files go in."""

import zipfile
from datetime import UTC, datetime
from pathlib import Path

# The first moment that a zip file can name.
EARLIEST = 315_532_800
# They are compressed already.
STORED = {".mp3", ".woff2", ".zip", ".whl", ".apkg", ".gz"}


def write(path: Path, files: dict[str, bytes | Path], epoch: int) -> None:
    """Write a zip of files, by their names, all of one date.

    They stand in the order of their names, but for those that come first in an EPUB.
    """
    moment = datetime.fromtimestamp(max(epoch, EARLIEST), UTC).timetuple()[:6]
    first = [name for name in files if name == "mimetype"]
    with zipfile.ZipFile(path, "w") as archive:
        for name in [*first, *sorted(files.keys() - set(first))]:
            content = files[name]
            info = zipfile.ZipInfo(name, moment)
            info.external_attr = 0o644 << 16
            info.create_system = 3
            if name not in first and Path(name).suffix not in STORED:
                info.compress_type = zipfile.ZIP_DEFLATED
            data = content.read_bytes() if isinstance(content, Path) else content
            archive.writestr(info, data)
