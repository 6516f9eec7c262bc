"""Checkpoints of the history, who had what sent again, and indexes for what the clock looks for."""

import django.contrib.postgres.indexes
import django.db.models.deletion
import mahis.store.fields
from django.db import migrations, models


KEEP = """
CREATE FUNCTION store_checkpoints_are_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'checkpoints of the history can only be added to' USING
        ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'checkpoints_are_append_only';
END
$$;
CREATE TRIGGER checkpoints_are_append_only
    BEFORE UPDATE OR DELETE ON store_historycheckpoint
    FOR EACH ROW EXECUTE FUNCTION store_checkpoints_are_append_only();
CREATE TRIGGER checkpoints_are_not_truncated
    BEFORE TRUNCATE ON store_historycheckpoint
    FOR EACH STATEMENT EXECUTE FUNCTION store_checkpoints_are_append_only();
"""

RELEASE = """
DROP TRIGGER checkpoints_are_append_only ON store_historycheckpoint;
DROP TRIGGER checkpoints_are_not_truncated ON store_historycheckpoint;
DROP FUNCTION store_checkpoints_are_append_only();
"""


class Migration(migrations.Migration):
    """Make the tables and the indexes; nothing that was there changes."""

    dependencies = [
        ('store', '0006_deliveries'),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoryCheckpoint',
            fields=[
                ('number', models.IntegerField(primary_key=True, serialize=False)),
                ('day', models.DateField()),
                ('made_at', models.DateTimeField()),
                ('last_entry', models.BigIntegerField()),
                ('entries', models.BigIntegerField()),
                ('previous_root', models.CharField(max_length=64)),
                ('root', models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name='SendingAgain',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('person', mahis.store.fields.InszField()),
                ('person_name', models.TextField()),
                ('problem', models.TextField(blank=True, default='')),
            ],
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=django.contrib.postgres.indexes.BrinIndex(autosummarize=True, fields=['delivered_at'], name='delivery_delivered'),
        ),
        migrations.AddIndex(
            model_name='draft',
            index=models.Index(fields=['changed_at'], name='draft_changed'),
        ),
        migrations.AddIndex(
            model_name='mandate',
            index=models.Index(condition=models.Q(('state__in', ['pending', 'toBeFinalised'])), fields=['authorisation'], name='mandate_unfinished'),
        ),
        migrations.AddIndex(
            model_name='mandate',
            index=models.Index(condition=models.Q(('state', 'identification')), fields=['mandator'], name='mandate_waits_for_employer'),
        ),
        migrations.AddIndex(
            model_name='mandate',
            index=models.Index(models.F('quarters__endswith'), models.F('authorisation'), condition=models.Q(('quarters__endswith__isnull', False), ('state', 'active')), name='mandate_ends'),
        ),
        migrations.AddConstraint(
            model_name='historycheckpoint',
            constraint=models.UniqueConstraint(fields=('day',), name='history_checkpoint_once_a_day'),
        ),
        migrations.AddConstraint(
            model_name='historycheckpoint',
            constraint=models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='history_checkpoint_number_is_positive'),
        ),
        migrations.AddConstraint(
            model_name='historycheckpoint',
            constraint=models.CheckConstraint(condition=models.Q(('entries__gte', 0), ('last_entry__gte', 0)), name='history_checkpoint_counts_entries'),
        ),
        migrations.AddConstraint(
            model_name='historycheckpoint',
            constraint=models.CheckConstraint(condition=models.Q(('previous_root__regex', '^[0-9a-f]{64}$'), ('root__regex', '^[0-9a-f]{64}$')), name='history_checkpoint_roots_are_hexadecimal'),
        ),
        migrations.AddField(
            model_name='sendingagain',
            name='delivery',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sendings_again', to='store.delivery'),
        ),
        migrations.RunSQL(KEEP, RELEASE),
    ]
