from django.conf import settings
from django.db import migrations, models

from semarang_ikm.shared.text import sort_key


def fill(apps, schema_editor):
    """English names in their sorted form; where there is none, the Indonesian one stands."""
    Sentra = apps.get_model("sentra", "Sentra")
    Sentra.objects.update(sort_name_en=models.F("sort_name"))
    named = list(Sentra.objects.exclude(name_en="").only("name_en"))
    for row in named:
        row.sort_name_en = sort_key(row.name_en)
    Sentra.objects.bulk_update(named, ["sort_name_en"], batch_size=200)


class Migration(migrations.Migration):

    dependencies = [
        ('sentra', '0006_newest_first'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='sentra',
            name='sort_name_en',
            field=models.CharField(default='', editable=False, max_length=200),
        ),
        migrations.AddIndex(
            model_name='sentra',
            index=models.Index(fields=['status', 'sort_name_en'], name='sentra_status_name_en'),
        ),
        # Last: PostgreSQL changes no table whose triggers still wait for the end of the transaction.
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
