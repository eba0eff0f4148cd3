"""Months and channels of needs stand on the needs; asks are found by need without the table. All is counted anew."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('gehoor_needs', '0001_initial'),
        ('gehoor_voices', '0003_transcriptions'),
    ]

    operations = [
        migrations.RunSQL("UPDATE gehoor_needs_generation SET counted = ''", migrations.RunSQL.noop),
        migrations.AddField(
            model_name='need',
            name='channels',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='need',
            name='months',
            field=models.JSONField(default=list),
        ),
        migrations.AlterField(
            model_name='askneed',
            name='generation',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='belonging', to='gehoor_needs.generation'),
        ),
        migrations.AlterField(
            model_name='askneed',
            name='need',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='belonging', to='gehoor_needs.need'),
        ),
        migrations.AddIndex(
            model_name='askneed',
            index=models.Index(fields=['need', 'ask', 'voice', 'start'], name='ask_by_need'),
        ),
    ]
