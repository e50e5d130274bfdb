"""Addresses of people and organisations, and of sign-in. Addresses of allauth without a page of ours are not routed."""

from django.urls import path, re_path

from samenspraak.people.views import account, enter, organisation, sign_in

app_name = "people"

urlpatterns = [
    # coming in
    path("first-run", enter.first_run, name="first_run"),
    path("invitation/<str:token>", enter.invitation, name="invitation"),
    # account
    path("account", account.account, name="account"),
    path("account/organisation", account.choose_organisation, name="choose_organisation"),
    # organisation
    path("organisation", organisation.organisation, name="organisation"),
    # organisation/
    path("organisation/change", organisation.change_organisation, name="change_organisation"),
    path("organisation/logo", organisation.logo, name="logo"),
    path("organisation/logo/change", organisation.change_logo, name="change_logo"),
    path("organisation/logo/remove", organisation.remove_logo, name="remove_logo"),
    path("organisation/invite", organisation.invite, name="invite"),
    path(
        "organisation/invitations/<uuid:invitation_id>/withdraw",
        organisation.withdraw_invitation,
        name="withdraw_invitation",
    ),
    path("organisation/members/<uuid:member_id>/role", organisation.change_role, name="change_role"),
    path("organisation/members/<uuid:member_id>/leave", organisation.let_leave, name="let_leave"),
]

# allauth looks these up by its own names, so they stand outside the namespace.
account_urlpatterns = [
    # account/
    path("account/sign-in", sign_in.sign_in, name="account_login"),
    path("account/sign-out", sign_in.sign_out, name="account_logout"),
    path("account/password", sign_in.change_password, name="account_change_password"),
    path("account/password/new", sign_in.ask_password, name="account_reset_password"),
    path("account/password/new/sent", sign_in.asked_password, name="account_reset_password_done"),
    re_path(
        r"^account/password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)$",
        sign_in.set_password,
        name="account_reset_password_from_key",
    ),
    path("account/password/new/done", sign_in.password_set, name="account_reset_password_from_key_done"),
]
