"""Addresses of workshops."""

from django.urls import path

from samenspraak.workshops import views

app_name = "workshops"
urlpatterns = [
    # workshops/
    path("", views.workshops, name="workshops"),
    path("<slug:kit_id>", views.kit, name="kit"),
    # workshops/<kit>/<paper>.<kind>
    path("<slug:kit_id>/<slug:paper>.<str:kind>", views.paper, name="paper"),
]
