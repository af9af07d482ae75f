"""Every address of the house; each app lists its own."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("screenings.urls")),
    path("", include("interviews.urls")),
    path("", include("discussions.urls")),
    path("", include("notices.urls")),
    path("", include("accounts.urls")),
]
