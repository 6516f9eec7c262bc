"""Plain pages with signature fields, for tests that sign without a form of the house."""

import io

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter
from pyhanko.sign import fields


def form(*names: str) -> bytes:
    """A page with an empty visible signature field of each name."""
    writer = PdfFileWriter()
    content = writer.add_object(generic.StreamObject(stream_data=b""))
    writer.insert_page(PageObject(contents=content, media_box=(0, 0, 595, 842)))
    written = io.BytesIO()
    writer.write(written)
    update = IncrementalPdfFileWriter(written)
    for place, name in enumerate(names):
        box = (50, 100 + 100 * place, 250, 170 + 100 * place)
        fields.append_signature_field(update, fields.SigFieldSpec(name, box=box))
    update.write_in_place()
    return written.getvalue()
