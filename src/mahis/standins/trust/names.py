"""Names of subjects, also such as no honest authority would write."""

from asn1crypto import x509  # type: ignore[import-untyped]
from certomancer.registry.common import EntityLabel
from certomancer.registry.entities import EntityRegistry


class Names(EntityRegistry):
    """Names by label; a sign U+DCxx in a text stands for the byte xx, which is no UTF-8."""

    def __init__(
        self, config: dict[str, dict[str, str]], defaults: dict[str, str] | None = None
    ) -> None:
        broken = {
            label: [text for text in parts.values() if _is_broken(text)]
            for label, parts in config.items()
        }
        readable = {
            label: {name: _readable(text) for name, text in parts.items()}
            for label, parts in config.items()
        }
        super().__init__(readable, defaults)  # type: ignore[no-untyped-call]
        for label, texts in broken.items():
            if texts:
                self._dict[EntityLabel(label)] = _with_bytes(self[EntityLabel(label)], texts)


def _with_bytes(name: x509.Name, texts: list[str]) -> x509.Name:
    """Put the bytes that are meant where a question mark holds their place."""
    der = name.dump()
    for text in texts:
        der = der.replace(_readable(text).encode(), text.encode("utf-8", "surrogateescape"))
    return x509.Name.load(der)


def _is_broken(text: str) -> bool:
    return text != _readable(text)


def _readable(text: str) -> str:
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace").replace("\ufffd", "?")
