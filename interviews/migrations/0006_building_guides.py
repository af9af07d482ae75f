import django.db.models.deletion
from django.db import migrations, models


# The order of reading as of this migration.
ORDER = (
    "glance", "welcome", "invitation", "about_film", "filmmaker", "content_note", "background", "people",
    "agreements", "before", "after", "excerpts", "action", "resources", "credits",
)  # fmt: skip


def put_in_order(apps, schema_editor):
    sections = apps.get_model("interviews", "GuideSection").objects
    for position, kind in enumerate(ORDER):
        sections.filter(kind=kind).update(position=position)


class Migration(migrations.Migration):
    dependencies = [
        ("interviews", "0005_importing_and_correcting"),
    ]

    operations = [
        migrations.RunPython(put_in_order, migrations.RunPython.noop, elidable=True),
        migrations.RemoveConstraint(
            model_name="block",
            name="a_block_holds_what_it_says",
        ),
        migrations.AddField(
            model_name="block",
            name="revision",
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name="guide",
            name="adapted_from",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="adaptations",
                to="interviews.guideversion",
            ),
        ),
        migrations.AddField(
            model_name="guide",
            name="is_films_own",
            field=models.BooleanField(default=False, verbose_name="by the film’s team"),
        ),
        migrations.AddField(
            model_name="guide",
            name="revision",
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name="guidesection",
            name="revision",
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name="historicalguide",
            name="adapted_from",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="interviews.guideversion",
            ),
        ),
        migrations.AddField(
            model_name="historicalguide",
            name="is_films_own",
            field=models.BooleanField(default=False, verbose_name="by the film’s team"),
        ),
        migrations.AddField(
            model_name="historicalguide",
            name="revision",
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name="prompt",
            name="follow_up",
            field=models.CharField(blank=True, max_length=400),
        ),
        migrations.AddField(
            model_name="prompt",
            name="sensitivity",
            field=models.CharField(
                choices=[
                    ("easy", "easy to answer"),
                    ("personal", "personal"),
                    ("tender", "may hurt: nobody has to answer"),
                ],
                default="easy",
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="prompt",
            name="tip",
            field=models.CharField(blank=True, max_length=400),
        ),
        migrations.AlterField(
            model_name="block",
            name="kind",
            field=models.CharField(
                choices=[
                    ("text", "text"),
                    ("excerpt", "excerpt"),
                    ("prompt", "prompt"),
                    ("action", "action"),
                    ("tip", "tip for who leads"),
                ],
                max_length=8,
            ),
        ),
        migrations.AlterField(
            model_name="guidesection",
            name="kind",
            field=models.CharField(
                choices=[
                    ("glance", "At a glance"),
                    ("welcome", "Welcome"),
                    ("invitation", "An invitation"),
                    ("about_film", "About the film"),
                    ("filmmaker", "In the filmmaker’s words"),
                    ("content_note", "Before you watch"),
                    ("background", "Background"),
                    ("people", "People"),
                    ("agreements", "What we agree on"),
                    ("before", "Before the film"),
                    ("after", "After the film"),
                    ("excerpts", "More from the interviews"),
                    ("action", "Take action"),
                    ("resources", "Resources"),
                    ("credits", "Credits"),
                ],
                max_length=16,
            ),
        ),
        migrations.AddConstraint(
            model_name="block",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("excerpt__isnull", False), ("kind", "excerpt"), ("prompt__isnull", True)),
                    models.Q(("excerpt__isnull", True), ("kind", "prompt"), ("prompt__isnull", False)),
                    models.Q(
                        ("excerpt__isnull", True),
                        ("kind__in", ["text", "action", "tip"]),
                        ("prompt__isnull", True),
                        models.Q(("text", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="a_block_holds_what_it_says",
            ),
        ),
        migrations.AddConstraint(
            model_name="guide",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_films_own", False), ("adapted_from__isnull", True), _connector="OR"),
                name="a_copy_is_not_the_films_own",
            ),
        ),
    ]
