"""Files are counted while they arrive, known by what they hold, not trusted for their name."""

import io

import pytest
from django.conf import settings as django_settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http.multipartparser import MultiPartParserError
from django.test import Client, RequestFactory
from django.utils import translation

from mahis.domain.form_refusals import FileNotAPdf, FileTooLarge
from mahis.web import downloads, house_rules, refusals, uploads
from mahis.web.upload_refusals import FileEmpty, FileOfOtherType, NoFileChosen, OneFileOnly
from mahis.web.uploads import MediaType, UploadTooLarge

PDF = b"%PDF-1.7\n" + b"x" * 500
PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 500
JPEG = b"\xff\xd8\xff\xe0" + b"x" * 500
LARGEST = 100_000
BORDER = "border"
MULTIPART = f"multipart/form-data; boundary={BORDER}"


@pytest.fixture(autouse=True)
def _limit(settings):
    """Accept a little only, so that tests need not send megabytes."""
    settings.LARGEST_UPLOAD = LARGEST


def posted(**files):
    """Give a request in which files were sent by name."""
    sent = {name: [SimpleUploadedFile(*each) for each in found] for name, found in files.items()}
    return RequestFactory().post("/somewhere/", sent)


def raw(body, *, length=None, content_type=MULTIPART):
    """Give a request with a body as no browser would send it."""
    request = RequestFactory().generic("POST", "/somewhere/", body, content_type)
    if length is not None:
        request.META["CONTENT_LENGTH"] = str(length)
    return request


def part(name, file_name, data, *headers):
    """Give one part of a multipart body, headers and all."""
    lines = [f'Content-Disposition: form-data; name="{name}"; filename="{file_name}"', *headers]
    return f"--{BORDER}\r\n".encode() + "\r\n".join(lines).encode() + b"\r\n\r\n" + data + b"\r\n"


END = f"--{BORDER}--\r\n".encode()


class _Counted(io.BytesIO):
    """A body that knows how much of it was read."""

    taken = 0

    def read(self, size=-1):
        got = super().read(size)
        self.taken += len(got)
        return got


class TestWhatArrives:
    @pytest.mark.parametrize(
        ("data", "kind"),
        [(PDF, MediaType.PDF), (PNG, MediaType.PNG), (JPEG, MediaType.JPEG), (b"<html>", None)],
    )
    def test_is_known_by_what_it_holds_and_not_by_its_name(self, data, kind):
        received = uploads.one(posted(file=[("picture.exe", data, "text/html")]))
        assert (received.data, received.media_type) == (data, kind)

    def test_has_to_be_there(self):
        with pytest.raises(NoFileChosen):
            uploads.one(posted())

    def test_has_to_hold_something(self):
        with pytest.raises(FileEmpty) as caught:
            uploads.one(posted(file=[("nothing.pdf", b"")]))
        with translation.override("en"):
            assert "nothing.pdf is empty" in refusals.explain(caught.value)

    def test_is_one_where_one_is_wanted(self):
        with pytest.raises(OneFileOnly):
            uploads.one(posted(file=[("a.pdf", PDF), ("b.pdf", PDF)]))

    def test_is_a_pdf_where_a_signed_form_is_wanted(self):
        assert uploads.one_pdf(posted(file=[("form.pdf", PDF)])).data == PDF
        with pytest.raises(FileNotAPdf):
            uploads.one_pdf(posted(file=[("form.pdf", PNG)]))

    def test_keeps_its_order_where_there_are_several(self):
        request = posted(files=[("2.png", PNG), ("1.jpg", JPEG), ("3.pdf", PDF)])
        kinds = [each.media_type for each in uploads.several(request, name="files")]
        assert kinds == [MediaType.PNG, MediaType.JPEG, MediaType.PDF]

    def test_is_named_where_one_of_several_is_of_another_type(self):
        with pytest.raises(FileOfOtherType) as caught:
            uploads.several(
                posted(files=[("1.png", PNG), ("letter.docx", b"PK\x03\x04")]), name="files"
            )
        with translation.override("en"):
            assert "letter.docx" in refusals.explain(caught.value)


class TestNames:
    @pytest.mark.parametrize(
        ("sent", "read"),
        [
            ("../../etc/passwd", "passwd"),
            ("C:\\\\temp\\\\form.pdf", "form.pdf"),
            ("invoice\u202efdp.exe", "invoicefdp.exe"),
            ("a&#13;&#10;Set-Cookie: x=y.pdf", "aSet-Cookie: x=y.pdf"),
            ("a\x00b.pdf", "ab.pdf"),
            ("Ünterschrift 社会.pdf", "Ünterschrift 社会.pdf"),
        ],
    )
    def test_are_cleaned_of_folders_and_of_what_cannot_be_seen(self, sent, read):
        request = raw(part("file", sent, PDF) + END)
        assert uploads.one(request).name == read

    @pytest.mark.parametrize("name", ["a." + "x" * 800, "é" * 400, "😀." + "😀" * 200, "." * 300])
    def test_may_be_of_any_length(self, name):
        assert len(uploads.one(raw(part("file", name, PDF) + END)).name) <= 120

    @pytest.mark.parametrize("name", ["..", ".", "/", "\\\\", "\x01"])
    def test_that_are_none_make_no_file(self, name):
        with pytest.raises(NoFileChosen):
            uploads.one(raw(part("file", name, PDF) + END))


