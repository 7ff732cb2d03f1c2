from django.conf import settings
from django.db import migrations, models

from semarang_ikm.shared.text import sort_key


def fill(apps, schema_editor):
    """English names in their sorted form; where there is none, the Indonesian one stands."""
    Product = apps.get_model("products", "Product")
    Product.objects.update(sort_name_en=models.F("sort_name"))
    named = list(Product.objects.exclude(name_en="").only("name_en"))
    for row in named:
        row.sort_name_en = sort_key(row.name_en)
    Product.objects.bulk_update(named, ["sort_name_en"], batch_size=200)


class Migration(migrations.Migration):

    dependencies = [
        ('products', '0003_newest_first'),
        ('sentra', '0007_english_order'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='product',
            name='sort_name_en',
            field=models.CharField(default='', editable=False, max_length=200),
        ),
        migrations.AddIndex(
            model_name='product',
            index=models.Index(fields=['status', 'sort_name_en'], name='product_status_name_en'),
        ),
        # Last: PostgreSQL changes no table whose triggers still wait for the end of the transaction.
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
