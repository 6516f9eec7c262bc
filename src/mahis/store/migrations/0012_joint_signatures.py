"""Two persons can sign together for a party; signatures given before are whole ones."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    """Let a signature wait for another person's, and the matrix say which go together."""

    dependencies = [
        ("store", "0011_ceasing"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="notice",
            name="notice_telling_is_known",
        ),
        migrations.RemoveConstraint(
            model_name="validation",
            name="validation_once_a_side",
        ),
        migrations.AddField(
            model_name="matrixversion",
            name="joint",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=32), db_default=[], default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="validation",
            name="completes",
            field=models.BooleanField(db_default=True, default=True),
        ),
        migrations.AddField(
            model_name="validation",
            name="functions",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=5),
                blank=True,
                db_default=[],
                default=list,
                size=None,
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "telling__in",
                        [
                            "drawnUp",
                            "signedByOne",
                            "awaitsCosignatory",
                            "submittedToOffice",
                            "active",
                            "awaitsIdentification",
                            "refusedByParty",
                            "rejectedByOffice",
                            "withdrawn",
                            "expired",
                            "endSet",
                            "closed",
                            "replaced",
                            "reopened",
                            "partyCeased",
                            "employerCeased",
                            "signReminder",
                            "endsSoon",
                            "providerLapsesSoon",
                        ],
                    )
                ),
                name="notice_telling_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="validation",
            constraint=models.UniqueConstraint(
                fields=("authorisation", "side", "person"), name="validation_once_a_person"
            ),
        ),
        migrations.AddConstraint(
            model_name="validation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("completes", True)),
                fields=("authorisation", "side"),
                name="validation_completes_a_side_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="validation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("completes", False)),
                fields=("authorisation", "side"),
                name="validation_waits_once_a_side",
            ),
        ),
        migrations.AddConstraint(
            model_name="validation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("completes", True), models.Q(("functions", []), _negated=True), _connector="OR"
                ),
                name="validation_that_waits_rests_on_functions",
            ),
        ),
    ]
