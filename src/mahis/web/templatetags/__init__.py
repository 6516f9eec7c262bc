"""What templates of all doors can load: `{% load mahis %}`."""
