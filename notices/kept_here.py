"""What the ledger keeps about a person: the messages that were owed to them, which lists they left, and their address
where they left it for a reply without a name."""

from __future__ import annotations

from accounts.kept import Record, Section
from accounts.models import Person

from .kinds import kind_of, mail_lists
from .models import ReplyAddress


def _kind_name(code: str) -> str:
    kind = kind_of(code)
    return kind.name if kind else code


def tell_messages(person: Person) -> Section:
    records: list[Record] = [
        {
            "Message": _kind_name(notice.kind),
            "Owed at": notice.due_at,
            "State": notice.get_state_display(),
            "Ended": notice.settled_at,
        }
        for notice in person.notices.order_by("-due_at")
    ]
    why = (
        "What we wrote to you and when, so that nothing is lost and nothing comes twice. Facts, not letters."
    )
    return Section("messages", "Messages", why, records)


def tell_lists(person: Person) -> Section:
    lists = mail_lists()
    records: list[Record] = [
        {
            "List": lists[said.mail_list].name if said.mail_list in lists else said.mail_list,
            "Only": _kind_name(said.kind) if said.kind else "",
            "Wanted": said.wanted,
            "Since": said.changed_at,
        }
        for said in person.preferences.order_by("mail_list", "kind")
    ]
    why = "Which of our mail you want, as long as we know your address."
    return Section("mail_lists", "What you want to hear", why, records)


def tell_replies(person: Person) -> Section:
    records: list[Record] = [
        {"Left for": left.purpose.replace("_", " "), "Kept until": left.expires_at}
        for left in ReplyAddress.objects.filter(address=person.email).order_by("expires_at")
    ]
    why = (
        "Your address, left for one reply without your name. It is deleted once the reply has gone, or then."
    )
    return Section("reply_addresses", "Replies that you wait for", why, records)
