"""Address of the home of an organisation."""

from django.urls import path

from samenspraak.route import views

app_name = "route"
urlpatterns = [path("", views.home, name="home")]
