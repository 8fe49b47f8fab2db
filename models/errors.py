"""What can go wrong with a model. `matcher` translates these for people."""

from pathlib import Path


class EncoderUnavailableError(Exception):
    """The encoder's model cannot be had, converted or loaded; `why` says what was found and what to do."""

    def __init__(self, encoder: str, why: str) -> None:
        self.encoder = encoder
        self.why = why
        super().__init__(f"Encoder {encoder!r} is unavailable: {why}")


class DamagedArtefactError(Exception):
    """A saved folder is incomplete or not as it was written; `why` names the file."""

    def __init__(self, folder: Path, why: str) -> None:
        self.folder = folder
        self.why = why
        super().__init__(f"{folder} is damaged: {why}")
