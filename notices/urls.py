"""Addresses of the ledger: leaving a list, the staff's view, the demo's mailbox."""

from __future__ import annotations

from django.urls import path

from . import views, views_ledger, views_mailbox, views_suppression

urlpatterns = [
    path("mail/stop/<str:token>/", views.stop_mail, name="stop_mail"),
    path("mail/wishes/<str:token>/", views.mail_wishes, name="mail_wishes"),
    path("mail/events/<slug:provider>/", views_suppression.mail_events, name="mail_events"),
    path("staff/ledger/addresses/", views_suppression.suppressions, name="suppressions"),
    path("staff/ledger/", views_ledger.ledger, name="ledger"),
    path("staff/ledger/<int:pk>/", views_ledger.ledger_notice, name="ledger_notice"),
    path("staff/ledger/<int:pk>/letter.html", views_ledger.ledger_letter, name="ledger_letter"),
    path("demo/mailbox/", views_mailbox.mailbox, name="mailbox"),
    path("demo/mailbox/<str:name>/", views_mailbox.mailbox_message, name="mailbox_message"),
    path("demo/mailbox/<str:name>/letter.html", views_mailbox.mailbox_letter, name="mailbox_letter"),
    path(
        "demo/mailbox/<str:name>/<str:filename>", views_mailbox.mailbox_attachment, name="mailbox_attachment"
    ),
]
