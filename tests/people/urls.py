"""The addresses of the site, one that nobody declared, and one that opens with the link of a guest."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext

from samenspraak.people.http import GuestRequest, for_guest
from samenspraak.people.queries import guest_for
from samenspraak.site import urls as site

handler400, handler404, handler429, handler500 = site.handler400, site.handler404, site.handler429, site.handler500


def undeclared(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("Whoever reads this came past the access table.")


@for_guest(partial(guest_for, purpose="test"))
def asked(request: GuestRequest) -> HttpResponse:
    return HttpResponse(f"{gettext('Language')} for {request.guest.name}")


urlpatterns = [
    *site.urlpatterns,
    path("undeclared", undeclared, name="undeclared"),
    path("asked/<str:key>", asked, name="asked"),
]
