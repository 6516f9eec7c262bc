"""The first tables."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import mahis.domain.doers
import mahis.domain.groups
import mahis.domain.life_table
import mahis.domain.mandate
import mahis.domain.notices
import mahis.domain.parties
import mahis.domain.signing
import mahis.store.fields
import mahis.store.models.access_right
import uuid
from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension, UnaccentExtension
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        BtreeGistExtension(),
        TrigramExtension(),
        UnaccentExtension(),
        migrations.CreateModel(
            name='Application',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=60, unique=True)),
                ('name_fr', models.TextField()),
                ('name_nl', models.TextField()),
                ('name_de', models.TextField()),
                ('name_en', models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name='AccessRight',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', mahis.store.fields.InszField()),
                ('enterprise', mahis.store.fields.EnterpriseNumberField()),
                ('kind', mahis.store.fields.EnumField(mahis.store.models.access_right.AccessKind)),
                ('role', mahis.store.fields.EnumField(mahis.domain.parties.Role)),
                ('begins', models.DateField()),
                ('ends', models.DateField(blank=True, null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['person'], name='access_right_person')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['enterprise', 'provider', 'secretariat', 'officer'])), name='access_right_kind_is_known'), models.CheckConstraint(condition=models.Q(('role__in', ['manage', 'consult'])), name='access_right_role_is_known'), models.CheckConstraint(condition=models.Q(('ends', None), ('ends__gte', models.F('begins')), _connector='OR'), name='access_right_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='ApplicationGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=60, unique=True)),
                ('branch', mahis.store.fields.EnumField(mahis.domain.groups.Branch)),
                ('single_mandatary', models.BooleanField()),
                ('employers_only', models.BooleanField()),
                ('position', models.IntegerField(default=0)),
                ('name_fr', models.TextField()),
                ('name_nl', models.TextField()),
                ('name_de', models.TextField()),
                ('name_en', models.TextField()),
                ('begins', models.DateField()),
                ('ends', models.DateField(blank=True, null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('branch__in', ['socialSecurity', 'socialRisks', 'other'])), name='application_group_branch_is_known'), models.CheckConstraint(condition=models.Q(('ends', None), ('ends__gte', models.F('begins')), _connector='OR'), name='application_group_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='Branch',
            fields=[
                ('number', models.BigIntegerField(primary_key=True, serialize=False)),
                ('begins', models.DateField()),
                ('enterprise', models.BigIntegerField()),
            ],
            options={
                'indexes': [models.Index(fields=['enterprise'], name='branch_enterprise')],
            },
        ),
        migrations.CreateModel(
            name='Employer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('enterprise', mahis.store.fields.EnterpriseNumberField()),
                ('nsso_number', models.BigIntegerField()),
                ('begins', models.DateField()),
                ('ends', models.DateField(blank=True, null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['enterprise'], name='employer_enterprise'), models.Index(fields=['nsso_number'], name='employer_nsso_number')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends', None), ('ends__gte', models.F('begins')), _connector='OR'), name='employer_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='Enterprise',
            fields=[
                ('number', mahis.store.fields.EnterpriseNumberField(primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('0', 'Unknown'), ('1', 'Natural Person'), ('2', 'Legal Person')], max_length=1)),
                ('legal_form', models.CharField(blank=True, default='', max_length=3)),
                ('legal_form_cac', models.CharField(blank=True, default='', max_length=3)),
                ('situation', models.CharField(default='000', max_length=3)),
                ('begins', models.DateField()),
                ('ceased_on', models.DateField(blank=True, null=True)),
                ('language', mahis.store.fields.EnumField(mahis.domain.parties.Language, blank=True, null=True)),
                ('language_chosen', models.BooleanField(default=False)),
                ('series', models.TextField(blank=True, default='')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['0', '1', '2'])), name='enterprise_kind_is_known'), models.CheckConstraint(condition=models.Q(('language', None), ('language__in', ['fr', 'nl', 'de', 'en']), _connector='OR'), name='enterprise_language_is_known'), models.CheckConstraint(condition=models.Q(('ceased_on', None), ('ceased_on__gte', models.F('begins')), _connector='OR'), name='enterprise_ceases_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='Authorisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.IntegerField()),
                ('drawn_up_by', mahis.store.fields.EnumField(mahis.domain.parties.Side)),
                ('drawn_up_at', models.DateTimeField()),
                ('expires_on', models.DateField()),
                ('version', models.IntegerField(default=1)),
                ('mandatary', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.enterprise')),
                ('mandator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.enterprise')),
            ],
        ),
        migrations.CreateModel(
            name='EnterpriseActivity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entity', models.BigIntegerField()),
                ('group', models.CharField(max_length=3)),
                ('nace_version', models.CharField(max_length=4)),
                ('nace_code', models.CharField(max_length=7)),
                ('classification', models.CharField(max_length=4)),
            ],
            options={
                'indexes': [models.Index(fields=['entity'], name='enterprise_activity_entity')],
            },
        ),
        migrations.CreateModel(
            name='EnterpriseAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entity', models.BigIntegerField()),
                ('kind', models.CharField(max_length=4)),
                ('country_nl', models.TextField(blank=True, default='')),
                ('country_fr', models.TextField(blank=True, default='')),
                ('zipcode', models.TextField(blank=True, default='')),
                ('municipality_nl', models.TextField(blank=True, default='')),
                ('municipality_fr', models.TextField(blank=True, default='')),
                ('street_nl', models.TextField(blank=True, default='')),
                ('street_fr', models.TextField(blank=True, default='')),
                ('house_number', models.TextField(blank=True, default='')),
                ('box', models.TextField(blank=True, default='')),
                ('extra', models.TextField(blank=True, default='')),
                ('struck_off_on', models.DateField(blank=True, null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['entity'], name='enterprise_address_entity')],
            },
        ),
        migrations.CreateModel(
            name='EnterpriseContact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entity', models.BigIntegerField()),
                ('holder_kind', models.CharField(max_length=3)),
                ('kind', models.CharField(max_length=5)),
                ('value', models.TextField()),
            ],
            options={
                'indexes': [models.Index(fields=['entity'], name='enterprise_contact_entity')],
            },
        ),
        migrations.CreateModel(
            name='EnterpriseName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entity', models.BigIntegerField()),
                ('language', models.CharField(max_length=1)),
                ('kind', models.CharField(max_length=3)),
                ('name', models.TextField()),
                ('folded', models.TextField()),
            ],
            options={
                'indexes': [models.Index(fields=['entity'], name='enterprise_name_entity'), django.contrib.postgres.indexes.GinIndex(fields=['folded'], name='enterprise_name_part', opclasses=['gin_trgm_ops'])],
            },
        ),
        migrations.CreateModel(
            name='Establishment',
            fields=[
                ('number', models.BigIntegerField(primary_key=True, serialize=False)),
                ('begins', models.DateField()),
                ('enterprise', models.BigIntegerField()),
            ],
            options={
                'indexes': [models.Index(fields=['enterprise'], name='establishment_enterprise')],
            },
        ),
        migrations.CreateModel(
            name='GroupMembership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('begins', models.DateField()),
                ('ends', models.DateField(blank=True, null=True)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='store.application')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='store.applicationgroup')),
            ],
        ),
        migrations.CreateModel(
            name='HistoryEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.IntegerField()),
                ('version', models.IntegerField()),
                ('place', models.IntegerField()),
                ('at', models.DateTimeField()),
                ('act', mahis.store.fields.EnumField(mahis.domain.life_table.Act)),
                ('before', mahis.store.fields.EnumField(mahis.domain.mandate.State, null=True)),
                ('after', mahis.store.fields.EnumField(mahis.domain.mandate.State)),
                ('kind', mahis.store.fields.EnumField(mahis.domain.doers.Kind)),
                ('person', mahis.store.fields.InszField(null=True)),
                ('person_name', models.TextField(blank=True, default='')),
                ('enterprise', mahis.store.fields.EnterpriseNumberField(null=True)),
                ('quality', mahis.store.fields.EnumField(mahis.domain.parties.Quality, null=True)),
                ('role', mahis.store.fields.EnumField(mahis.domain.parties.Role, null=True)),
                ('reason', models.TextField(blank=True, default='')),
                ('evidence', models.JSONField(default=dict)),
                ('previous_hash', models.CharField(max_length=64)),
                ('hash', models.CharField(max_length=64)),
                ('authorisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='history', to='store.authorisation')),
            ],
        ),
        migrations.CreateModel(
            name='Mandate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.IntegerField()),
                ('single_mandatary', models.BooleanField()),
                ('quarters', mahis.store.fields.QuarterPeriodField()),
                ('state', mahis.store.fields.EnumField(mahis.domain.mandate.State)),
                ('authorisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mandates', to='store.authorisation')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.applicationgroup')),
                ('mandatary', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.enterprise')),
                ('mandator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.enterprise')),
            ],
        ),
        migrations.CreateModel(
            name='MatrixVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.TextField(unique=True)),
                ('begins', models.DateField()),
                ('ends', models.DateField(blank=True, null=True)),
                ('illustrative', models.BooleanField(default=False)),
                ('permanent_representative', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=5), default=list, size=None)),
                ('entries', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=24), default=list, size=None)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('ends', None), ('ends__gte', models.F('begins')), _connector='OR'), name='matrix_version_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('side', mahis.store.fields.EnumField(mahis.domain.parties.Side)),
                ('telling', mahis.store.fields.EnumField(mahis.domain.notices.Telling)),
                ('history_number', models.IntegerField()),
                ('places', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None)),
                ('channel', mahis.store.fields.EnumField(mahis.domain.notices.Channel)),
                ('language', mahis.store.fields.EnumField(mahis.domain.parties.Language)),
                ('must_act', models.BooleanField()),
                ('created_at', models.DateTimeField()),
                ('authorisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='store.authorisation')),
                ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.enterprise')),
            ],
        ),
        migrations.CreateModel(
            name='Office',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('enterprise', mahis.store.fields.EnterpriseNumberField()),
                ('function', models.CharField(max_length=5)),
                ('person', mahis.store.fields.InszField(blank=True, null=True)),
                ('given_name', models.TextField(blank=True, default='')),
                ('family_name', models.TextField(blank=True, default='')),
                ('holder', mahis.store.fields.EnterpriseNumberField(blank=True, null=True)),
                ('represents_in', mahis.store.fields.EnterpriseNumberField(blank=True, null=True)),
                ('begins', models.DateField()),
                ('ends', models.DateField(blank=True, null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['enterprise'], name='office_enterprise'), models.Index(fields=['person'], name='office_person')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('holder__isnull', False), ('person', None)), models.Q(('holder', None), ('person__isnull', False)), _connector='OR'), name='office_held_by_person_or_enterprise'), models.CheckConstraint(condition=models.Q(('ends', None), ('ends__gte', models.F('begins')), _connector='OR'), name='office_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='PersonPreference',
            fields=[
                ('person', mahis.store.fields.InszField(primary_key=True, serialize=False)),
                ('language', mahis.store.fields.EnumField(mahis.domain.parties.Language)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('language__in', ['fr', 'nl', 'de', 'en'])), name='person_preference_language_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Provider',
            fields=[
                ('enterprise', mahis.store.fields.EnterpriseNumberField(primary_key=True, serialize=False)),
                ('status', mahis.store.fields.EnumField(mahis.domain.parties.ProviderStatus)),
                ('begins', models.DateField()),
                ('ends', models.DateField(blank=True, null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['none', 'active', 'blocked', 'lapsed'])), name='provider_status_is_known'), models.CheckConstraint(condition=models.Q(('ends', None), ('ends__gte', models.F('begins')), _connector='OR'), name='provider_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='RegisterCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('category', models.TextField()),
                ('code', models.TextField()),
                ('language', models.CharField(max_length=2)),
                ('description', models.TextField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('category', 'code', 'language'), name='register_code_once_a_language')],
            },
        ),
        migrations.CreateModel(
            name='RegisterImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.TextField()),
                ('digest', models.CharField(max_length=64)),
                ('extract_kind', models.CharField(blank=True, default='', max_length=6)),
                ('series', models.TextField(blank=True, default='')),
                ('extract_number', models.IntegerField(blank=True, null=True)),
                ('snapshot_date', models.DateField(blank=True, null=True)),
                ('started_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('outcome', models.CharField(choices=[('running', 'Running'), ('done', 'Done'), ('refused', 'Refused')], max_length=7)),
                ('report', models.JSONField(default=dict)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('outcome__in', ['running', 'done', 'refused'])), name='register_import_outcome_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('finished_at', None), ('outcome', 'running')), models.Q(models.Q(('outcome', 'running'), _negated=True), ('finished_at__isnull', False)), _connector='OR'), name='register_import_finished_unless_running')],
            },
        ),
        migrations.CreateModel(
            name='Secretariat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('enterprise', mahis.store.fields.EnterpriseNumberField()),
                ('ssa_number', models.CharField(max_length=7)),
                ('begins', models.DateField()),
                ('ends', models.DateField(blank=True, null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['enterprise'], name='secretariat_enterprise')],
                'constraints': [models.UniqueConstraint(fields=('ssa_number', 'begins'), name='secretariat_number_once_a_time'), models.CheckConstraint(condition=models.Q(('ends', None), ('ends__gte', models.F('begins')), _connector='OR'), name='secretariat_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='UserAccount',
            fields=[
                ('enterprise', mahis.store.fields.EnterpriseNumberField(primary_key=True, serialize=False)),
                ('begins', models.DateField()),
                ('ends', models.DateField(blank=True, null=True)),
                ('ebox_opened_on', models.DateField(blank=True, null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('ends', None), ('ends__gte', models.F('begins')), _connector='OR'), name='user_account_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='Validation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', mahis.store.fields.EnumField(mahis.domain.parties.Side)),
                ('method', mahis.store.fields.EnumField(mahis.domain.signing.Method)),
                ('person', mahis.store.fields.InszField()),
                ('given_name', models.TextField()),
                ('family_name', models.TextField()),
                ('at', models.DateTimeField()),
                ('assurance', models.TextField(blank=True, default='')),
                ('authorisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='validations', to='store.authorisation')),
                ('enterprise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.enterprise')),
            ],
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('person', mahis.store.fields.InszField()),
                ('enterprise', mahis.store.fields.EnterpriseNumberField()),
                ('side', mahis.store.fields.EnumField(mahis.domain.parties.Side)),
                ('typed', models.JSONField(default=dict)),
                ('created_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('authorisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.authorisation')),
            ],
            options={
                'indexes': [models.Index(fields=['person', 'enterprise', '-changed_at'], name='draft_of_person')],
                'constraints': [models.CheckConstraint(condition=models.Q(('side__in', ['mandator', 'mandatary'])), name='draft_side_is_known')],
            },
        ),
        migrations.AddIndex(
            model_name='authorisation',
            index=models.Index(fields=['mandator', '-id'], name='authorisation_mandator'),
        ),
        migrations.AddIndex(
            model_name='authorisation',
            index=models.Index(fields=['mandatary', '-id'], name='authorisation_mandatary'),
        ),
        migrations.AddConstraint(
            model_name='authorisation',
            constraint=models.CheckConstraint(condition=models.Q(('drawn_up_by__in', ['mandator', 'mandatary'])), name='authorisation_drawn_up_by_is_known'),
        ),
        migrations.AddConstraint(
            model_name='authorisation',
            constraint=models.CheckConstraint(condition=models.Q(('mandator', models.F('mandatary')), _negated=True), name='authorisation_parties_differ'),
        ),
        migrations.AddConstraint(
            model_name='authorisation',
            constraint=models.CheckConstraint(condition=models.Q(('version__gte', 1)), name='authorisation_version_is_positive'),
        ),
        migrations.AddConstraint(
            model_name='groupmembership',
            constraint=models.UniqueConstraint(fields=('group', 'application', 'begins'), name='group_membership_begins_once'),
        ),
        migrations.AddConstraint(
            model_name='groupmembership',
            constraint=models.CheckConstraint(condition=models.Q(('ends', None), ('ends__gte', models.F('begins')), _connector='OR'), name='group_membership_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='historyentry',
            constraint=models.UniqueConstraint(fields=('authorisation', 'number'), name='history_entry_number_once'),
        ),
        migrations.AddConstraint(
            model_name='historyentry',
            constraint=models.CheckConstraint(condition=models.Q(('act__in', ['drawUp', 'validate', 'uploadScan', 'uploadSigned', 'refuse', 'approve', 'reject', 'identifyEmployer', 'withdraw', 'expire', 'close', 'reachEnd', 'replace'])), name='history_entry_act_is_known'),
        ),
        migrations.AddConstraint(
            model_name='historyentry',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['party', 'outsider', 'officer', 'clock', 'register', 'successor'])), name='history_entry_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='historyentry',
            constraint=models.CheckConstraint(condition=models.Q(('before', None), ('before__in', ['toBeFinalised', 'pending', 'toBeValidated', 'identification', 'active', 'rejected', 'closed', 'withdrawn', 'expired']), _connector='OR'), name='history_entry_before_is_known'),
        ),
        migrations.AddConstraint(
            model_name='historyentry',
            constraint=models.CheckConstraint(condition=models.Q(('after__in', ['toBeFinalised', 'pending', 'toBeValidated', 'identification', 'active', 'rejected', 'closed', 'withdrawn', 'expired'])), name='history_entry_after_is_known'),
        ),
        migrations.AddConstraint(
            model_name='historyentry',
            constraint=models.CheckConstraint(condition=models.Q(('quality', None), ('quality__in', ['nssoEmployer', 'companyWithoutStaff', 'serviceProvider', 'socialSecretariat', 'nssoOfficer']), _connector='OR'), name='history_entry_quality_is_known'),
        ),
        migrations.AddConstraint(
            model_name='historyentry',
            constraint=models.CheckConstraint(condition=models.Q(('role', None), ('role__in', ['manage', 'consult']), _connector='OR'), name='history_entry_role_is_known'),
        ),
        migrations.AddConstraint(
            model_name='historyentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('enterprise', None), ('person', None), ('quality', None), ('role', None)), models.Q(('enterprise__isnull', False), ('person__isnull', False), ('quality__isnull', False), ('role__isnull', False)), _connector='OR'), name='history_entry_person_acts_in_a_capacity'),
        ),
        migrations.AddIndex(
            model_name='mandate',
            index=models.Index(fields=['mandator', 'state'], name='mandate_mandator_state'),
        ),
        migrations.AddIndex(
            model_name='mandate',
            index=models.Index(fields=['mandatary', 'state'], name='mandate_mandatary_state'),
        ),
        migrations.AddIndex(
            model_name='mandate',
            index=models.Index(condition=models.Q(('state__in', ['active', 'closed', 'identification'])), fields=['mandator', 'group', 'mandatary'], include=('quarters', 'id'), name='mandate_decision'),
        ),
        migrations.AddConstraint(
            model_name='mandate',
            constraint=models.UniqueConstraint(fields=('authorisation', 'place'), name='mandate_place_once'),
        ),
        migrations.AddConstraint(
            model_name='mandate',
            constraint=models.UniqueConstraint(fields=('authorisation', 'group'), name='mandate_group_once_an_authorisation'),
        ),
        migrations.AddConstraint(
            model_name='mandate',
            constraint=models.CheckConstraint(condition=models.Q(('place__gte', 1)), name='mandate_place_is_positive'),
        ),
        migrations.AddConstraint(
            model_name='mandate',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['toBeFinalised', 'pending', 'toBeValidated', 'identification', 'active', 'rejected', 'closed', 'withdrawn', 'expired'])), name='mandate_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='mandate',
            constraint=models.CheckConstraint(condition=models.Q(('quarters__isempty', False), ('quarters__lower_inf', False)), name='mandate_period_has_a_start'),
        ),
        migrations.AddConstraint(
            model_name='mandate',
            constraint=models.CheckConstraint(condition=models.Q(('mandator', models.F('mandatary')), _negated=True), name='mandate_parties_differ'),
        ),
        migrations.AddConstraint(
            model_name='mandate',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('state__in', ['active', 'closed', 'identification']), ('single_mandatary', True)), expressions=[('mandator', '='), ('group', '='), ('quarters', '&&')], name='mandate_one_mandatary_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='mandate',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('state__in', ['active', 'closed', 'identification'])), expressions=[('mandator', '='), ('group', '='), ('mandatary', '='), ('quarters', '&&')], name='mandate_not_twice_to_the_same'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(fields=['recipient', 'created_at'], name='notice_recipient'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.UniqueConstraint(fields=('authorisation', 'history_number', 'side', 'telling'), name='notice_once_a_step_and_side'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(('side__in', ['mandator', 'mandatary'])), name='notice_side_is_known'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(('telling__in', ['drawnUp', 'signedByOne', 'submittedToOffice', 'active', 'awaitsIdentification', 'refusedByParty', 'rejectedByOffice', 'withdrawn', 'expired', 'endSet', 'closed', 'replaced'])), name='notice_telling_is_known'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(('channel__in', ['ebox', 'post'])), name='notice_channel_is_known'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(('language__in', ['fr', 'nl', 'de', 'en'])), name='notice_language_is_known'),
        ),
        migrations.AddConstraint(
            model_name='validation',
            constraint=models.UniqueConstraint(fields=('authorisation', 'side'), name='validation_once_a_side'),
        ),
        migrations.AddConstraint(
            model_name='validation',
            constraint=models.CheckConstraint(condition=models.Q(('side__in', ['mandator', 'mandatary'])), name='validation_side_is_known'),
        ),
        migrations.AddConstraint(
            model_name='validation',
            constraint=models.CheckConstraint(condition=models.Q(('method__in', ['handwritten', 'authentication', 'eid'])), name='validation_method_is_known'),
        ),
    ]
