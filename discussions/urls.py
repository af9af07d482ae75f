"""The addresses of rooms."""

from __future__ import annotations

from django.urls import path

from . import (
    views,
    views_after,
    views_cities,
    views_open,
    views_phone,
    views_replies,
    views_theater,
    views_tours,
)
from .urls_lead import lead_urls

urlpatterns = [
    path("r/", views.find, name="find_room"),
    path("r/<str:code>/", views.room, name="room"),
    path("r/<str:code>/mine/", views_phone.mine, name="room_mine"),
    path("r/<str:code>/join/", views_phone.join, name="room_join"),
    path("r/<str:code>/forget/", views_phone.forget, name="room_forget"),
    path("r/<str:code>/name/", views_phone.rename, name="room_name"),
    path("r/<str:code>/answer/", views_phone.answer, name="room_answer"),
    path("r/<str:code>/ask/", views_phone.ask, name="room_ask"),
    path("r/<str:code>/vote/", views_phone.vote, name="room_vote"),
    path("r/<str:code>/poll/", views_phone.answer_poll, name="room_poll"),
    path("r/<str:code>/hand/", views_phone.hand, name="room_hand"),
    path("r/<str:code>/report/", views_phone.report, name="room_report"),
    path("r/<str:code>/film-ended/", views_phone.say_film_ended, name="film_ended"),
    path("rooms/open/", views_open.open_a_room, name="open_room"),
    path("rooms/<slug:code>/theater/", views_theater.room_at_my_theater, name="room_at_theater"),
    path("r/<str:code>/after/", views_after.after, name="room_after"),
    path("g/<slug:code>/cities/", views_cities.cities, name="cities_said"),
    path("answer/<str:token>/", views_replies.filmmakers_list, name="filmmaker"),
    path("reply/<str:token>/", views_replies.follow_up_reply, name="follow_up_reply"),
    path("tours/", views_tours.tours, name="tours"),
    path("tours/new/<slug:code>/", views_tours.plan_tour, name="plan_tour"),
    path("tours/<int:pk>/", views_tours.tour, name="tour"),
    path("tours/stops/<int:pk>/sheet.pdf", views_tours.tour_sheet, name="tour_sheet"),
    path("tours/stops/<int:pk>/link/", views_tours.tour_new_link, name="tour_new_link"),
    *lead_urls,
]
