"""The documents of authorisations, which nobody changes or deletes, and the claims on scans."""

import django.contrib.postgres.fields
import django.db.models.deletion
import mahis.domain.documents
import mahis.domain.life_table
import mahis.domain.parties
import mahis.store.fields
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models

REFUSE = """
CREATE FUNCTION store_documents_are_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'documents can only be added to' USING
        ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'documents_are_append_only';
END
$$;
CREATE TRIGGER documents_are_append_only
    BEFORE UPDATE OR DELETE ON store_document
    FOR EACH ROW EXECUTE FUNCTION store_documents_are_append_only();
CREATE TRIGGER documents_are_not_truncated
    BEFORE TRUNCATE ON store_document
    FOR EACH STATEMENT EXECUTE FUNCTION store_documents_are_append_only();
CREATE TRIGGER documents_are_append_only
    BEFORE UPDATE OR DELETE ON store_authorisationdocument
    FOR EACH ROW EXECUTE FUNCTION store_documents_are_append_only();
CREATE TRIGGER documents_are_not_truncated
    BEFORE TRUNCATE ON store_authorisationdocument
    FOR EACH STATEMENT EXECUTE FUNCTION store_documents_are_append_only();
"""

ALLOW = """
DROP TRIGGER documents_are_append_only ON store_document;
DROP TRIGGER documents_are_not_truncated ON store_document;
DROP TRIGGER documents_are_append_only ON store_authorisationdocument;
DROP TRIGGER documents_are_not_truncated ON store_authorisationdocument;
DROP FUNCTION store_documents_are_append_only();
"""


class Migration(migrations.Migration):
    """Make the tables and set the triggers."""

    dependencies = [
        ('store', '0002_history_append_only'),
    ]

    operations = [
        migrations.CreateModel(
            name='AuthorisationDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.IntegerField()),
                ('kind', mahis.store.fields.EnumField(mahis.domain.documents.DocumentKind)),
                ('language', mahis.store.fields.EnumField(mahis.domain.parties.Language, blank=True, null=True)),
                ('act', mahis.store.fields.EnumField(mahis.domain.life_table.Act)),
                ('version', models.IntegerField()),
                ('shows', django.contrib.postgres.fields.ArrayField(base_field=mahis.store.fields.EnumField(mahis.domain.parties.Side), blank=True, default=list, size=None)),
                ('person', mahis.store.fields.InszField(blank=True, null=True)),
                ('person_name', models.TextField(blank=True, default='')),
                ('enterprise', mahis.store.fields.EnterpriseNumberField(blank=True, null=True)),
                ('quality', mahis.store.fields.EnumField(mahis.domain.parties.Quality, blank=True, null=True)),
                ('at', models.DateTimeField()),
                ('file_name', models.TextField(blank=True, default='')),
                ('report', models.JSONField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('sha256', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('size', models.BigIntegerField()),
                ('media_type', models.TextField(default='application/pdf')),
                ('created_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='ScanClaim',
            fields=[
                ('authorisation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='claim', serialize=False, to='store.authorisation')),
                ('officer', mahis.store.fields.InszField()),
                ('name', models.TextField()),
                ('until', models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name='validation',
            name='certificate',
            field=models.CharField(blank=True, db_default='', default='', max_length=64),
        ),
        migrations.AddField(
            model_name='validation',
            name='issuer',
            field=models.TextField(blank=True, db_default='', default=''),
        ),
        migrations.AddIndex(
            model_name='mandate',
            index=models.Index(condition=models.Q(('state', 'toBeValidated')), fields=['authorisation'], name='mandate_waits_for_the_office'),
        ),
        migrations.AddField(
            model_name='authorisationdocument',
            name='authorisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='store.authorisation'),
        ),
        migrations.AddField(
            model_name='authorisationdocument',
            name='form',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='signed_forms', to='store.authorisationdocument'),
        ),
        migrations.AddField(
            model_name='validation',
            name='document',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='validations', to='store.authorisationdocument'),
        ),
        # Demonstrations made before documents existed have such signatures without any.
        AddConstraintNotValid(
            model_name='validation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('method', 'eid'), _negated=True), models.Q(('document__isnull', False), models.Q(('certificate', ''), _negated=True)), _connector='OR'), name='validation_eid_rests_on_a_document'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='document_sha256_is_hexadecimal'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(('size__gte', 1)), name='document_size_is_positive'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(('media_type__in', ['application/pdf'])), name='document_media_type_is_known'),
        ),
        migrations.AddField(
            model_name='authorisationdocument',
            name='document',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.document'),
        ),
        migrations.AddConstraint(
            model_name='authorisationdocument',
            constraint=models.UniqueConstraint(fields=('authorisation', 'number'), name='authorisation_document_number_once'),
        ),
        migrations.AddConstraint(
            model_name='authorisationdocument',
            constraint=models.UniqueConstraint(fields=('authorisation', 'document', 'kind'), name='authorisation_document_content_once'),
        ),
        migrations.AddConstraint(
            model_name='authorisationdocument',
            constraint=models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='authorisation_document_number_is_positive'),
        ),
        migrations.AddConstraint(
            model_name='authorisationdocument',
            constraint=models.CheckConstraint(condition=models.Q(('version__gte', 1)), name='authorisation_document_version_is_positive'),
        ),
        migrations.AddConstraint(
            model_name='authorisationdocument',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['form', 'signed', 'scan', 'attached'])), name='authorisation_document_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='authorisationdocument',
            constraint=models.CheckConstraint(condition=models.Q(('act__in', ['drawUp', 'validate', 'uploadScan', 'uploadSigned', 'refuse', 'approve', 'reject', 'identifyEmployer', 'withdraw', 'expire', 'close', 'reachEnd', 'replace'])), name='authorisation_document_act_is_known'),
        ),
        migrations.AddConstraint(
            model_name='authorisationdocument',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['form', 'signed']), ('language__isnull', False), ('language__in', ['fr', 'nl', 'de', 'en'])), models.Q(models.Q(('kind__in', ['form', 'signed']), _negated=True), ('language', None)), _connector='OR'), name='authorisation_document_language_is_that_of_its_form'),
        ),
        migrations.AddConstraint(
            model_name='authorisationdocument',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'signed'), ('form__isnull', False)), models.Q(models.Q(('kind', 'signed'), _negated=True), ('form', None)), _connector='OR'), name='authorisation_document_signed_names_its_form'),
        ),
        migrations.AddConstraint(
            model_name='authorisationdocument',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'signed'), _negated=True), ('report__isnull', False), _connector='OR'), name='authorisation_document_signed_has_a_report'),
        ),
        migrations.AddConstraint(
            model_name='authorisationdocument',
            constraint=models.CheckConstraint(condition=models.Q(('shows', []), models.Q(('kind', 'form'), ('shows__contained_by', ['mandator', 'mandatary'])), _connector='OR'), name='authorisation_document_only_forms_show_sides'),
        ),
        migrations.AddConstraint(
            model_name='authorisationdocument',
            constraint=models.CheckConstraint(condition=models.Q(('quality', None), ('quality__in', ['nssoEmployer', 'companyWithoutStaff', 'serviceProvider', 'socialSecretariat', 'nssoOfficer']), _connector='OR'), name='authorisation_document_quality_is_known'),
        ),
        migrations.AddConstraint(
            model_name='authorisationdocument',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('enterprise', None), ('person', None), ('quality', None)), models.Q(('enterprise__isnull', False), ('person__isnull', False), ('quality__isnull', False)), _connector='OR'), name='authorisation_document_person_acts_in_a_capacity'),
        ),
        migrations.RunSQL(REFUSE, ALLOW),
    ]
