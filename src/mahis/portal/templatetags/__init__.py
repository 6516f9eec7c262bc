"""What templates of the portal can load: `{% load portal %}`."""
