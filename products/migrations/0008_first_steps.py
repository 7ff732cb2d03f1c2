from datetime import timedelta

from django.db import migrations
from django.utils import timezone

OUT = ("issued", "expired", "revoked")
CHUNK = 500


def give(apps, schema_editor):
    """The first lines of certificates that came without any: what their own dates tell, else the day of recording."""
    using = schema_editor.connection.alias
    certification = apps.get_model("products", "Certification")
    step = apps.get_model("products", "CertificationStep")
    lines = []
    for row in certification.objects.using(using).filter(steps__isnull=True).order_by("pk").iterator(CHUNK):
        recorded = timezone.localdate(row.created_at)
        days = {}
        if row.issued_on and row.stage in OUT:
            days["issued"] = row.issued_on
        if row.stage == "expired" and row.expires_on:
            days["expired"] = min(row.expires_on + timedelta(days=1), recorded)
        days.setdefault(row.stage, recorded)
        lines += [step(certification_id=row.pk, stage=stage, reached_on=day) for stage, day in days.items()]
    step.objects.using(using).bulk_create(lines, batch_size=CHUNK)


class Migration(migrations.Migration):

    dependencies = [
        ('products', '0007_packaging_photos'),
    ]

    operations = [
        migrations.RunPython(give, migrations.RunPython.noop),
    ]
