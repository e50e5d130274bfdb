"""The addresses of the site and one that nobody declared."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path

from samenspraak.site import urls as site

handler400, handler404, handler429, handler500 = site.handler400, site.handler404, site.handler429, site.handler500


def undeclared(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("Whoever reads this came past the access table.")


urlpatterns = [*site.urlpatterns, path("undeclared", undeclared, name="undeclared")]
