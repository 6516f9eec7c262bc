"""Addresses of the officers' screens, all under /office/."""

from django.urls import URLPattern, URLResolver, path

from mahis.backoffice import (
    authorisations,
    closing,
    deciding,
    documents,
    history,
    home,
    letters,
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

app_name = "backoffice"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("mandates/", searching.search, name="search"),
    path(_ONE, authorisations.authorisation, name="authorisation"),
    path(f"{_ONE}<place:place>/", authorisations.mandate, name="mandate"),
    path(f"{_ONE}history/", history.history, name="history"),
    path(f"{_ONE}close/", closing.close, name="close"),
    path(f"{_ONE}close/confirm/", closing.confirm, name="close_confirm"),
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
]
