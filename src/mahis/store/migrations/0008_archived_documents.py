"""Archive copies: one at most of each signed form, which it names."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Let documents be archive copies; nothing that was there changes."""

    dependencies = [
        ("store", "0007_clock"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="authorisationdocument",
            name="authorisation_document_kind_is_known",
        ),
        migrations.RemoveConstraint(
            model_name="authorisationdocument",
            name="authorisation_document_language_is_that_of_its_form",
        ),
        migrations.RemoveConstraint(
            model_name="authorisationdocument",
            name="authorisation_document_signed_names_its_form",
        ),
        migrations.AddConstraint(
            model_name="authorisationdocument",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["form", "signed", "scan", "attached", "archived"])
                ),
                name="authorisation_document_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="authorisationdocument",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind__in", ["form", "signed", "archived"]),
                        ("language__isnull", False),
                        ("language__in", ["fr", "nl", "de", "en"]),
                    ),
                    models.Q(
                        models.Q(("kind__in", ["form", "signed", "archived"]), _negated=True),
                        ("language", None),
                    ),
                    _connector="OR",
                ),
                name="authorisation_document_language_is_that_of_its_form",
            ),
        ),
        migrations.AddConstraint(
            model_name="authorisationdocument",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind__in", ["signed", "archived"]), ("form__isnull", False)),
                    models.Q(
                        models.Q(("kind__in", ["signed", "archived"]), _negated=True),
                        ("form", None),
                    ),
                    _connector="OR",
                ),
                name="authorisation_document_signed_names_its_form",
            ),
        ),
        migrations.AddConstraint(
            model_name="authorisationdocument",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "archived")),
                fields=("form",),
                name="authorisation_document_archived_once",
            ),
        ),
    ]
