"""Changes of what is no authorisation, and notices of steps with more than two recipients."""

import mahis.domain.changes
import mahis.domain.doers
import mahis.domain.parties
import mahis.store.fields
from django.db import migrations, models

REFUSE = """
CREATE TRIGGER changes_are_append_only
    BEFORE UPDATE OR DELETE ON store_change
    FOR EACH ROW EXECUTE FUNCTION store_history_is_append_only();
CREATE TRIGGER changes_are_not_truncated
    BEFORE TRUNCATE ON store_change
    FOR EACH STATEMENT EXECUTE FUNCTION store_history_is_append_only();
"""

ALLOW = """
DROP TRIGGER changes_are_append_only ON store_change;
DROP TRIGGER changes_are_not_truncated ON store_change;
"""


class Migration(migrations.Migration):
    """Let changes be added and read, and a step be told to more than two parties."""

    dependencies = [
        ('store', '0008_archived_documents'),
    ]

    operations = [
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', mahis.store.fields.EnumField(mahis.domain.changes.Subject)),
                ('key', models.TextField()),
                ('number', models.IntegerField()),
                ('at', models.DateTimeField()),
                ('act', models.CharField(max_length=40)),
                ('kind', mahis.store.fields.EnumField(mahis.domain.doers.Kind)),
                ('person', mahis.store.fields.InszField(null=True)),
                ('person_name', models.TextField(blank=True, default='')),
                ('enterprise', mahis.store.fields.EnterpriseNumberField(null=True)),
                ('quality', mahis.store.fields.EnumField(mahis.domain.parties.Quality, null=True)),
                ('role', mahis.store.fields.EnumField(mahis.domain.parties.Role, null=True)),
                ('reason', models.TextField(blank=True, default='')),
                ('before', models.JSONField(default=dict)),
                ('after', models.JSONField(default=dict)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='notice',
            name='notice_once_a_step_and_side',
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.UniqueConstraint(fields=('authorisation', 'history_number', 'side', 'telling', 'recipient'), name='notice_once_a_step_and_side'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.UniqueConstraint(condition=models.Q(('authorisation', None)), fields=('recipient', 'telling', 'history_number'), name='notice_tells_a_provider_once'),
        ),
        migrations.AddConstraint(
            model_name='change',
            constraint=models.UniqueConstraint(fields=('subject', 'key', 'number'), name='change_number_once'),
        ),
        migrations.AddConstraint(
            model_name='change',
            constraint=models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='change_number_is_positive'),
        ),
        migrations.AddConstraint(
            model_name='change',
            constraint=models.CheckConstraint(condition=models.Q(('subject__in', ['provider', 'identification', 'employer', 'group', 'application', 'matrix'])), name='change_subject_is_known'),
        ),
        migrations.AddConstraint(
            model_name='change',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['party', 'outsider', 'officer', 'clock', 'register', 'successor'])), name='change_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='change',
            constraint=models.CheckConstraint(condition=models.Q(('quality', None), ('quality__in', ['nssoEmployer', 'companyWithoutStaff', 'serviceProvider', 'socialSecretariat', 'nssoOfficer']), _connector='OR'), name='change_quality_is_known'),
        ),
        migrations.AddConstraint(
            model_name='change',
            constraint=models.CheckConstraint(condition=models.Q(('role', None), ('role__in', ['manage', 'consult']), _connector='OR'), name='change_role_is_known'),
        ),
        migrations.AddConstraint(
            model_name='change',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('enterprise', None), ('person', None), ('quality', None), ('role', None)), models.Q(('enterprise__isnull', False), ('person__isnull', False), ('quality__isnull', False), ('role__isnull', False)), _connector='OR'), name='change_person_acts_in_a_capacity'),
        ),
        migrations.RunSQL(REFUSE, ALLOW),
    ]
