"""Addresses of tasks."""

from django.urls import path

from samenspraak.tasks.views import doing, handing, proving

app_name = "tasks"
urlpatterns = [
    # tasks/
    path("", doing.tasks, name="tasks"),
    path("tasks.xlsx", doing.workbook, name="workbook"),
    path("new", doing.new, name="new"),
    path("calendar", doing.calendar, name="calendar"),
    path("calendar/<str:key>.ics", doing.calendar_feed, name="calendar_feed"),
    # tasks/by-link/<key>: for a colleague without an account
    path("by-link/<str:key>", handing.guest, name="guest"),
    # tasks/<task>/
    path("<uuid:task_id>", doing.task, name="task"),
    path("<uuid:task_id>/change", doing.change, name="change"),
    path("<uuid:task_id>/done", doing.done, name="done"),
    path("<uuid:task_id>/reopen", doing.reopen, name="reopen"),
    path("<uuid:task_id>/remove", doing.remove, name="remove"),
    path("<uuid:task_id>/put-back", doing.put_back, name="put_back"),
    path("<uuid:task_id>/hand-over", handing.hand_over, name="hand_over"),
    path("<uuid:task_id>/mail-again", handing.mail_again, name="mail_again"),
    path("<uuid:task_id>/proof/<uuid:proof_id>", proving.proof, name="proof"),
    path("<uuid:task_id>/proof/<uuid:proof_id>/remove", proving.remove, name="remove_proof"),
    path("<uuid:task_id>/proof/<uuid:proof_id>/put-back", proving.put_back, name="put_back_proof"),
]
