"""Addresses of ‘Are we ready?’."""

from django.urls import path

from samenspraak.readiness import views

app_name = "readiness"
urlpatterns = [
    # ready/
    path("", views.rounds.rounds, name="rounds"),
    path("start", views.rounds.start, name="start"),
    path("conditions-form.<str:kind>", views.papers.blank_form, name="blank_form"),
    # ready/self-assessment/
    path("self-assessment", views.assessment.assessments, name="assessments"),
    path("self-assessment/start", views.assessment.start, name="start_assessment"),
    path("self-assessment/type-in", views.assessment.type_in, name="type_in_assessment"),
    path("self-assessment/over-time", views.assessment.over_time, name="assessments_over_time"),
    path("self-assessment/take-back", views.assessment.take_back, name="take_back_insight"),
    path("self-assessment/form.<str:kind>", views.papers.statements_form, name="statements_form"),
    path("self-assessment/asked/<str:key>", views.guests.guest, name="guest_assessment"),
    path("self-assessment/from/<uuid:row_id>/<slug:element_id>", views.teams.from_assessment, name="from_assessment"),
    # ready/self-assessment/team
    path("self-assessment/team/start", views.teams.start, name="start_team"),
    path("self-assessment/team/over-time", views.teams.over_time, name="teams_over_time"),
    path("self-assessment/team/<uuid:team_id>", views.teams.team, name="team"),
    path("self-assessment/team/<uuid:team_id>/join", views.teams.join, name="join_team"),
    path("self-assessment/team/<uuid:team_id>/hand-in", views.teams.hand_in, name="hand_in"),
    path("self-assessment/team/<uuid:team_id>/ask", views.teams.ask, name="ask_to_join"),
    path("self-assessment/team/<uuid:team_id>/type-in", views.teams.type_in, name="type_in_team"),
    path("self-assessment/team/<uuid:team_id>/close", views.teams.close, name="close_team"),
    path("self-assessment/team/<uuid:team_id>/task", views.teams.make_task, name="team_task"),
    path("self-assessment/team/<uuid:team_id>/result.<str:kind>", views.papers.team_result, name="team_paper"),
    # ready/self-assessment/<assessment>
    path("self-assessment/<uuid:assessment_id>", views.assessment.assessment, name="assessment"),
    path("self-assessment/<uuid:assessment_id>/finish", views.assessment.finish, name="finish_assessment"),
    path("self-assessment/<uuid:assessment_id>/share", views.assessment.share, name="share_assessment"),
    path("self-assessment/<uuid:assessment_id>/task", views.assessment.make_task, name="assessment_task"),
    path("self-assessment/<uuid:assessment_id>/result.<str:kind>", views.papers.result, name="assessment_paper"),
    path("self-assessment/<uuid:assessment_id>/at/<slug:element_id>", views.assessment.statements, name="statements"),
    path(
        "self-assessment/<uuid:assessment_id>/at/<slug:element_id>/save",
        views.assessment.save_statements,
        name="save_statements",
    ),
    # ready/voice/: what whoever was asked opens, without an account
    path("voice/<str:key>", views.voice.voice, name="voice"),
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
    # ready/<round>/voices/
    path("<uuid:round_id>/voices", views.voices.voices, name="voices"),
    path("<uuid:round_id>/voices/ask", views.voices.ask, name="ask"),
    path("<uuid:round_id>/voices/remind", views.voices.remind, name="remind"),
    path("<uuid:round_id>/voices/<uuid:guest_id>/withdraw", views.voices.withdraw, name="withdraw_question"),
    # ready/<round>/evidence/
    path("<uuid:round_id>/evidence/<uuid:evidence_id>", views.evidence.download, name="evidence"),
    path("<uuid:round_id>/evidence/<uuid:evidence_id>/remove", views.evidence.remove, name="remove_evidence"),
    path("<uuid:round_id>/evidence/<uuid:evidence_id>/put-back", views.evidence.put_back, name="put_back_evidence"),
    # ready/<round>/condition/<condition>
    path("<uuid:round_id>/condition/<slug:condition_id>", views.answers.condition, name="condition"),
    path("<uuid:round_id>/condition/<slug:condition_id>/answer", views.answers.save_answer, name="save_answer"),
    path("<uuid:round_id>/condition/<slug:condition_id>/evidence", views.evidence.add, name="add_evidence"),
    path("<uuid:round_id>/condition/<slug:condition_id>/task", views.answers.make_task, name="make_task"),
    # ready/<round>/needs/<instrument>
    path("<uuid:round_id>/needs/<slug:instrument>", views.instruments.instrument, name="instrument"),
    path("<uuid:round_id>/needs/<slug:instrument>/save", views.instruments.save_instrument, name="save_instrument"),
    path("<uuid:round_id>/needs/<slug:instrument>.<str:kind>", views.papers.instrument_paper, name="instrument_paper"),
    path("needs/<slug:instrument>-form.<str:kind>", views.papers.blank_instrument, name="blank_instrument"),
    # ready/<round>/signing
    path("<uuid:round_id>/signing", views.signing.ask, name="ask_signature"),
    path("<uuid:round_id>/signing/<uuid:guest_id>/remind", views.signing.remind, name="remind_signer"),
    path("<uuid:round_id>/signing/<uuid:guest_id>/withdraw", views.signing.withdraw, name="withdraw_signer"),
    # ready/sign/<key>
    path("sign/<str:key>", views.signing.sign, name="sign"),
    path("<uuid:round_id>/condition/<slug:condition_id>/voices", views.voices.voices_on, name="voices_on"),
]
