"""The listing's addresses."""

from __future__ import annotations

from django.urls import path

from . import views, views_manage, views_rollout
from .team_doors import film_door, theater_door

urlpatterns = [
    path("", views.cover, name="cover"),
    path("films/<slug:slug>/", views.film, name="film"),
    path("cities/", views.cities, name="cities"),
    path("cities/<slug:slug>/", views.city, name="city"),
    path("theaters/<slug:slug>/", views.theater, name="theater"),
    path("s/<str:code>/", views.screening, name="screening"),
    path("s/<str:code>/calendar.ics", views.screening_calendar, name="screening_calendar"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("manage/theaters/propose/", views_manage.propose_theater, name="propose_theater"),
    path("manage/theaters/<slug:slug>/", views_manage.manage_theater, name="manage_theater"),
    path("manage/theaters/<slug:slug>/facts/", views_manage.theater_facts, name="theater_facts"),
    path("manage/theaters/<slug:slug>/trail/", views_manage.theater_trail, name="theater_trail"),
    path("manage/films/<slug:slug>/", views_manage.manage_film, name="manage_film"),
    path("manage/films/<slug:slug>/release/", views_rollout.film_rollout, name="film_rollout"),
    *theater_door.urls("slug"),
    *film_door.urls("slug"),
    path("staff/proposals/", views_manage.staff_proposals, name="staff_proposals"),
    path("staff/proposals/<int:pk>/", views_manage.decide_proposal, name="decide_proposal"),
]
