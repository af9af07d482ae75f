import unicodedata

from django.db import migrations, models


def fold_names(apps, schema_editor):
    """As `models.phones.fold_name` does."""
    for phone in apps.get_model("discussions", "Participant").objects.iterator():
        phone.folded_name = " ".join(unicodedata.normalize("NFKC", phone.pseudonym).casefold().split())
        phone.save(update_fields=["folded_name"])


class Migration(migrations.Migration):
    dependencies = [("discussions", "0003_conducting")]

    operations = [
        migrations.RemoveConstraint(model_name="participant", name="one_pseudonym_per_room"),
        migrations.AddField(
            model_name="participant",
            name="folded_name",
            field=models.CharField(default="", editable=False, max_length=160),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="participant",
            name="film_ended_at",
            field=models.DateTimeField(
                blank=True,
                help_text="When it said that the film has ended, because nobody else did.",
                null=True,
            ),
        ),
        migrations.RunPython(fold_names, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="participant",
            constraint=models.UniqueConstraint("discussion", "folded_name", name="one_pseudonym_per_room"),
        ),
    ]
