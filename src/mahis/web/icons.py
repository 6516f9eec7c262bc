"""The icons of the screens, drawn as lines on a grid of 20; they only ever stand beside words."""

from django.utils.safestring import SafeString, mark_safe

_PATHS = {
    "pencil": '<path d="M4 16l.8-3.4L13 4.4l2.6 2.6-8.2 8.2z"/><path d="M11.2 6.2l2.6 2.6"/>',
    "clock": '<circle cx="10" cy="10" r="7"/><path d="M10 6v4.3l2.8 1.7"/>',
    "eye": '<path d="M2.5 10S5.2 5 10 5s7.5 5 7.5 5-2.7 5-7.5 5-7.5-5-7.5-5z"/>'
    '<circle cx="10" cy="10" r="2.2"/>',
    "badge": '<rect x="3" y="5" width="14" height="10.5" rx="1.5"/>'
    '<circle cx="7.3" cy="9.3" r="1.6"/><path d="M5 13c.6-1.3 4-1.3 4.6 0"/>'
    '<path d="M12 9h2.8M12 12h2.8"/>',
    "check": '<circle cx="10" cy="10" r="7"/><path d="M6.8 10.2l2.2 2.3 4.3-4.7"/>',
    "cross": '<path d="M7 3h6l4 4v6l-4 4H7l-4-4V7z"/>'
    '<path d="M7.7 7.7l4.6 4.6M12.3 7.7l-4.6 4.6"/>',
    "remove": '<path d="M6 6l8 8M14 6l-8 8"/>',
    "lock": '<rect x="4.5" y="9" width="11" height="7.5" rx="1.2"/>'
    '<path d="M7 9V6.7a3 3 0 0 1 6 0V9"/>',
    "return": '<path d="M7.5 5L4 8.5 7.5 12"/><path d="M4 8.5h8a3.7 3.7 0 0 1 0 7.4H8"/>',
    "hourglass": '<path d="M5.5 3h9M5.5 17h9"/>'
    '<path d="M6.5 3v2.5c0 2 3.5 3 3.5 4.5s-3.5 2.5-3.5 4.5V17"/>'
    '<path d="M13.5 3v2.5c0 2-3.5 3-3.5 4.5s3.5 2.5 3.5 4.5V17"/>',
    "warning": '<path d="M10 3.2L17.5 16.5h-15z"/><path d="M10 8.3v3.7M10 14.2v.1"/>',
    "info": '<circle cx="10" cy="10" r="7"/><path d="M10 9.3v4M10 6.6v.1"/>',
    "search": '<circle cx="9" cy="9" r="5"/><path d="M12.8 12.8L17 17"/>',
    "plus": '<path d="M10 4v12M4 10h12"/>',
    "people": '<circle cx="7" cy="7" r="2.6"/><path d="M2.5 16c.3-5 8.7-5 9 0"/>'
    '<path d="M12.5 4.7a2.6 2.6 0 0 1 0 4.7M13.8 11.8c2.2.5 3.5 2 3.7 4.2"/>',
    "document": '<path d="M5 2.8h6.5L15.5 7v10.2H5z"/>'
    '<path d="M11.3 3v4.2h4.2M7.5 10.5h5M7.5 13.5h5"/>',
    "download": '<path d="M10 3v9.2M6 8.4l4 4 4-4M4 16.5h12"/>',
    "upload": '<path d="M10 12.4V3.2M6 7l4-4 4 4M4 16.5h12"/>',
    "shield": '<path d="M10 2.8l6 2.2v4.5c0 3.6-2.5 6.2-6 7.7-3.5-1.5-6-4.1-6-7.7V5z"/>'
    '<path d="M7.3 9.8l2 2 3.5-3.8"/>',
    "left": '<path d="M12 4.5L6.5 10l5.5 5.5"/>',
    "right": '<path d="M8 4.5l5.5 5.5L8 15.5"/>',
    "up": '<path d="M5 12l5-5 5 5"/>',
    "down": '<path d="M5 8l5 5 5-5"/>',
    "both": '<path d="M6.5 8L10 4.5 13.5 8M6.5 12l3.5 3.5 3.5-3.5"/>',
    "menu": '<path d="M3.5 5.5h13M3.5 10h13M3.5 14.5h13"/>',
    "leave": '<path d="M8 4H4v12h4M12 6.5l3.5 3.5-3.5 3.5M15.5 10H8"/>',
    "switch": '<path d="M4 7h11M12 4l3 3-3 3M16 13H5M8 10l-3 3 3 3"/>',
}
NAMES = frozenset(_PATHS)


def drawn(name: str) -> SafeString:
    """Draw an icon, hidden from those who listen: the words beside it say the same."""
    return mark_safe(  # noqa: S308 - every part of it stands in this file
        '<svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">'
        f"{_PATHS[name]}</svg>"
    )
