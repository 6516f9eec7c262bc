"""Acts and notices for what ceases, and which employers the office wrote down."""

import mahis.domain.employers
import mahis.store.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    """Let mandates be settled, and tell the office's employers from those of the register."""

    dependencies = [
        ('store', '0010_replacing'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='authorisationdocument',
            name='authorisation_document_act_is_known',
        ),
        migrations.RemoveConstraint(
            model_name='historyentry',
            name='history_entry_act_is_known',
        ),
        migrations.RemoveConstraint(
            model_name='notice',
            name='notice_telling_is_known',
        ),
        migrations.AddField(
            model_name='employer',
            name='source',
            field=mahis.store.fields.EnumField(mahis.domain.employers.Source, db_default='register', default=mahis.domain.employers.Source['REGISTER']),
        ),
        migrations.AddIndex(
            model_name='historyentry',
            index=models.Index(condition=models.Q(('act__in', ['cease', 'endEmployer'])), fields=['-at'], name='history_entry_of_ceasing'),
        ),
        migrations.AddConstraint(
            model_name='authorisationdocument',
            constraint=models.CheckConstraint(condition=models.Q(('act__in', ['drawUp', 'validate', 'uploadScan', 'uploadSigned', 'refuse', 'approve', 'reject', 'identifyEmployer', 'withdraw', 'expire', 'close', 'reachEnd', 'replace', 'cease', 'endEmployer', 'reopen'])), name='authorisation_document_act_is_known'),
        ),
        migrations.AddConstraint(
            model_name='employer',
            constraint=models.CheckConstraint(condition=models.Q(('source__in', ['register', 'office'])), name='employer_source_is_known'),
        ),
        migrations.AddConstraint(
            model_name='historyentry',
            constraint=models.CheckConstraint(condition=models.Q(('act__in', ['drawUp', 'validate', 'uploadScan', 'uploadSigned', 'refuse', 'approve', 'reject', 'identifyEmployer', 'withdraw', 'expire', 'close', 'reachEnd', 'replace', 'cease', 'endEmployer', 'reopen'])), name='history_entry_act_is_known'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(('telling__in', ['drawnUp', 'signedByOne', 'submittedToOffice', 'active', 'awaitsIdentification', 'refusedByParty', 'rejectedByOffice', 'withdrawn', 'expired', 'endSet', 'closed', 'replaced', 'reopened', 'partyCeased', 'employerCeased', 'signReminder', 'endsSoon', 'providerLapsesSoon'])), name='notice_telling_is_known'),
        ),
    ]
