"""The one way in which a register file is refused: which file, which line, and why."""


class FileRefused(Exception):
    """A file cannot be taken in; nothing of its bundle is.

    The reason never repeats a national number.
    """

    def __init__(self, *, file: str, reason: str, line: int | None = None) -> None:
        place = file if line is None else f"{file}, line {line}"
        super().__init__(f"{place}: {reason}")
        self.file = file
        self.line = line
        self.reason = reason
