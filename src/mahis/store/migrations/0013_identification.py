"""Requests to become a service provider, and what the office decided about providers."""

import django.db.models.deletion
from django.db import migrations, models

import mahis.domain.identification
import mahis.domain.parties
import mahis.store.fields
import mahis.store.models.provider


class Migration(migrations.Migration):
    """Keep requests, and providers with where they come from and how they are reached."""

    dependencies = [
        ("store", "0012_joint_signatures"),
    ]

    operations = [
        migrations.CreateModel(
            name="IdentificationRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("state", mahis.store.fields.EnumField(mahis.domain.identification.RequestState)),
                ("year", models.IntegerField()),
                ("asked_at", models.DateTimeField()),
                ("person", mahis.store.fields.InszField()),
                ("person_name", models.TextField()),
                ("quality", mahis.store.fields.EnumField(mahis.domain.parties.Quality)),
                ("assurance", models.TextField()),
                ("terms_accepted", models.BooleanField()),
                ("contact_name", models.TextField()),
                ("contact_email", models.TextField()),
                ("contact_telephone", models.TextField()),
                ("contact_language", mahis.store.fields.EnumField(mahis.domain.parties.Language)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("officer", mahis.store.fields.InszField(blank=True, null=True)),
                ("officer_name", models.TextField(blank=True, default="")),
                ("reason", models.TextField(blank=True, default="")),
                ("claimed_by", mahis.store.fields.InszField(blank=True, null=True)),
                ("claimed_by_name", models.TextField(blank=True, default="")),
                ("claimed_until", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="notice",
            name="notice_is_about_an_authorisation_or_a_provider",
        ),
        migrations.RemoveConstraint(
            model_name="notice",
            name="notice_telling_is_known",
        ),
        migrations.AddField(
            model_name="accessright",
            name="source",
            field=mahis.store.fields.EnumField(
                mahis.store.models.provider.Source,
                db_default=models.Value("register"),
                default=mahis.store.models.provider.Source["REGISTER"],
            ),
        ),
        migrations.AddField(
            model_name="provider",
            name="contact_email",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
        migrations.AddField(
            model_name="provider",
            name="contact_language",
            field=mahis.store.fields.EnumField(
                mahis.domain.parties.Language, blank=True, null=True
            ),
        ),
        migrations.AddField(
            model_name="provider",
            name="contact_name",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
        migrations.AddField(
            model_name="provider",
            name="contact_telephone",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
        migrations.AddField(
            model_name="provider",
            name="held",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="provider",
            name="source",
            field=mahis.store.fields.EnumField(
                mahis.store.models.provider.Source,
                db_default=models.Value("register"),
                default=mahis.store.models.provider.Source["REGISTER"],
            ),
        ),
        migrations.AddConstraint(
            model_name="accessright",
            constraint=models.CheckConstraint(
                condition=models.Q(("source__in", ["register", "identification"])),
                name="access_right_source_is_known",
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
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        (
                            "telling__in",
                            [
                                "providerAccepted",
                                "providerBlocked",
                                "providerLapsed",
                                "providerLapsesSoon",
                                "providerRefused",
                                "providerUnblocked",
                            ],
                        ),
                        ("authorisation", None),
                        ("places", []),
                    ),
                    models.Q(
                        models.Q(
                            (
                                "telling__in",
                                [
                                    "providerAccepted",
                                    "providerBlocked",
                                    "providerLapsed",
                                    "providerLapsesSoon",
                                    "providerRefused",
                                    "providerUnblocked",
                                ],
                            ),
                            _negated=True,
                        ),
                        ("authorisation__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="notice_is_about_an_authorisation_or_a_provider",
            ),
        ),
        migrations.AddConstraint(
            model_name="provider",
            constraint=models.CheckConstraint(
                condition=models.Q(("source__in", ["register", "identification"])),
                name="provider_source_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="provider",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("held", False), ("status__in", ["blocked", "lapsed"]), _connector="OR"
                ),
                name="provider_is_held_blocked_or_lapsed",
            ),
        ),
        migrations.AddConstraint(
            model_name="provider",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("contact_email", ""),
                        ("contact_language", None),
                        ("contact_name", ""),
                        ("contact_telephone", ""),
                    ),
                    models.Q(
                        models.Q(("contact_name", ""), _negated=True),
                        models.Q(("contact_email", ""), _negated=True),
                        models.Q(("contact_telephone", ""), _negated=True),
                        ("contact_language__in", ["fr", "nl", "de"]),
                    ),
                    _connector="OR",
                ),
                name="provider_contact_is_whole",
            ),
        ),
        migrations.AddField(
            model_name="identificationrequest",
            name="enterprise",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.enterprise"
            ),
        ),
        migrations.AddIndex(
            model_name="identificationrequest",
            index=models.Index(fields=["enterprise", "asked_at"], name="identification_enterprise"),
        ),
        migrations.AddIndex(
            model_name="identificationrequest",
            index=models.Index(
                condition=models.Q(("state", "submitted")),
                fields=["asked_at", "id"],
                name="identification_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="identificationrequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "submitted")),
                fields=("enterprise",),
                name="identification_request_one_waits",
            ),
        ),
        migrations.AddConstraint(
            model_name="identificationrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["submitted", "accepted", "refused", "withdrawn"])
                ),
                name="identification_request_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="identificationrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "quality__in",
                        [
                            "nssoEmployer",
                            "companyWithoutStaff",
                            "serviceProvider",
                            "socialSecretariat",
                            "nssoOfficer",
                        ],
                    )
                ),
                name="identification_request_quality_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="identificationrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("contact_language__in", ["fr", "nl", "de"])),
                name="identification_request_language_is_written",
            ),
        ),
        migrations.AddConstraint(
            model_name="identificationrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("terms_accepted", True)),
                name="identification_request_terms_are_accepted",
            ),
        ),
        migrations.AddConstraint(
            model_name="identificationrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at", None), ("officer", None), ("state", "submitted")),
                    models.Q(
                        ("decided_at__isnull", False), ("officer", None), ("state", "withdrawn")
                    ),
                    models.Q(
                        ("decided_at__isnull", False),
                        ("officer__isnull", False),
                        ("state__in", ["accepted", "refused"]),
                    ),
                    _connector="OR",
                ),
                name="identification_request_decided_unless_it_waits",
            ),
        ),
        migrations.AddConstraint(
            model_name="identificationrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), ("state", "refused"), _negated=True),
                name="identification_request_refused_with_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="identificationrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("claimed_by", None), ("claimed_until", None)),
                    models.Q(
                        ("claimed_by__isnull", False),
                        ("claimed_until__isnull", False),
                        ("state", "submitted"),
                    ),
                    _connector="OR",
                ),
                name="identification_request_is_claimed_while_it_waits",
            ),
        ),
    ]
