"""Films: one record each, however people call them."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.trail import keep_history


class Film(models.Model):
    keeper_role = "team"

    title = models.CharField(max_length=200)
    slug = models.SlugField(max_length=120, unique=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    running_minutes = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(1500)]
    )
    languages = models.CharField(max_length=120, blank=True, help_text="In words: English, Mandarin.")
    synopsis = models.TextField(blank=True)
    content_notes = models.TextField(blank=True)
    website = models.URLField(blank=True)
    trailer_url = models.URLField(blank=True, help_text="A link: nothing of another host is shown here.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    history = keep_history()

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class FilmStill(models.Model):
    """A film's poster or still, made anew from what was sent: the picture that the film's page shows.

    `name` is the beginning of the SHA-256 of its bytes (WebP), so that its address never means another picture.
    """

    film = models.OneToOneField(Film, models.CASCADE, related_name="still")
    name = models.CharField(max_length=16)
    image = models.BinaryField()
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    alt = models.CharField(max_length=200, help_text="What it shows, for who does not see it.")
    credit = models.CharField(max_length=160, help_text="Whose picture it is.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(alt="") & ~Q(credit=""), name="a_still_says_what_and_whose")
        ]

    def __str__(self) -> str:
        return f"{self.film}, {self.credit}"


class FilmCredit(models.Model):
    """One person of a film, by name: director, producer, subject."""

    film = models.ForeignKey(Film, models.CASCADE, related_name="credits")
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=60, default="director")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint("film", "name", "role", name="one_credit_per_name_and_role")]

    def __str__(self) -> str:
        return f"{self.name}, {self.role}"


class FilmAlias(models.Model):
    """Another title that means this film; kept folded so that one title never means two films."""

    film = models.ForeignKey(Film, models.CASCADE, related_name="aliases")
    title = models.CharField(max_length=200)
    folded = models.CharField(max_length=200, unique=True)

    def __str__(self) -> str:
        return self.title


class FormerFilmAddress(models.Model):
    """A slug that a film had before two records were made one: it still leads there."""

    film = models.ForeignKey(Film, models.CASCADE, related_name="former_addresses")
    slug = models.SlugField(max_length=120, unique=True)

    def __str__(self) -> str:
        return self.slug
