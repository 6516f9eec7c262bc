"""Filters of the portal's own templates: `{% load portal %}`."""

from django import template

register = template.Library()


@register.filter
def level(assurance: str) -> str:
    """Give the last part of an assurance level, which is what people know it by."""
    return assurance.rsplit(":", 1)[-1].rsplit("/", 1)[-1]
