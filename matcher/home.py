"""Writing below a home: what the file system refuses becomes words."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from matcher.errors import HomeNotWritable

FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EISDIR, errno.EEXIST}
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Turn a folder that cannot be written, or a full disk, into `HomeNotWritable`."""
    try:
        yield
    except OSError as problem:
        if problem.errno not in FORBIDDEN | FULL:
            raise
        raise HomeNotWritable(home=folder, why=problem.strerror) from problem
