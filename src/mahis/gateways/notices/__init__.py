"""What a notice says: from the facts of a step to words in the recipient's language."""

from mahis.gateways.notices.rendering import render
from mahis.gateways.notices.text import Detail, NoticeText, as_html, as_text

__all__ = ["Detail", "NoticeText", "as_html", "as_text", "render"]