class TestTooMuch:
    def test_is_refused_by_the_length_announced_before_anything_is_read(self):
        request = raw(END, length=LARGEST * 10)
        request._stream = body = _Counted(END)
        with pytest.raises(UploadTooLarge):
            _ = request.POST
        assert body.taken == 0

    def test_is_no_longer_read_once_it_is_too_much(self):
        sent = part("file", "large.pdf", b"x" * LARGEST * 20) + END
        request = raw(sent, length=LARGEST + 1)
        request._stream = body = _Counted(sent)
        with pytest.raises(UploadTooLarge):
            _ = request.FILES
        assert body.taken < LARGEST * 2

    def test_is_counted_over_all_files_together(self):
        half = b"x" * (LARGEST // 2 + 10)
        with pytest.raises(UploadTooLarge):
            _ = posted(files=[("1.pdf", half), ("2.pdf", half)]).FILES

    def test_does_not_hide_behind_an_encoding(self):
        encoded = b"eHh4" * LARGEST
        body = part("file", "a.pdf", encoded, "Content-Transfer-Encoding: base64") + END
        with pytest.raises(UploadTooLarge):
            _ = raw(body, length=LARGEST).FILES

    def test_is_not_a_file_of_exactly_the_size_allowed(self):
        data = PDF.ljust(LARGEST, b"x")
        assert len(uploads.one(posted(file=[("a.pdf", data)])).data) == LARGEST

    @pytest.mark.django_db
    def test_gets_a_page_with_the_limit_and_the_way_back(self):
        browser = Client(headers={"accept-language": "en"})
        files = {"language": "en", "file": io.BytesIO(b"x" * LARGEST * 3)}
        answer = browser.post("/language/", files, headers={"referer": "http://testserver/login/"})
        assert answer.status_code == 413
        page = answer.content.decode()
        assert "at most 98 kB" in page
        assert 'href="/login/"' in page

    def test_is_told_alike_wherever_it_is_noticed(self):
        refusal = UploadTooLarge().refusal
        assert isinstance(refusal, FileTooLarge)
        assert refusals.status_of(refusal) == 413
        assert issubclass(UploadTooLarge, RequestDataTooBig)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\x00" * 500,
        b"--border",
        b"--border\r\n\r\n\r\n--border--",
        END,
        part("file", "a.pdf", b"cut off"),
        part("file", "a.pdf", b"@@@@", "Content-Transfer-Encoding: base64") + END,
        part("file", "a.pdf", b"eHg", "Content-Transfer-Encoding: base64") + END,
        part("file", "a.pdf", PDF, "Content-Type: text/plain; charset=no-such-thing") + END,
        part("file", "a.pdf", PDF, "Content-Length: -5") + END,
        part("", "a.pdf", PDF) + END,
        part("file", "a.pdf", PDF, "X: " + "y" * 5000) + END,
        part("file", "a.pdf", PDF).replace(b'filename="a.pdf"', b"filename*=UTF-8''%ff%fe") + END,
        b"--border\r\nContent-Disposition: form-data; filename=a.pdf\r\n\r\nx\r\n" + END,
        b"".join(part("file", f"{number}.pdf", b"x") for number in range(150)) + END,
    ],
)
@pytest.mark.parametrize(
    "content_type", [MULTIPART, "multipart/form-data", "multipart/form-data; boundary=é"]
)
def test_garbage_is_no_error_of_ours(body, content_type):
    browser = Client(headers={"accept-language": "en"}, raise_request_exception=False)
    answer = browser.generic("POST", "/language/", body, content_type)
    assert answer.status_code in {302, 303, 400, 403}


def test_a_file_that_breaks_off_is_not_handed_on():
    request = raw(part("file", "a.pdf", PDF)[:-100])
    with pytest.raises((NoFileChosen, MultiPartParserError)):
        uploads.one(request)


def test_ten_mebibytes_are_taken_unless_an_operator_says_otherwise(monkeypatch, settings):
    from mahis.config import rules

    monkeypatch.delenv("MAHIS_LARGEST_UPLOAD", raising=False)
    settings.LARGEST_UPLOAD = rules.largest_upload()
    assert house_rules.largest_upload() == 10 * 2**20
    monkeypatch.setenv("MAHIS_LARGEST_UPLOAD", "200000")
    assert rules.largest_upload() == 200_000


def test_no_other_handler_takes_files():
    assert django_settings.FILE_UPLOAD_HANDLERS == ["mahis.web.uploads.BoundedUpload"]


class TestDownloads:
    def test_are_saved_and_never_opened_as_pages(self):
        answer = downloads.attachment(data=PDF, name="a.pdf", media_type="application/pdf")
        assert answer.content == PDF
        assert answer["Content-Type"] == "application/pdf"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"].startswith("sandbox;")
        assert "no-store" in answer["Cache-Control"]

    @pytest.mark.parametrize(
        ("name", "header"),
        [
            ("form-2026-0001234.pdf", 'attachment; filename="form-2026-0001234.pdf"'),
            (
                "Vollmacht ä.pdf",
                "attachment; filename=\"Vollmacht a.pdf\"; filename*=UTF-8''Vollmacht%20%C3%A4.pdf",
            ),
            ('a"\r\nSet-Cookie: x=y;.pdf', 'attachment; filename="a-Set-Cookie- x-y-.pdf"'),
            ("../../etc/passwd", 'attachment; filename="etc-passwd"'),
            ("\u202egnp.pdf", 'attachment; filename="gnp.pdf"'),
            ("", 'attachment; filename="document"'),
            (
                "社会",
                "attachment; filename=\"document\"; filename*=UTF-8''%E7%A4%BE%E4%BC%9A",
            ),
        ],
    )
    def test_have_a_name_that_every_system_takes(self, name, header):
        answer = downloads.attachment(data=b"", name=name, media_type="application/pdf")
        assert answer["Content-Disposition"] == header
