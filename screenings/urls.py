"""The listing's addresses."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("", views.cover, name="cover"),
    path("films/<slug:slug>/", views.film, name="film"),
    path("cities/", views.cities, name="cities"),
    path("cities/<slug:slug>/", views.city, name="city"),
    path("theaters/<slug:slug>/", views.theater, name="theater"),
    path("s/<str:code>/", views.screening, name="screening"),
    path("s/<str:code>/calendar.ics", views.screening_calendar, name="screening_calendar"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
]
