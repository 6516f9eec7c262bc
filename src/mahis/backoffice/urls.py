"""Addresses of the officers' screens, all under /office/."""

from django.urls import URLPattern, URLResolver, path

from mahis.backoffice import (
    applications,
    attaching,
    authorisations,
    closing,
    deciding,
    documents,
    enterprise,
    finding,
    groups,
    history,
    home,
    letters,
    memberships,
    notice_preview,
    notices,
    operations,
    scan_pages,
    scans,
    searching,
    trust,
)

_ONE = "mandates/<authorisation:reference>/"
_DOCUMENT = f"{_ONE}documents/<document:number>/"
_SCAN = "scans/<authorisation:reference>/"
_GROUP = "groups/<code:code>/"
_MEMBERSHIP = f"{_GROUP}applications/<int:number>/"
_APPLICATION = "applications/<code:code>/"

app_name = "backoffice"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("mandates/", searching.search, name="search"),
    path(_ONE, authorisations.authorisation, name="authorisation"),
    path(f"{_ONE}<place:place>/", authorisations.mandate, name="mandate"),
    path(f"{_ONE}history/", history.history, name="history"),
    path(f"{_ONE}close/", closing.close, name="close"),
    path(f"{_ONE}close/confirm/", closing.confirm, name="close_confirm"),
    path(f"{_ONE}attach/", attaching.attach, name="attach"),
    path(_DOCUMENT, documents.download, name="document"),
    path(f"{_DOCUMENT}report/", documents.report, name="document_report"),
    path(f"{_DOCUMENT}report.json", documents.report_for_machines, name="document_report_json"),
    path("scans/", scans.queue, name="scans"),
    path("scans/next/", scans.take_next, name="scan_next"),
    path(_SCAN, deciding.show, name="scan"),
    path(f"{_SCAN}claim/", scans.claim, name="scan_claim"),
    path(f"{_SCAN}release/", scans.release, name="scan_release"),
    path(f"{_SCAN}approve/", deciding.approve, name="scan_approve"),
    path(f"{_SCAN}reject/", deciding.reject, name="scan_reject"),
    path(f"{_SCAN}pages/<place:page>.png", scan_pages.picture, name="scan_page"),
    path("trust/", trust.trust, name="trust"),
    path("notices/preview/", notice_preview.preview, name="notice_preview"),
    path("notices/preview/letter.pdf", notice_preview.letter, name="notice_preview_letter"),
    path("notices/<uuid:notice>/", notices.one, name="notice"),
    path("notices/<uuid:notice>/letter.pdf", notices.letter, name="notice_letter"),
    path("operations/", operations.operations, name="operations"),
    path("operations/send-again/", operations.send_again, name="send_again"),
    path("letters/", letters.letters, name="letters"),
    path("letters/addresses/", letters.look_again, name="letter_addresses"),
    path("letters/<document:number>/list.csv", letters.manifest, name="letter_manifest"),
    path("letters/<document:number>/package.zip", letters.package, name="letter_package"),
    path("find/", finding.find, name="find"),
    path("enterprises/<enterprise:number>/", enterprise.enterprise, name="enterprise"),
    path("groups/", groups.groups, name="groups"),
    path("new-group/", groups.add, name="group_add"),
    path(_GROUP, groups.group, name="group"),
    path(f"{_GROUP}correct/", groups.correct, name="group_correct"),
    path(f"{_GROUP}end/", groups.end, name="group_end"),
    path(f"{_GROUP}hand-back/", groups.hand_back, name="group_hand_back"),
    path(f"{_GROUP}put-in/", memberships.add, name="membership_add"),
    path(_MEMBERSHIP, memberships.correct, name="membership"),
    path(f"{_MEMBERSHIP}take-out/", memberships.remove, name="membership_remove"),
    path("applications/", applications.applications, name="applications"),
    path("new-application/", applications.add, name="application_add"),
    path(_APPLICATION, applications.application, name="application"),
    path(f"{_APPLICATION}correct/", applications.correct, name="application_correct"),
    path(f"{_APPLICATION}end/", applications.end, name="application_end"),
    path(f"{_APPLICATION}hand-back/", applications.hand_back, name="application_hand_back"),
]
