"""The listing's addresses."""

from __future__ import annotations

from django.urls import path

from . import (
    api,
    views,
    views_films,
    views_manage,
    views_rollout,
    views_rsvp,
    views_showing,
    views_trial,
    views_week,
    views_week_file,
    views_week_words,
)
from .team_doors import film_door, theater_door

urlpatterns = [
    path("", views.cover, name="cover"),
    path("films/<slug:slug>/", views.film, name="film"),
    path("cities/", views.cities, name="cities"),
    path("cities/<slug:slug>/", views.city, name="city"),
    path("theaters/<slug:slug>/", views.theater, name="theater"),
    path("s/<str:code>/", views.screening, name="screening"),
    path("s/<str:code>/calendar.ics", views.screening_calendar, name="screening_calendar"),
    path("s/<str:code>/rsvp/", views_rsvp.rsvp, name="rsvp"),
    path("s/<str:code>/asked/", views_rsvp.rsvp_asked, name="rsvp_asked"),
    path("rsvp/<str:token>/", views_rsvp.rsvp_confirm, name="rsvp_confirm"),
    path("mine/<str:token>/", views_rsvp.mine, name="mine"),
    path("mine/<str:token>/<str:code>/", views_rsvp.mine_showing, name="mine_showing"),
    path("mine/<str:token>/lists/<str:mail_list>/", views_rsvp.mine_list, name="mine_list"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("for-theaters/", views_trial.for_theaters, name="for_theaters"),
    path("for-theaters/read/", views_trial.try_a_week, name="try_a_week"),
    path("for-theaters/bring/", views_trial.bring_week, name="bring_week"),
    path("manage/bring/", views_trial.choose_theater, name="choose_theater"),
    path("manage/theaters/propose/", views_manage.propose_theater, name="propose_theater"),
    path("manage/theaters/<slug:slug>/", views_manage.manage_theater, name="manage_theater"),
    path("manage/theaters/<slug:slug>/facts/", views_manage.theater_facts, name="theater_facts"),
    path("manage/theaters/<slug:slug>/zone/", views_manage.theater_zone, name="theater_zone"),
    path("manage/theaters/<slug:slug>/trail/", views_manage.theater_trail, name="theater_trail"),
    path(
        "manage/theaters/<slug:slug>/showings/<str:code>/",
        views_showing.manage_showing,
        name="manage_showing",
    ),
    path("manage/theaters/<slug:slug>/week/", views_week.this_week, name="this_week"),
    path("manage/theaters/<slug:slug>/week/<str:starting>/", views_week.week, name="week"),
    path(
        "manage/theaters/<slug:slug>/week/<str:starting>/file/", views_week_file.week_file, name="week_file"
    ),
    path(
        "manage/theaters/<slug:slug>/week/<str:starting>/words/",
        views_week_words.week_words,
        name="week_words",
    ),
    path(
        "manage/theaters/<slug:slug>/week/<str:starting>/door-sheet.pdf",
        views_week_words.door_sheet,
        name="door_sheet",
    ),
    path("manage/films/<slug:slug>/", views_manage.manage_film, name="manage_film"),
    path("manage/films/<slug:slug>/release/", views_rollout.film_rollout, name="film_rollout"),
    path("manage/films/<slug:slug>/titles/", views_films.film_titles, name="film_titles"),
    path("manage/films/<slug:slug>/merge/", views_films.merge_own_films, name="merge_own_films"),
    *theater_door.urls("slug"),
    *film_door.urls("slug"),
    path("api/token/", api.TokenView.as_view(), name="api_token"),
    path("api/theaters/<slug:theater>/", api.TheaterView.as_view(), name="api_theater"),
    path(
        "api/theaters/<slug:theater>/nights/<str:first>/<str:last>/showings/",
        api.NightsView.as_view(),
        name="api_nights",
    ),
    path(
        "api/theaters/<slug:theater>/showings/<str:showing>/",
        api.ShowingView.as_view(),
        name="api_showing",
    ),
    path(
        "api/theaters/<slug:theater>/showings/<str:showing>/cancel/",
        api.CancelView.as_view(),
        name="api_cancel",
    ),
    path("api/theaters/<slug:theater>/weeks/<str:day>/", api.WeekView.as_view(), name="api_week"),
    path("staff/films/", views_films.staff_films, name="staff_films"),
    path("staff/proposals/", views_manage.staff_proposals, name="staff_proposals"),
    path("staff/proposals/<int:pk>/", views_manage.decide_proposal, name="decide_proposal"),
]
