"""`manage.py appoint_staff ADDRESS`: make somebody site staff, or help one who has lost every passkey."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from accounts.models import Person


class Command(BaseCommand):
    help = "Make the person of an address site staff with every right."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address")
        parser.add_argument(
            "--forget-passkeys", action="store_true", help="Remove their passkeys, so that they add one anew."
        )

    def handle(self, *args: Any, address: str, forget_passkeys: bool, **options: Any) -> None:
        try:
            validate_email(address)
        except ValidationError as error:
            raise CommandError(f"{address} is not an e-mail address.") from error
        person = Person.objects.for_address(address)
        if forget_passkeys:
            Authenticator.objects.filter(user=person).delete()
        person.is_staff = person.is_superuser = True
        person.save(update_fields=["is_staff", "is_superuser"])
        self.stdout.write(
            f"{person.email} is site staff. They sign in with a code, add a passkey, and it opens /admin/."
        )
