from django.db import migrations, models

from semarang_ikm.shared.text import join_search_text, sort_key


def fill_texts(apps, schema_editor):
    """Rows that were entered before are found by name and place; the next save adds partners and sentra."""
    promotion = apps.get_model("promotions", "Promotion")
    rows = list(promotion.objects.only("name", "name_en", "place"))
    for row in rows:
        row.sort_name = sort_key(row.name)
        row.search_text = join_search_text(row.name, row.name_en, row.place)
    promotion.objects.bulk_update(rows, ["sort_name", "search_text"], batch_size=200)


class Migration(migrations.Migration):

    dependencies = [
        ('promotions', '0001_initial'),
        ('sentra', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='promotion',
            name='cancelled_on',
            field=models.DateField(blank=True, help_text='Halamannya tetap ada dan mengatakannya; kalender yang berlangganan ikut berubah.', null=True, verbose_name='dibatalkan pada'),
        ),
        migrations.AddField(
            model_name='promotion',
            name='date_precision',
            field=models.CharField(choices=[('year', 'tahun'), ('month', 'bulan'), ('day', 'hari')], default='day', help_text='Bila hanya bulan atau tahunnya yang diketahui, tulis hari pertamanya.', max_length=5, verbose_name='ketelitian tanggal'),
        ),
        migrations.AddField(
            model_name='promotion',
            name='ends_at',
            field=models.TimeField(blank=True, null=True, verbose_name='sampai pukul'),
        ),
        migrations.AddField(
            model_name='promotion',
            name='search_text',
            field=models.TextField(default='', editable=False),
        ),
        migrations.AddField(
            model_name='promotion',
            name='sentra',
            field=models.ManyToManyField(blank=True, help_text='Bila sentra tampil sebagai satu kelompok. Usaha yang tampil sendiri dicatat di bawah.', related_name='promotions', to='sentra.sentra', verbose_name='sentra yang tampil'),
        ),
        migrations.AddField(
            model_name='promotion',
            name='sort_name',
            field=models.CharField(db_index=True, default='', editable=False, max_length=200),
        ),
        migrations.AddField(
            model_name='promotion',
            name='starts_at',
            field=models.TimeField(blank=True, help_text='WIB, berlaku setiap hari acara.', null=True, verbose_name='pukul'),
        ),
        migrations.AlterField(
            model_name='promotion',
            name='place',
            field=models.CharField(blank=True, help_text='Misalnya: Balai Kota Semarang.', max_length=160, verbose_name='tempat'),
        ),
        migrations.AddIndex(
            model_name='promotion',
            index=models.Index(fields=['status', 'kind', 'starts_on'], name='promotion_status_start'),
        ),
        migrations.AddConstraint(
            model_name='promotion',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__isnull', True), models.Q(('ends_at__gt', models.F('starts_at')), ('starts_at__isnull', False)), _connector='OR'), name='promotions_promotion_times_in_order', violation_error_message='Jam selesai perlu jam mulai yang lebih awal.'),
        ),
        migrations.AddConstraint(
            model_name='promotion',
            constraint=models.CheckConstraint(condition=models.Q(('date_precision', 'day'), models.Q(('ends_on__isnull', True), ('starts_at__isnull', True)), _connector='OR'), name='promotions_promotion_times_need_days', violation_error_message='Tanggal selesai dan jam hanya diisi bila harinya diketahui.'),
        ),
        migrations.RunPython(fill_texts, migrations.RunPython.noop),
    ]
