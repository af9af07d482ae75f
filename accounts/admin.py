"""Site staff's view of people. Sessions' keys, codes and allauth's own tables are nobody's to look at."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.http import HttpRequest

from .models import Person

for model in (EmailAddress, Authenticator, UserSession):
    if admin.site.is_registered(model):
        admin.site.unregister(model)


@admin.register(Person)
class PersonAdmin(admin.ModelAdmin):
    list_display = ("email", "name", "confirmed_at", "is_active", "is_staff")
    list_filter = ("is_staff", "is_active")
    search_fields = ("email", "name")
    fields = (
        "email",
        "name",
        "language",
        "is_active",
        "is_staff",
        "is_superuser",
        "groups",
        "created_at",
        "confirmed_at",
    )
    readonly_fields = ("created_at", "confirmed_at", "is_superuser")
    filter_horizontal = ("groups",)

    def has_delete_permission(self, request: HttpRequest, obj: Person | None = None) -> bool:
        """Erasing a person is an act with its own page, not a row's deletion."""
        return False


@admin.register(Authenticator)
class PasskeyAdmin(admin.ModelAdmin):
    """For taking a lost passkey away from somebody who asks; what is in it stays out of sight."""

    list_display = ("__str__", "user", "created_at", "last_used_at")
    search_fields = ("user__email",)
    fields = ("user", "type", "created_at", "last_used_at")
    readonly_fields = fields

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False
