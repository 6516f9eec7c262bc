"""One mandate takes the place of another, and mandates that wait for an employer end too."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Say which mandate another replaces, and let the clock find waiting ones that end."""

    dependencies = [
        ("store", "0009_changes"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="authorisationdocument",
            name="authorisation_document_act_is_known",
        ),
        migrations.RemoveConstraint(
            model_name="historyentry",
            name="history_entry_act_is_known",
        ),
        migrations.RemoveConstraint(
            model_name="notice",
            name="notice_telling_is_known",
        ),
        migrations.RemoveIndex(
            model_name="mandate",
            name="mandate_ends",
        ),
        migrations.AddField(
            model_name="mandate",
            name="replaces",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="newer",
                to="store.mandate",
            ),
        ),
        migrations.AddIndex(
            model_name="mandate",
            index=models.Index(
                models.F("quarters__endswith"),
                models.F("authorisation"),
                condition=models.Q(
                    ("state__in", ["active", "identification"]),
                    ("quarters__endswith__isnull", False),
                ),
                name="mandate_ends",
            ),
        ),
        migrations.AddConstraint(
            model_name="authorisationdocument",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "act__in",
                        [
                            "drawUp",
                            "validate",
                            "uploadScan",
                            "uploadSigned",
                            "refuse",
                            "approve",
                            "reject",
                            "identifyEmployer",
                            "withdraw",
                            "expire",
                            "close",
                            "reachEnd",
                            "replace",
                            "reopen",
                        ],
                    )
                ),
                name="authorisation_document_act_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="historyentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "act__in",
                        [
                            "drawUp",
                            "validate",
                            "uploadScan",
                            "uploadSigned",
                            "refuse",
                            "approve",
                            "reject",
                            "identifyEmployer",
                            "withdraw",
                            "expire",
                            "close",
                            "reachEnd",
                            "replace",
                            "reopen",
                        ],
                    )
                ),
                name="history_entry_act_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(("replaces", None), ("single_mandatary", True), _connector="OR"),
                name="mandate_replaces_in_a_single_mandatary_group",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["active", "closed", "identification"])),
                fields=("replaces",),
                name="mandate_replaced_once",
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
                            "signReminder",
                            "endsSoon",
                            "providerLapsesSoon",
                        ],
                    )
                ),
                name="notice_telling_is_known",
            ),
        ),
    ]
