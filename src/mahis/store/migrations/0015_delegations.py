"""Delegations of past quarters, and the steps and notices about them."""

import django.contrib.postgres.constraints
import django.db.models.deletion
import django.db.models.functions.comparison
from django.db import migrations, models

import mahis.domain.delegation
import mahis.store.fields


class Migration(migrations.Migration):
    """Let a mandatary give a former one access for past quarters, and end it."""

    dependencies = [
        ("store", "0014_matrix_source"),
    ]

    operations = [
        migrations.CreateModel(
            name="Delegation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("quarters", mahis.store.fields.QuarterPeriodField()),
                ("created_at", models.DateTimeField()),
                ("created_by", mahis.store.fields.InszField()),
                ("created_by_name", models.TextField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ended_because",
                    mahis.store.fields.EnumField(
                        mahis.domain.delegation.EndedBecause, blank=True, null=True
                    ),
                ),
                ("ended_by", mahis.store.fields.InszField(blank=True, null=True)),
                ("ended_by_name", models.TextField(blank=True, default="")),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="authorisationdocument",
            name="authorisation_document_act_is_known",
        ),
        migrations.RemoveConstraint(
            model_name="change",
            name="change_kind_is_known",
        ),
        migrations.RemoveConstraint(
            model_name="historyentry",
            name="history_entry_kind_is_known",
        ),
        migrations.RemoveConstraint(
            model_name="historyentry",
            name="history_entry_act_is_known",
        ),
        migrations.RemoveConstraint(
            model_name="notice",
            name="notice_telling_is_known",
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
                            "delegate",
                            "endDelegation",
                            "cease",
                            "endEmployer",
                            "reopen",
                        ],
                    )
                ),
                name="authorisation_document_act_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="change",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "party",
                            "outsider",
                            "officer",
                            "clock",
                            "register",
                            "successor",
                            "delegate",
                        ],
                    )
                ),
                name="change_kind_is_known",
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
                            "delegate",
                            "endDelegation",
                            "cease",
                            "endEmployer",
                            "reopen",
                        ],
                    )
                ),
                name="history_entry_act_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="historyentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "party",
                            "outsider",
                            "officer",
                            "clock",
                            "register",
                            "successor",
                            "delegate",
                        ],
                    )
                ),
                name="history_entry_kind_is_known",
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
                            "delegated",
                            "delegationEnded",
                            "signReminder",
                            "endsSoon",
                            "providerLapsesSoon",
                            "providerAccepted",
                            "providerRefused",
                            "providerBlocked",
                            "providerUnblocked",
                            "providerLapsed",
                        ],
                    )
                ),
                name="notice_telling_is_known",
            ),
        ),
        migrations.AddField(
            model_name="delegation",
            name="application",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="store.application",
            ),
        ),
        migrations.AddField(
            model_name="delegation",
            name="delegate",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.enterprise"
            ),
        ),
        migrations.AddField(
            model_name="delegation",
            name="mandate",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="delegations",
                to="store.mandate",
            ),
        ),
        migrations.AddIndex(
            model_name="delegation",
            index=models.Index(fields=["delegate", "-id"], name="delegation_delegate"),
        ),
        migrations.AddIndex(
            model_name="delegation",
            index=models.Index(
                condition=models.Q(("ended_at", None)),
                fields=["mandate", "delegate"],
                name="delegation_runs",
            ),
        ),
        migrations.AddConstraint(
            model_name="delegation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("quarters__isempty", False),
                    ("quarters__lower_inf", False),
                    ("quarters__upper_inf", False),
                ),
                name="delegation_quarters_are_bounded",
            ),
        ),
        migrations.AddConstraint(
            model_name="delegation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at", None), ("ended_because", None)),
                    models.Q(
                        ("ended_at__isnull", False),
                        ("ended_because__in", ["delegator", "delegate", "officer", "sourceEnded"]),
                    ),
                    _connector="OR",
                ),
                name="delegation_ends_for_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="delegation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_because", None), ("ended_by", None)),
                    models.Q(("ended_because", "sourceEnded"), ("ended_by", None)),
                    models.Q(
                        ("ended_because__isnull", False),
                        ("ended_by__isnull", False),
                        models.Q(("ended_because", "sourceEnded"), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="delegation_is_ended_by_somebody_or_its_mandate",
            ),
        ),
        migrations.AddConstraint(
            model_name="delegation",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("ended_at", None)),
                expressions=[
                    ("mandate", "="),
                    ("delegate", "="),
                    (
                        django.db.models.functions.comparison.Coalesce(
                            "application", models.Value(0), output_field=models.BigIntegerField()
                        ),
                        "=",
                    ),
                    ("quarters", "&&"),
                ],
                name="delegation_not_twice_to_the_same",
            ),
        ),
    ]
