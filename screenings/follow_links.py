"""The signed private link of a follow: it confirms, and it stops. Nothing is changed by opening it."""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.urls import reverse

from .models import Follow
from .rsvp_links import LinkIsNone

SALT = "screenings.follow_links"


def settle_path(follow: Follow) -> str:
    return reverse("follow_settle", args=[signing.dumps(follow.pk, salt=SALT)])


def settle_url(follow: Follow) -> str:
    return settings.BASE_URL + settle_path(follow)


def read_settle(token: str) -> Follow:
    """The follow that a link is about; good for as long as it stands, for a mail of any age must be able to stop it.
    Raises LinkIsNone."""
    try:
        pk = signing.loads(token, salt=SALT)
        return Follow.objects.select_related("person", "theater__city", "film").get(pk=pk)
    except (signing.BadSignature, Follow.DoesNotExist) as error:
        raise LinkIsNone from error
