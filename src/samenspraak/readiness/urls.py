"""Addresses of ‘Are we ready?’."""

from django.urls import path

from samenspraak.readiness import views

app_name = "readiness"
urlpatterns = [
    # ready/
    path("", views.rounds.rounds, name="rounds"),
    path("start", views.rounds.start, name="start"),
    path("conditions-form.<str:kind>", views.papers.blank_form, name="blank_form"),
    # ready/<round>/
    path("<uuid:round_id>", views.rounds.overview, name="round"),
    path("<uuid:round_id>/texts", views.rounds.save_texts, name="save_texts"),
    path("<uuid:round_id>/close", views.rounds.close, name="close"),
    path("<uuid:round_id>/reopen", views.rounds.reopen, name="reopen"),
    path("<uuid:round_id>/history", views.rounds.history, name="history"),
    path("<uuid:round_id>/beside/<uuid:other_id>", views.rounds.compare, name="compare"),
    path("<uuid:round_id>/director", views.rounds.director, name="director"),
    path("<uuid:round_id>/director.<str:kind>", views.papers.director_page, name="director_page"),
    path("<uuid:round_id>/report.<str:kind>", views.papers.full_report, name="full_report"),
    # ready/<round>/evidence/
    path("<uuid:round_id>/evidence/<uuid:evidence_id>", views.evidence.download, name="evidence"),
    path("<uuid:round_id>/evidence/<uuid:evidence_id>/remove", views.evidence.remove, name="remove_evidence"),
    path("<uuid:round_id>/evidence/<uuid:evidence_id>/put-back", views.evidence.put_back, name="put_back_evidence"),
    # ready/<round>/condition/<condition>
    path("<uuid:round_id>/condition/<slug:condition_id>", views.answers.condition, name="condition"),
    path("<uuid:round_id>/condition/<slug:condition_id>/answer", views.answers.save_answer, name="save_answer"),
    path("<uuid:round_id>/condition/<slug:condition_id>/evidence", views.evidence.add, name="add_evidence"),
    path("<uuid:round_id>/condition/<slug:condition_id>/task", views.answers.make_task, name="make_task"),
]
