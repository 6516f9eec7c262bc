"""Where versions of the representatives matrix come from."""

from django.db import migrations, models

import mahis.domain.matrix_versions
import mahis.store.fields


class Migration(migrations.Migration):
    """Let a version say who loaded it, and when."""

    dependencies = [
        ("store", "0013_identification"),
    ]

    operations = [
        migrations.AddField(
            model_name="matrixversion",
            name="loaded_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="matrixversion",
            name="loaded_by",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
        migrations.AddField(
            model_name="matrixversion",
            name="source",
            field=mahis.store.fields.EnumField(
                mahis.domain.matrix_versions.Source,
                db_default="registerFiles",
                default=mahis.domain.matrix_versions.Source["REGISTER_FILES"],
            ),
        ),
        migrations.AddConstraint(
            model_name="matrixversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("source__in", ["registerFiles", "officer", "operator"])),
                name="matrix_version_source_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="matrixversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("loaded_at", None), ("loaded_by", ""), ("source", "registerFiles")),
                    models.Q(
                        models.Q(("source", "registerFiles"), _negated=True),
                        models.Q(("loaded_at", None), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="matrix_version_loaded_by_hand_says_when",
            ),
        ),
    ]
