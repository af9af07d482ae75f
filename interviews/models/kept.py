"""Words that readers kept on their phones, counted without anybody: one mark for one thing kept, tied to nothing else."""

from __future__ import annotations

from django.db import models

from .guides import Guide


class KeptMark(models.Model):
    """Somebody kept a quote or a prompt of a guide. The mark is random, made anew for each thing that a phone keeps, so
    that two marks of one phone have nothing in common; the phone takes it back by it."""

    guide = models.ForeignKey(Guide, models.CASCADE, related_name="kept_marks")
    item = models.UUIDField(help_text="The excerpt's or the prompt's UUID.")
    mark = models.UUIDField(unique=True)
    kept_on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["guide", "item"])]

    def __str__(self) -> str:
        return f"{self.item} of {self.guide_id}"
