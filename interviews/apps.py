from django.apps import AppConfig


class InterviewsConfig(AppConfig):
    name = "interviews"

    def ready(self) -> None:
        from accounts import desk, erasing, kept
        from screenings import film_merging as films
        from screenings import slots

        from . import desks, editor_mails, erasing_here, film_merging, guide_cards, kept_here, request_mails

        desk.register(desks.invitations, 1)
        desk.register(desks.guides, 30)
        desk.register(desks.interviews, 32)
        desk.register(desks.requests, 5)
        desk.register(desks.programs, 90)
        editor_mails.register()
        request_mails.register()
        kept.register(kept_here.tell_requests)
        kept.register(kept_here.tell_tokens)
        slots.register("screening.guide", guide_cards.screening_card)
        slots.register("film.guides", guide_cards.film_card)
        films.register_mover(film_merging.move)
        guide_cards.watch()
        erasing.register(erasing_here.unname_requests)
        erasing.register_reasons(erasing_here.teams)
