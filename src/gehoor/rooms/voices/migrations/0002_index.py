"""The full-text index, in the dialect of the database in use."""

from django.db import migrations

from gehoor.rooms.voices.search.engines import create_index, drop_index


class Migration(migrations.Migration):
    dependencies = [("gehoor_voices", "0001_initial")]
    operations = [migrations.RunPython(create_index, drop_index)]
