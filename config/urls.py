"""Every address of the house; each app lists its own."""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.permissions import AllowAny

from config.service_worker import offline, service_worker

from .views_api import api_reference

# What the API offers, as an OpenAPI document: open to all, like what it describes.
schema = login_not_required(
    SpectacularAPIView.as_view(authentication_classes=[], permission_classes=[AllowAny])
)

handler404 = "config.views_api.not_there"
urlpatterns = [
    path("api/", api_reference, name="api_reference"),
    path("api/schema/", schema, name="api_schema"),
    path("sw.js", service_worker, name="service_worker"),
    path("offline/", offline, name="offline"),
    path("admin/", admin.site.urls),
    path("", include("screenings.urls")),
    path("", include("interviews.urls")),
    path("", include("discussions.urls")),
    path("", include("notices.urls")),
    path("", include("accounts.urls")),
]
