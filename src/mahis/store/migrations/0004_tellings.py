"""What the clock tells before something happens by itself: reminders and warnings."""

from django.db import migrations, models

TELLINGS = [
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
    "signReminder",
    "endsSoon",
    "providerLapsesSoon",
]


class Migration(migrations.Migration):
    """Let notices hold the three tellings more; what the old code writes stays allowed."""

    dependencies = [("store", "0003_documents")]

    operations = [
        migrations.RemoveConstraint(model_name="notice", name="notice_telling_is_known"),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(("telling__in", TELLINGS)), name="notice_telling_is_known"
            ),
        ),
    ]
