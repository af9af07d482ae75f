"""Addresses of bringing interviews in and correcting them."""

from __future__ import annotations

from django.urls import path

from . import views_correct, views_import

import_urls = [
    path("manage/films/<slug:slug>/interviews/", views_import.film_interviews, name="film_interviews"),
    path("manage/interviews/import/", views_import.import_interview, name="import_interview"),
    path("manage/interviews/import/<int:pk>/", views_import.import_job, name="import_job"),
    path("manage/interviews/<int:pk>/", views_correct.correct_interview, name="correct_interview"),
    path("manage/interviews/<int:pk>/facts/", views_import.interview_facts, name="interview_facts"),
]
