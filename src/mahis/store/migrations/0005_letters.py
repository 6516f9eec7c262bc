"""Letters, their batches, and the notices that wait for an address; what was packed stays so."""

import django.db.models.deletion
import mahis.domain.letters
import mahis.domain.parties
import mahis.store.fields
from django.db import migrations, models


KEEP = """
CREATE FUNCTION store_letters_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' AND NEW.batch_id IS NULL THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.batch_id IS NULL
        AND to_jsonb(NEW) - 'batch_id' - 'place' = to_jsonb(OLD) - 'batch_id' - 'place'
        AND EXISTS (
            SELECT FROM store_letterbatch WHERE number = NEW.batch_id AND state = 'open'
        )
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a letter goes into one open batch, once, and nothing else of it changes' USING
        ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'letters_stay_as_they_are';
END
$$;
CREATE TRIGGER letters_stay_as_they_are
    BEFORE INSERT OR UPDATE OR DELETE ON store_letter
    FOR EACH ROW EXECUTE FUNCTION store_letters_stay();
CREATE TRIGGER letters_are_not_truncated
    BEFORE TRUNCATE ON store_letter
    FOR EACH STATEMENT EXECUTE FUNCTION store_letters_stay();

CREATE FUNCTION store_letter_batches_go_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE'
        AND ROW(NEW.number, NEW.day, NEW.letters, NEW.pages, NEW.opened_at)
            = ROW(OLD.number, OLD.day, OLD.letters, OLD.pages, OLD.opened_at)
        AND (
            OLD.state = 'open'
            OR OLD.state = 'packed' AND NEW.state <> 'open'
                AND ROW(NEW.sha256, NEW.size, NEW.packed_at)
                    = ROW(OLD.sha256, OLD.size, OLD.packed_at)
            OR NEW IS NOT DISTINCT FROM OLD
        )
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a batch of letters only goes on: open, packed, handed over' USING
        ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'letter_batches_only_go_on';
END
$$;
CREATE TRIGGER letter_batches_only_go_on
    BEFORE UPDATE OR DELETE ON store_letterbatch
    FOR EACH ROW EXECUTE FUNCTION store_letter_batches_go_on();
CREATE TRIGGER letter_batches_are_not_truncated
    BEFORE TRUNCATE ON store_letterbatch
    FOR EACH STATEMENT EXECUTE FUNCTION store_letter_batches_go_on();
"""

RELEASE = """
DROP TRIGGER letters_stay_as_they_are ON store_letter;
DROP TRIGGER letters_are_not_truncated ON store_letter;
DROP FUNCTION store_letters_stay();
DROP TRIGGER letter_batches_only_go_on ON store_letterbatch;
DROP TRIGGER letter_batches_are_not_truncated ON store_letterbatch;
DROP FUNCTION store_letter_batches_go_on();
"""


class Migration(migrations.Migration):
    """Make the tables and set the triggers."""

    dependencies = [
        ('store', '0004_tellings'),
    ]

    operations = [
        migrations.CreateModel(
            name='LetterBatch',
            fields=[
                ('number', models.IntegerField(primary_key=True, serialize=False)),
                ('day', models.DateField()),
                ('state', mahis.store.fields.EnumField(mahis.domain.letters.BatchState)),
                ('letters', models.IntegerField()),
                ('pages', models.IntegerField()),
                ('sha256', models.CharField(blank=True, default='', max_length=64)),
                ('size', models.BigIntegerField(default=0)),
                ('opened_at', models.DateTimeField()),
                ('packed_at', models.DateTimeField(blank=True, null=True)),
                ('handed_at', models.DateTimeField(blank=True, null=True)),
                ('failed_at', models.DateTimeField(blank=True, null=True)),
                ('problem', models.TextField(blank=True, default='')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('day',), name='letter_batch_once_a_day'), models.CheckConstraint(condition=models.Q(('state__in', ['open', 'packed', 'handed'])), name='letter_batch_state_is_known'), models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='letter_batch_number_is_positive'), models.CheckConstraint(condition=models.Q(('letters__gte', 1), ('pages__gte', models.F('letters'))), name='letter_batch_has_letters_with_pages'), models.CheckConstraint(condition=models.Q(models.Q(models.Q(('packed_at', None), ('sha256', ''), ('size', 0)), ('handed_at', None), ('state', 'open')), models.Q(models.Q(('packed_at__isnull', False), ('sha256__regex', '^[0-9a-f]{64}$'), ('size__gte', 1)), ('handed_at', None), ('state', 'packed')), models.Q(models.Q(('packed_at__isnull', False), ('sha256__regex', '^[0-9a-f]{64}$'), ('size__gte', 1)), ('handed_at__isnull', False), ('state', 'handed')), _connector='OR'), name='letter_batch_state_matches_its_package'), models.CheckConstraint(condition=models.Q(models.Q(('failed_at', None), ('problem', '')), models.Q(models.Q(('problem', ''), _negated=True), ('failed_at__isnull', False)), _connector='OR'), name='letter_batch_problem_has_its_time')],
            },
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('notice', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='letter', serialize=False, to='store.notice')),
                ('language', mahis.store.fields.EnumField(mahis.domain.parties.Language)),
                ('pages', models.IntegerField()),
                ('abroad', models.BooleanField()),
                ('made_at', models.DateTimeField()),
                ('place', models.IntegerField(blank=True, null=True)),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.document')),
                ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.enterprise')),
                ('batch', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.letterbatch')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('batch', None)), fields=['made_at'], name='letter_waits_for_a_batch')],
                'constraints': [models.UniqueConstraint(fields=('batch', 'place'), name='letter_place_once_a_batch'), models.CheckConstraint(condition=models.Q(('language__in', ['fr', 'nl', 'de', 'en'])), name='letter_language_is_known'), models.CheckConstraint(condition=models.Q(('pages__gte', 1)), name='letter_has_pages'), models.CheckConstraint(condition=models.Q(models.Q(('batch', None), ('place', None)), models.Q(('batch__isnull', False), ('place__gte', 1), ('place__isnull', False)), _connector='OR'), name='letter_has_a_place_in_its_batch')],
            },
        ),
        migrations.CreateModel(
            name='UnaddressedNotice',
            fields=[
                ('notice', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='unaddressed', serialize=False, to='store.notice')),
                ('problem', mahis.store.fields.EnumField(mahis.domain.letters.AddressProblem)),
                ('since', models.DateTimeField()),
                ('tried_at', models.DateTimeField()),
                ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.enterprise')),
            ],
            options={
                'indexes': [models.Index(fields=['recipient'], name='unaddressed_recipient')],
                'constraints': [models.CheckConstraint(condition=models.Q(('problem__in', ['missing', 'incomplete', 'struckOff'])), name='unaddressed_problem_is_known'), models.CheckConstraint(condition=models.Q(('tried_at__gte', models.F('since'))), name='unaddressed_was_tried_since')],
            },
        ),
        migrations.RunSQL(KEEP, RELEASE),
    ]
