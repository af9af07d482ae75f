from django.apps import AppConfig


class DiscussionsConfig(AppConfig):
    name = "discussions"

    def ready(self) -> None:
        from accounts import desk, retention
        from notices import busy, kinds
        from screenings import film_merging as films
        from screenings import plans, slots

        from . import (
            answer_mail,
            desks,
            erasing,
            film_merging,
            follow_ups,
            late_films,
            lead_pages,
            lights_up_mail,
            phone_page,
            room_cards,
            screen_page,
        )
        from .live import audiences

        desk.register(desks.rooms, 40)
        desk.register(desks.tours, 42)
        desk.register(desks.rooms_at_theaters, 45)
        kinds.register(lights_up_mail.DISCUSSION_OPEN, *follow_ups.FOLLOW_UPS, answer_mail.ANSWERED)
        kinds.register_subject(answer_mail.ASKED)
        plans.register_planner(lights_up_mail.plan_talk)
        plans.register_planner(follow_ups.plan_follow_ups)
        busy.register(late_films.in_a_late_film)
        films.register_mover(film_merging.move)
        audiences.register(phone_page.AUDIENCE, phone_page.render, is_open=True)
        audiences.register(lead_pages.HOST, lead_pages.render_host)
        audiences.register(lead_pages.MODERATOR, lead_pages.render_moderator)
        audiences.register(lead_pages.SCRIBE, lead_pages.render_scribe)
        audiences.register(screen_page.SCREEN, screen_page.render_screen)
        retention.register(*erasing.RULES)
        slots.register("screening.guide", room_cards.room_card)
        room_cards.watch()
