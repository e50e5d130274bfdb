"""Every address of the site, room by room."""

from django.conf import settings
from django.urls import include, path

from samenspraak.people.urls import account_urlpatterns
from samenspraak.site import views
from samenspraak.site.transfer import views as transfer

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("language", views.set_language, name="language"),
    path("about", views.about, name="about"),
    # out and in as a file
    path("organisation/file", transfer.travelling, name="travelling"),
    path("organisation/file/everything.zip", transfer.take_everything, name="take_everything"),
    path("organisation/file/bring-in", transfer.bring_in, name="bring_in"),
    path("ready/bring-in", transfer.bring_round, name="bring_round"),
    path("ready/<uuid:round_id>/round.zip", transfer.take_round, name="take_round"),
    # for programs
    path("api/v1/", include("samenspraak.site.api")),
    # rooms
    path("", include(account_urlpatterns)),
    path("", include("samenspraak.people.urls")),
    path("", include("samenspraak.route.urls")),
    path("ready/", include("samenspraak.readiness.urls")),
    path("library/", include("samenspraak.library.urls")),
    path("tasks/", include("samenspraak.tasks.urls")),
    path("workshops/", include("samenspraak.workshops.urls")),
]

if settings.ENVIRONMENT.mode == "demo":
    urlpatterns.append(path("demo/<str:token>", views.demo_sign_in, name="demo_sign_in"))

handler404 = views.not_found
handler429 = views.too_many
handler500 = views.broken
handler400 = views.refused
