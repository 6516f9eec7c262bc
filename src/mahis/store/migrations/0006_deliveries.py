"""Deliveries of notices, runs of the clock's jobs, and notices that warn of a day."""

import django.contrib.postgres.indexes
import django.db.models.deletion
import mahis.domain.deliveries
import mahis.domain.jobs
import mahis.domain.notices
import mahis.store.fields
from django.db import migrations, models


#: Whatever waits already, in the order in which it was written.
ADOPT = """
INSERT INTO store_delivery (
    notice_id, recipient_id, state, channel, attempts, next_at, leased_by, problem, detail,
    why_post, receipt
)
SELECT id, recipient_id, 'waiting', channel, 0, created_at, '', '', '', '', ''
FROM store_notice
ORDER BY created_at, authorisation_id, history_number, side DESC;
"""
#: Rows change a few times in their first seconds and then never again.
STORED = """
ALTER TABLE store_delivery SET (
    fillfactor = 85, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 2000
);
"""


class Migration(migrations.Migration):
    """Make the tables, let notices warn, and put every notice that there is on its way."""


    dependencies = [
        ('store', '0005_letters'),
    ]

    operations = [
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('number', models.BigAutoField(primary_key=True, serialize=False)),
                ('state', mahis.store.fields.EnumField(mahis.domain.deliveries.DeliveryState)),
                ('channel', mahis.store.fields.EnumField(mahis.domain.notices.Channel)),
                ('attempts', models.IntegerField(default=0)),
                ('tried_at', models.DateTimeField(blank=True, null=True)),
                ('next_at', models.DateTimeField()),
                ('leased_until', models.DateTimeField(blank=True, null=True)),
                ('leased_by', models.TextField(blank=True, default='')),
                ('problem', models.TextField(blank=True, default='')),
                ('detail', models.TextField(blank=True, default='')),
                ('why_post', models.TextField(blank=True, default='')),
                ('delivered_at', models.DateTimeField(blank=True, null=True)),
                ('receipt', models.TextField(blank=True, default='')),
                ('again_at', models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='JobRun',
            fields=[
                ('name', models.TextField(primary_key=True, serialize=False)),
                ('started_at', models.DateTimeField(blank=True, null=True)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('outcome', mahis.store.fields.EnumField(mahis.domain.jobs.JobOutcome, blank=True, null=True)),
                ('result', models.JSONField(blank=True, default=dict)),
                ('succeeded_at', models.DateTimeField(blank=True, null=True)),
                ('problem', models.TextField(blank=True, default='')),
                ('failures', models.IntegerField(default=0)),
                ('next_at', models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name='notice',
            name='days_before',
            field=models.IntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='notice',
            name='warns_of',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='notice',
            name='authorisation',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='store.authorisation'),
        ),
        migrations.AlterField(
            model_name='notice',
            name='history_number',
            field=models.IntegerField(blank=True, null=True),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=django.contrib.postgres.indexes.BrinIndex(autosummarize=True, fields=['created_at'], name='notice_created'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.UniqueConstraint(condition=models.Q(('warns_of__isnull', False)), fields=('authorisation', 'side', 'telling', 'warns_of', 'days_before'), name='notice_warns_a_party_once'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.UniqueConstraint(condition=models.Q(('authorisation', None)), fields=('recipient', 'telling', 'warns_of', 'days_before'), name='notice_warns_a_provider_once'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('telling__in', ['providerLapsesSoon']), ('authorisation', None), ('places', [])), models.Q(models.Q(('telling__in', ['providerLapsesSoon']), _negated=True), ('authorisation__isnull', False)), _connector='OR'), name='notice_is_about_an_authorisation_or_a_provider'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('telling__in', ['endsSoon', 'providerLapsesSoon', 'signReminder']), ('days_before__gte', 0), ('days_before__isnull', False), ('history_number', None), ('warns_of__isnull', False)), models.Q(models.Q(('telling__in', ['endsSoon', 'providerLapsesSoon', 'signReminder']), _negated=True), ('days_before', None), ('history_number__isnull', False), ('warns_of', None)), _connector='OR'), name='notice_tells_of_a_step_or_warns_of_a_day'),
        ),
        migrations.AddField(
            model_name='delivery',
            name='notice',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='delivery', to='store.notice'),
        ),
        migrations.AddField(
            model_name='delivery',
            name='recipient',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.enterprise'),
        ),
        migrations.AddConstraint(
            model_name='jobrun',
            constraint=models.CheckConstraint(condition=models.Q(('outcome', None), ('outcome__in', ['succeeded', 'failed']), _connector='OR'), name='job_run_outcome_is_known'),
        ),
        migrations.AddConstraint(
            model_name='jobrun',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('finished_at', None), ('outcome', None)), models.Q(('finished_at__isnull', False), ('outcome__isnull', False), ('started_at__isnull', False)), _connector='OR'), name='job_run_ends_with_an_outcome'),
        ),
        migrations.AddConstraint(
            model_name='jobrun',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('failures', 0), ('problem', '')), models.Q(models.Q(('problem', ''), _negated=True), ('failures__gte', 1), ('outcome', 'failed')), _connector='OR'), name='job_run_says_why_it_failed'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('state', 'waiting')), fields=['recipient', 'number'], name='delivery_oldest_waiting'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('state', 'failed')), fields=['number'], name='delivery_given_up'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'delivered', 'failed'])), name='delivery_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(('channel__in', ['ebox', 'post'])), name='delivery_channel_is_known'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(('attempts__gte', 0)), name='delivery_attempts_are_counted'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('leased_by', ''), ('leased_until', None)), models.Q(('state', 'waiting'), ('leased_until__isnull', False), models.Q(('leased_by', ''), _negated=True)), _connector='OR'), name='delivery_is_leased_by_somebody_while_it_waits'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('delivered_at__isnull', False), ('problem', ''), ('state', 'delivered')), models.Q(models.Q(('state', 'delivered'), _negated=True), ('delivered_at__isnull', True)), _connector='OR'), name='delivery_has_its_time_once_delivered'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'failed'), _negated=True), models.Q(('problem', ''), _negated=True), _connector='OR'), name='delivery_given_up_says_why'),
        ),
        migrations.RunSQL(STORED, migrations.RunSQL.noop),
        migrations.RunSQL(ADOPT, migrations.RunSQL.noop),
    ]
