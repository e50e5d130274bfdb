"""Addresses of people and organisations, and of sign-in. Addresses of allauth without a page of ours are not routed."""

from django.urls import path, re_path

from samenspraak.people.views import (
    account,
    company,
    ending,
    enter,
    organisation,
    second_factor,
    security,
    sign_in,
    tokens,
)

app_name = "people"

urlpatterns = [
    # coming in
    path("first-run", enter.first_run, name="first_run"),
    path("invitation/<str:token>", enter.invitation, name="invitation"),
    # account
    path("account", account.account, name="account"),
    path("account/organisation", account.choose_organisation, name="choose_organisation"),
    path("account/tokens", tokens.tokens, name="tokens"),
    path("account/tokens/<uuid:token_id>/withdraw", tokens.withdraw_token, name="withdraw_token"),
    path("account/reminders", account.choose_reminders, name="choose_reminders"),
    path("account/close", ending.close_account, name="close_account"),
    path("account/confirm", security.confirm_it_is_you, name="confirm"),
    # account/security
    path("account/security", security.security, name="security"),
    path("account/security/app", security.add_app, name="add_app"),
    path("account/security/passkey", security.add_passkey, name="add_passkey"),
    path("account/security/remove", security.remove_factor, name="remove_factor"),
    path("account/security/recovery-codes", security.recovery_codes, name="recovery_codes"),
    path("account/security/sessions/end", security.end_session, name="end_session"),
    path("account/security/sessions/end-others", security.end_other_sessions, name="end_other_sessions"),
    # account/sign-in
    path("account/sign-in/passkey", second_factor.passkey_sign_in, name="passkey_sign_in"),
    path("account/sign-in/company", company.go, name="company"),
    path("account/sign-in/company/back", company.come_back, name="company_back"),
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
    path("organisation/members/<uuid:member_id>/hand-over", ending.hand_over, name="hand_over"),
    path("organisation/leave", ending.leave, name="leave"),
    path("organisation/end", ending.end, name="end"),
    path("organisation/keep", ending.keep, name="keep"),
]

# allauth looks these up by its own names, so they stand outside the namespace.
account_urlpatterns = [
    # account/
    path("account/sign-in", sign_in.sign_in, name="account_login"),
    path("account/sign-in/code", second_factor.second_factor, name="mfa_authenticate"),
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
