"""Letters of a scanned page by Tesseract, where the extra `matcher[ocr]` and Danish and English data are installed.

Tesseract gets the picture over a pipe: pytesseract's own functions would write it to disk.
"""

import os
import subprocess
from importlib.util import find_spec
from io import BytesIO
from typing import Any

from matcher.ingest.parsed import Refused

LANGUAGES = ("dan", "eng")
_DOTS_PER_INCH = 300
_POINTS_PER_INCH = 72


def is_available() -> bool:
    """Whether scans can be read here."""
    if find_spec("pytesseract") is None:
        return False
    import pytesseract

    try:
        return set(LANGUAGES) <= set(pytesseract.get_languages())
    except (pytesseract.TesseractNotFoundError, pytesseract.TesseractError, OSError):
        return False


def recognise(page: Any) -> str:  # noqa: ANN401 - pypdfium2 has no types
    """Return the text of a rendered pypdfium2 page."""
    import pytesseract

    picture = BytesIO()
    page.render(scale=_DOTS_PER_INCH / _POINTS_PER_INCH, grayscale=True).to_pil().save(picture, "PNG")
    command = [pytesseract.pytesseract.tesseract_cmd, "stdin", "stdout", "-l", "+".join(LANGUAGES)]
    done = subprocess.run(  # noqa: S603 - a fixed command
        command, input=picture.getvalue(), capture_output=True, check=False, env={**os.environ, "OMP_THREAD_LIMIT": "1"}
    )
    if done.returncode:
        raise Refused("damaged", why=f"tesseract: {done.stderr.decode(errors='replace')[-200:]}")
    return done.stdout.decode("utf-8", "replace")
