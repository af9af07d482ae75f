"""Notice: one message owed to one person for one reason over one channel; a row from due to sent.

It stores facts, not text: the message is rendered when it is sent. It goes to a person, or to an address that somebody
without a name left for one reply (`ReplyAddress`, see `replies`).
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import Person
from common.letter_languages import is_written


class ReplyAddressQuerySet(models.QuerySet["ReplyAddress"]):
    def spent(self) -> ReplyAddressQuerySet:
        """Written to, or tried and given up: of no use any more."""
        replies = Notice.objects.filter(reply_to__isnull=False)
        ended = replies.filter(state__in=Notice.GIVEN_UP).values("reply_to_id")
        return self.filter(pk__in=ended).exclude(pk__in=replies.open().values("reply_to_id"))


class ReplyAddress(models.Model):
    """An address left for one reply, by somebody who has no name here; `replies` says what becomes of it.

    `reply_key` is random and stands on what is to be answered (a question of a room), never on who asked. `purpose`
    says what the address was left for, in a word. There is no time of its own that could tell who left it.
    """

    reply_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    address = models.EmailField(max_length=254)
    language = models.CharField(max_length=12, default="en")
    purpose = models.CharField(max_length=32)
    expires_at = models.DateTimeField(db_index=True)

    objects: ClassVar[ReplyAddressQuerySet] = ReplyAddressQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name_plural = "reply addresses"

    def __str__(self) -> str:
        return f"an address left for {self.purpose}"


class NoticeQuerySet(models.QuerySet["Notice"]):
    def open(self) -> NoticeQuerySet:
        """Rows whose fate is not settled."""
        return self.filter(state__in=[Notice.State.DUE, Notice.State.CLAIMED])

    def claimable(self, now: dt.datetime) -> NoticeQuerySet:
        """Due by `now`, claimed by nobody, and not held for later."""
        ready = Q(held_until__isnull=True) | Q(held_until__lte=now)
        return self.filter(ready, state=Notice.State.DUE, due_at__lte=now)

    def with_lease_run_out(self, now: dt.datetime) -> NoticeQuerySet:
        """Claimed by a worker that has not been heard of in time."""
        return self.filter(state=Notice.State.CLAIMED, leased_until__lte=now)

    def stoppable(self) -> NoticeQuerySet:
        """Rows that can still be kept from going out: open, and no transmission of them has started."""
        return self.open().filter(transmitting_since__isnull=True)

    def about(self, subject_kind: str, subject_id: int) -> NoticeQuerySet:
        return self.filter(subject_kind=subject_kind, subject_id=subject_id)


class Notice(models.Model):
    class State(models.TextChoices):
        DUE = "due", "due"
        CLAIMED = "claimed", "being sent"
        SENT = "sent", "sent"
        SUPERSEDED = "superseded", "no longer true"
        EXPIRED = "expired", "no longer useful"
        DECLINED = "declined", "not wanted"
        FAILED = "failed", "refused by the mail server"
        UNCERTAIN = "uncertain", "may have been sent"

    # Ended for good; what was taken back (`SUPERSEDED`) may become true again.
    GIVEN_UP = (State.SENT, State.EXPIRED, State.DECLINED, State.FAILED, State.UNCERTAIN)

    # Typed as always there, which it is for kinds that write to people; a reply (`reply_to`) has none.
    person: models.ForeignKey[Person, Person] = models.ForeignKey(  # type: ignore[misc]
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="notices",
        db_index=False,  # `a_notice_is_owed_once` begins with it.
    )
    reply_to = models.ForeignKey(
        ReplyAddress,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="notices",
        editable=False,
        db_index=False,  # `a_reply_is_owed_once` begins with it.
    )
    kind = models.CharField(max_length=32)
    subject_kind = models.CharField(max_length=32)
    subject_id = models.BigIntegerField()
    subject_revision = models.PositiveIntegerField(default=0)
    channel = models.CharField(max_length=12, default="email")
    facts = models.JSONField(default=dict)
    due_at = models.DateTimeField(help_text="When it is owed; lateness is counted from here.")
    held_until = models.DateTimeField(
        null=True, blank=True, help_text="Not before: a retry, the night, or a film that runs."
    )
    useful_until = models.DateTimeField()
    urgent = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=State, default=State.DUE)
    reason = models.CharField(max_length=200, blank=True, help_text="Why it ended, or waits, in words.")
    attempts = models.PositiveSmallIntegerField(default=0)
    in_doubt = models.PositiveSmallIntegerField(
        default=0, help_text="Transmissions whose end nobody saw; at two the row is uncertain."
    )
    lease = models.UUIDField(null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    transmitting_since = models.DateTimeField(
        null=True, blank=True, help_text="When the last transmission started; kept once it was sent."
    )
    message_key = models.UUIDField(default=uuid.uuid4, editable=False)
    settled_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[NoticeQuerySet] = NoticeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["due_at", "id"]
        indexes = [
            # What waits and what is held: a few of all rows, and a row that has ended is in neither.
            models.Index(
                fields=["-urgent", "due_at", "id"], condition=Q(state="due"), name="due_notice_by_turn"
            ),
            models.Index(fields=["lease"], condition=Q(state="claimed"), name="claimed_notice_by_lease"),
            models.Index(fields=["subject_kind", "subject_id"]),
        ]
        constraints = [
            models.UniqueConstraint(
                "person",
                "kind",
                "subject_kind",
                "subject_id",
                "subject_revision",
                "channel",
                name="a_notice_is_owed_once",
            ),
            models.UniqueConstraint(
                "reply_to",
                "kind",
                "subject_kind",
                "subject_id",
                "subject_revision",
                "channel",
                condition=Q(reply_to__isnull=False),
                name="a_reply_is_owed_once",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=True) | Q(reply_to__isnull=True), name="a_notice_goes_to_one"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["due", "claimed"], person__isnull=True, reply_to__isnull=True),
                name="what_is_owed_is_owed_to_somebody",
            ),
            models.CheckConstraint(
                condition=Q(useful_until__gt=F("due_at")), name="a_notice_is_useful_after_due"
            ),
            models.CheckConstraint(condition=Q(in_doubt__lte=2), name="never_a_third_copy"),
            models.CheckConstraint(
                condition=Q(state="claimed", lease__isnull=False, leased_until__isnull=False)
                | (~Q(state="claimed") & Q(lease__isnull=True, leased_until__isnull=True)),
                name="a_claim_has_a_lease",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.person_id or 'an address left for a reply'}, {self.state}"

    @property
    def address(self) -> str:
        """Where it goes; `""` for a reply whose address is forgotten."""
        if self.person_id:
            return self.person.email
        return self.reply_to.address if self.reply_to else ""

    @property
    def language(self) -> str:
        """The language of its reader; English where letters are not written in theirs."""
        reader = self.person if self.person_id else self.reply_to
        return reader.language if reader and is_written(reader.language) else settings.LANGUAGE_CODE

    @property
    def lateness(self) -> dt.timedelta | None:
        """How long after it was due the transmission that succeeded started; None where none did."""
        if self.state != self.State.SENT or self.transmitting_since is None:
            return None
        return self.transmitting_since - self.due_at


class Preference(models.Model):
    """Whether a person wants what goes over one list (`reminders`, `prompts`), or one kind of notice on it, over a
    channel. No row: they do."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="preferences")
    mail_list = models.CharField(max_length=32)
    kind = models.CharField(max_length=32, blank=True, default="", help_text="Empty: every kind on the list.")
    channel = models.CharField(max_length=12, default="email")
    wanted = models.BooleanField(default=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("person", "mail_list", "kind", "channel", name="one_preference_per_kind")
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.kind or self.mail_list} {'yes' if self.wanted else 'no'}"


