import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


def link_quoted_excerpts(apps, schema_editor):
    """Of versions that are out already: the rows of what they quote."""
    version_model = apps.get_model("interviews", "GuideVersion")
    excerpts = {str(uuid): pk for pk, uuid in apps.get_model("interviews", "Excerpt").objects.values_list("pk", "uuid")}
    for version in version_model.objects.iterator(chunk_size=100):
        version.excerpts.set([excerpts[key] for key in version.content["excerpts"] if key in excerpts])


class Migration(migrations.Migration):
    dependencies = [
        ("interviews", "0006_building_guides"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="guideversion",
            name="excerpts",
            field=models.ManyToManyField(editable=False, related_name="versions", to="interviews.excerpt"),
        ),
        migrations.RunPython(link_quoted_excerpts, migrations.RunPython.noop),
        migrations.CreateModel(
            name="GuideToken",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80)),
                ("token_hash", models.CharField(editable=False, max_length=64, unique=True)),
                ("mask", models.CharField(editable=False, max_length=40)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("used_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("revoked_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={"abstract": False},
        ),
    ]
