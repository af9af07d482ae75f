"""Addresses of reading an interview, quoting from it, finding the good ones, and asking for a change."""

from __future__ import annotations

from django.urls import path

from . import views_excerpt, views_interview, views_quotes, views_requests, views_search

quote_urls = [
    path("g/<str:code>/ask/<str:sha256>/", views_requests.ask_for_change, name="ask_for_change"),
    path("manage/films/<slug:slug>/search/", views_search.search_interviews, name="search_interviews"),
    path("manage/films/<slug:slug>/suggestions/", views_search.suggest_quotes, name="suggest_quotes"),
    path("manage/interviews/<int:pk>/read/", views_quotes.read_interview, name="read_interview"),
    path("manage/interviews/<int:pk>/right/", views_interview.interview_right, name="interview_right"),
    path("manage/interviews/<int:pk>/changes/", views_interview.interview_changes, name="interview_changes"),
    path(
        "manage/interviews/<int:pk>/annotations.jsonld",
        views_quotes.export_annotations,
        name="interview_annotations",
    ),
    path("manage/excerpts/<uuid:uuid>/", views_excerpt.show_excerpt, name="excerpt"),
    path("manage/excerpts/<uuid:uuid>/annotation.jsonld", views_quotes.export_annotation, name="annotation"),
    path("manage/requests/", views_requests.list_requests, name="list_requests"),
    path("manage/requests/<int:pk>/", views_requests.answer_request, name="answer_request"),
]
