"""Who said what a change rests on, and as of when its askers were written down."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

_BY = {"null": True, "on_delete": django.db.models.deletion.SET_NULL, "related_name": "+"}


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("gehoor_changes", "0010_published"),
    ]

    operations = [
        migrations.AddField(
            "change", "noted", models.CharField(blank=True, default="", max_length=64), preserve_default=False
        ),
        migrations.AddField("changeneed", "by", models.ForeignKey(to=settings.AUTH_USER_MODEL, **_BY)),
        migrations.AddField(
            "changeneed",
            "at",
            models.DateTimeField(auto_now_add=True, default=django.utils.timezone.now),
            preserve_default=False,
        ),
        migrations.AddField("changevoice", "by", models.ForeignKey(to=settings.AUTH_USER_MODEL, **_BY)),
        migrations.AddField(
            "changevoice",
            "at",
            models.DateTimeField(auto_now=True, default=django.utils.timezone.now),
            preserve_default=False,
        ),
    ]
