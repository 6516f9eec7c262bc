"""Labels of the codes that registers use."""

from django.db import models


class RegisterCode(models.Model):
    """The description of one code of one category in one language (code.csv and codes.csv)."""

    #: For example JuridicalForm, JuridicalSituation, Function.
    category = models.TextField()
    code = models.TextField()
    #: FR, NL, DE or EN.
    language = models.CharField(max_length=2)
    description = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="register_code_once_a_language", fields=["category", "code", "language"]
            )
        ]
