from django.apps import AppConfig


class ScreeningsConfig(AppConfig):
    name = "screenings"

    def ready(self) -> None:
        from accounts import desk, erasing, kept, retention
        from notices import busy, kinds

        from . import (
            change_mails,
            desks,
            erasing_here,
            follow_mails,
            kept_here,
            offer_mails,
            page_tags,
            plans,
            private_link_mail,
            reminders,
            request_mails,
            retention_here,
            rsvp_mails,
            showing_mail,
            team_mails,
        )

        desk.register(desks.invitations, 0)
        desk.register(desks.theaters, 10)
        desk.register(desks.films, 20)
        page_tags.watch()
        follow_mails.register_all()
        team_mails.register()
        kinds.register_subject(showing_mail.SHOWING, showing_mail.RSVP, private_link_mail.PERSON)
        kinds.register_subject(request_mails.REQUEST)
        kinds.register(request_mails.CONFIRMATION, request_mails.FILM_OPENS_MAIL)
        kept.register(kept_here.tell_requests)
        kinds.register(rsvp_mails.CONFIRMATION, rsvp_mails.DAY_BEFORE_MAIL, rsvp_mails.HOURS_BEFORE_MAIL)
        kinds.register(offer_mails.OFFER_MAIL, private_link_mail.PRIVATE_LINK)
        kinds.register(change_mails.CHANGED_MAIL, change_mails.CANCELLED_MAIL, change_mails.REINSTATED_MAIL)
        plans.register_planner(reminders.plan_reminders)
        busy.register(reminders.in_a_film)
        kept.register(kept_here.tell_rsvps)
        kept.register(kept_here.tell_follows)
        kept.register(kept_here.tell_teams)
        retention.register(*retention_here.RULES)
        erasing.register(erasing_here.erase_seats)
        erasing.register_reasons(erasing_here.teams)