class MailEvent(models.Model):
    """What a mail provider told about an address, once: by its own id. The address itself is not kept."""

    class Kind(models.TextChoices):
        HARD = "hard", "came back for good"
        SOFT = "soft", "came back for now"
        COMPLAINT = "complaint", "called spam"

    event_key = models.CharField(max_length=64, unique=True)
    address_key = models.CharField(max_length=64)
    kind = models.CharField(max_length=12, choices=Kind)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["address_key", "at"])]

    def __str__(self) -> str:
        return f"{self.address_key[:8]}: {self.kind}"


class Suppression(models.Model):
    """An address that is not written to, by the HMAC of it (`suppression.address_key`); lifted by staff."""

    class Reason(models.TextChoices):
        HARD_BOUNCE = "hard_bounce", "mail came back for good"
        SOFT_BOUNCES = "soft_bounces", "mail came back three times in 14 days"
        COMPLAINT = "complaint", "the reader called a mail spam"
        ERASED = "erased", "its owner had everything erased"

    address_key = models.CharField(max_length=64, unique=True)
    reason = models.CharField(max_length=16, choices=Reason)
    since = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-since"]

    def __str__(self) -> str:
        return f"{self.address_key[:8]}: {self.reason}"


class DailyTally(models.Model):
    """How many messages went out for one theater on one day of its calendar (`daily_cap`)."""

    key = models.CharField(max_length=40)
    day = models.DateField()
    name = models.CharField(max_length=200)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "daily tallies"
        constraints = [models.UniqueConstraint("key", "day", name="one_tally_a_day")]

    def __str__(self) -> str:
        return f"{self.name}, {self.day}: {self.count}"
