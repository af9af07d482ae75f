from django.apps import AppConfig


class InterviewsConfig(AppConfig):
    name = "interviews"

    def ready(self) -> None:
        from accounts import desk
        from screenings import slots

        from . import desks, editor_mails, guide_cards

        desk.register(desks.invitations, 1)
        desk.register(desks.guides, 30)
        editor_mails.register()
        slots.register("screening.guide", guide_cards.screening_card)
        slots.register("film.guides", guide_cards.film_card)
