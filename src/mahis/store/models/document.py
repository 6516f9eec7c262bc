"""Documents by their content: each stored once, however many authorisations name it."""

from django.db import models

#: What documents can be; pages of a scan are put together before they are kept.
PDF = "application/pdf"


class Document(models.Model):
    """The content of one file, whose bytes lie in the store of files under the same digest.

    Like the history, documents can only be added and read.
    """

    append_only = True

    #: SHA-256 of the bytes, hexadecimal.
    sha256 = models.CharField(max_length=64, primary_key=True)
    #: Number of bytes.
    size = models.BigIntegerField()
    media_type = models.TextField(default=PDF)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="document_sha256_is_hexadecimal",
                condition=models.Q(sha256__regex="^[0-9a-f]{64}$"),
            ),
            models.CheckConstraint(
                name="document_size_is_positive", condition=models.Q(size__gte=1)
            ),
            models.CheckConstraint(
                name="document_media_type_is_known", condition=models.Q(media_type__in=[PDF])
            ),
        ]
