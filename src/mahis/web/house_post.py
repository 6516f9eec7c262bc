"""How this installation writes letters and hands them over."""

from django.conf import settings

from mahis.gateways.post.settings import PostSettings


def post() -> PostSettings:
    """Give who writes letters, and where their packages go."""
    found = settings.POST
    assert isinstance(found, PostSettings)
    return found
