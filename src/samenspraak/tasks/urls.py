"""Addresses of tasks."""

from django.urls import path

from samenspraak.tasks import views

app_name = "tasks"
urlpatterns = [
    # tasks/
    path("", views.tasks, name="tasks"),
    path("new", views.new, name="new"),
    path("calendar", views.calendar, name="calendar"),
    path("calendar/<str:key>.ics", views.calendar_feed, name="calendar_feed"),
    # tasks/<task>/
    path("<uuid:task_id>", views.task, name="task"),
    path("<uuid:task_id>/change", views.change, name="change"),
    path("<uuid:task_id>/done", views.done, name="done"),
    path("<uuid:task_id>/reopen", views.reopen, name="reopen"),
    path("<uuid:task_id>/remove", views.remove, name="remove"),
    path("<uuid:task_id>/put-back", views.put_back, name="put_back"),
]
