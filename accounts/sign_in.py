"""Signing in by a code that is mailed to an address.

Anyone with an address may ask; an address that we have not met becomes a Person then, unconfirmed, and is
confirmed by using the code. So known and unknown addresses are answered alike.

A code is six digits, the HMAC of its attempt's random id under SECRET_KEY: neither it nor a hash of it is
stored, so neither the database nor the ledger of mail can give it away (NIST SP 800-63B: six digits bear a
limited number of guesses; ours bears five).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from typing import ClassVar

from django.db import transaction
from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac

from .mail_hook import owe_sign_in_mail
from .models import MOST_GUESSES, Person, SignInAttempt

DIGITS = 6
# Per address, so that nobody's mailbox is filled by a stranger: (codes, in).
LIMITS = ((5, dt.timedelta(hours=1)), (20, dt.timedelta(days=1)))


class SignInRefused(Exception):
    """Signing in did not happen; the message is a sentence for the person. `final`: this code is finished."""

    final: ClassVar[bool] = True


class WrongCode(SignInRefused):
    final = False

    def __init__(self, left: int) -> None:
        tries = "one more try" if left == 1 else f"{left} more tries"
        super().__init__(f"That is not the code we sent. You have {tries}.")


class TooManyGuesses(SignInRefused):
    def __init__(self) -> None:
        super().__init__("That code was tried too often and is no longer good. Ask for a new one.")


class CodeUsed(SignInRefused):
    def __init__(self) -> None:
        super().__init__("That code has been used: each opens the door once. Ask for a new one.")


class CodeExpired(SignInRefused):
    def __init__(self) -> None:
        super().__init__("That code is no longer good: each lasts ten minutes. Ask for a new one.")


class CodeReplaced(SignInRefused):
    def __init__(self) -> None:
        super().__init__("A newer code was asked for, so this one is no longer good. Ask for a new one here.")


class OtherBrowser(SignInRefused):
    def __init__(self) -> None:
        super().__init__("This code was asked for on another device. Ask for a new one here.")


class TooManyCodes(SignInRefused):
    """`again_at` is when another code may be asked for."""

    def __init__(self, sent: int, again_at: dt.datetime) -> None:
        self.again_at = again_at
        super().__init__(
            f"We have sent {sent} codes to this address already. The newest one may still be good."
        )


def code_of(attempt_uuid: uuid.UUID) -> str:
    """The six digits of an attempt, to be put in its mail and nowhere else."""
    digest = salted_hmac("accounts.sign_in.code", attempt_uuid.bytes, algorithm="sha256").digest()
    return f"{int.from_bytes(digest[:8], 'big') % 10**DIGITS:0{DIGITS}d}"


def hash_browser_key(browser_key: str) -> str:
    """What we keep of a browser's random key: its SHA-256, 64 hexadecimal digits."""
    return hashlib.sha256(browser_key.encode()).hexdigest()


@transaction.atomic
def ask_for_code(email: str, browser_key: str, now: dt.datetime, language: str = "en") -> SignInAttempt:
    """Owe `email` a code, good for ten minutes in the browser that holds `browser_key`.

    Older codes of the address are void from now on. `language` is for letters to who is new here. Raises TooManyCodes
    beyond five an hour or twenty a day.
    """
    person = Person.objects.for_address(email, language)
    Person.objects.select_for_update().get(pk=person.pk)
    _forget_old_attempts(now)
    _refuse_too_many(person, now)
    person.sign_in_attempts.open().update(superseded_at=now)
    attempt = SignInAttempt.objects.create(
        person=person,
        created_at=now,
        expires_at=now + SignInAttempt.LIFETIME,
        browser_hash=hash_browser_key(browser_key),
    )
    owe_sign_in_mail(attempt, now)
    return attempt


def _forget_old_attempts(now: dt.datetime) -> None:
    SignInAttempt.objects.filter(created_at__lt=now - LIMITS[-1][1]).delete()


def _refuse_too_many(person: Person, now: dt.datetime) -> None:
    asked = list(person.sign_in_attempts.order_by("-created_at").values_list("created_at", flat=True))
    for most, span in LIMITS:
        within = [at for at in asked if at > now - span]
        if len(within) >= most:
            raise TooManyCodes(len(within), within[most - 1] + span)


def find_attempt(attempt_uuid: uuid.UUID, browser_key: str) -> SignInAttempt:
    """The attempt of this browser; where a newer code was asked for in it, the newer one (two tabs).

    Changes nothing, so that a mail scanner may look as often as it likes. Raises OtherBrowser, or CodeExpired
    for one that we no longer (or never) had.
    """
    attempt = SignInAttempt.objects.filter(uuid=attempt_uuid).select_related("person").first()
    if attempt is None:
        raise CodeExpired
    if not constant_time_compare(attempt.browser_hash, hash_browser_key(browser_key)):
        raise OtherBrowser
    if attempt.superseded_at is None:
        return attempt
    newest = SignInAttempt.objects.filter(person=attempt.person).select_related("person").first()
    return newest if newest and newest.browser_hash == attempt.browser_hash else attempt


def consume(attempt_uuid: uuid.UUID, code: str, browser_key: str, now: dt.datetime) -> Person:
    """The person who signs in with `code`; their address is confirmed.

    Single use: of any number of requests with the right code exactly one is given the person, because
    spending it is one conditional update. A guess is counted before it is looked at, so that parallel guesses
    cannot outnumber five. Raises a SignInRefused; a wrong code is one of the five guesses.
    """
    attempt = find_attempt(attempt_uuid, browser_key)
    left = _count_guess(attempt, now)
    if not constant_time_compare(code, code_of(attempt.uuid)):
        raise WrongCode(left) if left else TooManyGuesses
    return _spend(attempt, now)


def _count_guess(attempt: SignInAttempt, now: dt.datetime) -> int:
    """Take one of the five guesses and give how many are left. Raises where none can be taken."""
    mine = SignInAttempt.objects.filter(pk=attempt.pk)
    if not mine.usable(now).update(guesses=F("guesses") + 1):
        attempt.refresh_from_db()
        raise _why_unusable(attempt)
    attempt.refresh_from_db(fields=["guesses"])
    return MOST_GUESSES - attempt.guesses


def _why_unusable(attempt: SignInAttempt) -> SignInRefused:
    if attempt.consumed_at:
        return CodeUsed()
    if attempt.superseded_at:
        return CodeReplaced()
    if attempt.guesses >= MOST_GUESSES:
        return TooManyGuesses()
    return CodeExpired()


@transaction.atomic
def _spend(attempt: SignInAttempt, now: dt.datetime) -> Person:
    if not SignInAttempt.objects.open().filter(pk=attempt.pk).update(consumed_at=now):
        attempt.refresh_from_db()
        raise _why_unusable(attempt)
    Person.objects.filter(pk=attempt.person_id, confirmed_at=None).update(confirmed_at=now)
    return Person.objects.get(pk=attempt.person_id)
