from __future__ import annotations

from django.urls import URLPattern, path

from . import views_home, views_privacy
from . import views_passkeys as passkeys
from . import views_profile as profile
from . import views_sign_in as signing_in

# Names that begin with account_ and mfa_ are those by which allauth finds these pages.
urlpatterns: list[URLPattern] = [
    path("sign-in/", signing_in.sign_in, name="account_login"),
    path("sign-in/passkey/", signing_in.SignInByPasskey.as_view(), name="mfa_login_webauthn"),
    path("sign-in/<uuid:attempt_uuid>/", signing_in.sign_in_code, name="sign_in_code"),
    path("sign-out/", signing_in.sign_out, name="sign_out"),
    path("you/again/", signing_in.send_again, name="send_again"),
    path("home/", views_home.home, name="home"),
    path("privacy/", views_privacy.privacy, name="privacy"),
    path("you/", profile.profile, name="profile"),
    path("you/kept/", profile.kept, name="kept"),
    path("you/kept.json", profile.kept_json, name="kept_json"),
    path("you/sessions/", profile.session_list, name="session_list"),
    path("you/sessions/end/", profile.end_every_session, name="end_every_session"),
    path("you/sessions/<int:pk>/end/", profile.end_session, name="end_session"),
    path("you/passkeys/", passkeys.PasskeyList.as_view(), name="mfa_list_webauthn"),
    path("you/passkeys/add/", passkeys.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("you/passkeys/<int:pk>/rename/", passkeys.RenamePasskey.as_view(), name="mfa_edit_webauthn"),
    path("you/passkeys/<int:pk>/remove/", passkeys.RemovePasskey.as_view(), name="mfa_remove_webauthn"),
    path("you/prove/", passkeys.Prove.as_view(), name="prove"),
    path("you/second-factor/", passkeys.second_factor, name="second_factor"),
]
