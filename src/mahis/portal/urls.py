"""Addresses of the companies' screens."""

from django.urls import URLPattern, URLResolver, path

from mahis.portal import (
    authorisations,
    capacity,
    closing,
    coming_back,
    delegating,
    delegations,
    documents,
    drawing_up,
    form_signing,
    home,
    identifying,
    notices,
    own_data,
    representatives,
    requesting,
    searching,
    signing,
    validating,
    withdrawing,
)

app_name = "portal"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("capacity/", capacity.choose, name="choose_capacity"),
    path("mandates/", searching.search, name="search"),
    path("mandates/new/", drawing_up.introduce, name="new"),
    path("mandates/new/<uuid:draft_id>/", drawing_up.introduce, name="draft"),
    path("mandates/new/<uuid:draft_id>/validate/", validating.validate, name="validate"),
    path("mandates/new/<uuid:draft_id>/discard/", drawing_up.discard, name="discard"),
    path("mandates/<authorisation:reference>/", authorisations.authorisation, name="authorisation"),
    path(
        "mandates/<authorisation:reference>/<place:place>/", authorisations.mandate, name="mandate"
    ),
    path("mandates/<authorisation:reference>/summary/", authorisations.summary, name="summary"),
    path("mandates/<authorisation:reference>/sign/", signing.sign, name="sign"),
    path("mandates/<authorisation:reference>/refuse/", signing.refuse, name="refuse"),
    path("mandates/<authorisation:reference>/withdraw/", signing.withdraw, name="withdraw"),
    path(
        "mandates/<authorisation:reference>/withdraw-replacement/",
        withdrawing.withdraw_replacement,
        name="withdraw_replacement",
    ),
    path("mandates/<authorisation:reference>/close/", closing.close, name="close"),
    path(
        "mandates/<authorisation:reference>/close/confirm/", closing.confirm, name="close_confirm"
    ),
    path("mandates/<authorisation:reference>/form/", form_signing.form, name="form"),
    path("mandates/<authorisation:reference>/upload/", coming_back.upload, name="upload"),
    path("mandates/<authorisation:reference>/scan/", coming_back.scan, name="scan"),
    path("mandates/<authorisation:reference>/attach/", documents.attach, name="attach"),
    path(
        "mandates/<authorisation:reference>/documents/<document:number>/",
        documents.download,
        name="document",
    ),
    path(
        "mandates/<authorisation:reference>/documents/<document:number>/report/",
        documents.report,
        name="document_report",
    ),
    path(
        "mandates/<authorisation:reference>/documents/<document:number>/report.json",
        documents.report_for_machines,
        name="document_report_json",
    ),
    path("delegations/", delegations.listed, name="delegations"),
    path("delegations/new/", delegating.choose, name="delegating_choose"),
    path(
        "delegations/new/<authorisation:reference>/<place:place>/",
        delegating.introduce,
        name="delegating",
    ),
    path(
        "delegations/new/<authorisation:reference>/<place:place>/confirm/",
        delegating.confirm,
        name="delegating_confirm",
    ),
    path("delegations/<delegation:number>/", delegations.one, name="delegation"),
    path("delegations/<delegation:number>/end/", delegations.end, name="delegation_end"),
    path("notices/", notices.told, name="notices"),
    path("notices/<uuid:notice>/", notices.one, name="notice"),
    path("notices/<uuid:notice>/letter.pdf", notices.letter, name="notice_letter"),
    path("representatives/matrix/", representatives.matrix, name="matrix"),
    path("representatives/own/", representatives.own, name="own_representatives"),
    path("identification/", identifying.conditions, name="identification"),
    path("identification/contact/", requesting.contact, name="identification_contact"),
    path("identification/check/", requesting.check, name="identification_check"),
    path("identification/<request:reference>/", requesting.receipt, name="identification_request"),
    path(
        "identification/<request:reference>/withdraw/",
        requesting.withdraw,
        name="identification_withdraw",
    ),
    path("provider/", own_data.own, name="own_data"),
    path("provider/contact/", own_data.change, name="own_contact"),
]
