"""Addresses of Naslag, all under library/."""

from django.urls import path

from samenspraak.library import views

app_name = "library"
urlpatterns = [
    path("", views.home, name="home"),
    path("search", views.search, name="search"),
    path("<slug:key>/", views.part, name="part"),
    path("<slug:kind>/<slug:item_id>/", views.item, name="item"),
]
