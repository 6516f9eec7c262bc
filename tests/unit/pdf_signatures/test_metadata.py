"""Metadata are held against each other by what they say, however software writes them."""

import pytest
from pyhanko.pdf_utils import generic

from mahis.gateways.pdf_signatures.metadata import same_metadata

_FRAME = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"'
    ' xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:pdf="http://ns.adobe.com/pdf/1.3/"'
    ' xmlns:xmp="http://ns.adobe.com/xap/1.0/"'
    ' xmlns:mm="http://ns.adobe.com/xap/1.0/mm/"'
    ' xmlns:e="http://ns.adobe.com/xap/1.0/sType/ResourceEvent#"><rdf:RDF>{}</rdf:RDF></x:xmpmeta>'
)
_TITLE = (
    '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Authorisation</rdf:li></rdf:Alt></dc:title>'
)


def _described(inside: str, attributes: str = "") -> str:
    return f'<rdf:Description rdf:about="" {attributes}>{inside}</rdf:Description>'


def _stream(said: str, **entries: str) -> generic.StreamObject:
    content = _FRAME.format(said) if "<x:xmpmeta" not in said else said
    dictionary = generic.DictionaryObject(
        {generic.pdf_name(f"/{key}"): generic.pdf_name(value) for key, value in entries.items()}
    )
    return generic.StreamObject(dictionary, stream_data=content.encode())


_SAME = {
    "an attribute for an element": (
        _described("<pdf:Keywords>form 2</pdf:Keywords>"),
        _described("", 'pdf:Keywords="form 2"'),
    ),
    "another order": (
        _described("<pdf:Keywords>form 2</pdf:Keywords>" + _TITLE),
        _described(_TITLE + "<pdf:Keywords>form 2</pdf:Keywords>"),
    ),
    "two descriptions for one": (
        _described("<pdf:Keywords>form 2</pdf:Keywords>" + _TITLE),
        _described(_TITLE) + _described("", 'pdf:Keywords="form 2"'),
    ),
    "a description for its shorthand": (
        _described('<mm:History rdf:parseType="Resource"><e:action>a</e:action></mm:History>'),
        _described('<mm:History><rdf:Description e:action="a"/></mm:History>'),
    ),
    "an attribute for a description": (
        _described('<mm:History><rdf:Description e:action="a"/></mm:History>'),
        _described('<mm:History e:action="a"/>'),
    ),
    "an address for a text": (
        _described("<dc:source>http://example.test/</dc:source>"),
        _described('<dc:source rdf:resource="http://example.test/"/>'),
    ),
    "blanks and comments": (
        _described("<pdf:Keywords>form 2</pdf:Keywords>"),
        _described("\n <!-- saved --> <pdf:Keywords> form 2 </pdf:Keywords>\n"),
    ),
    "when and by what it was saved": (
        _described("<xmp:ModifyDate>2026</xmp:ModifyDate>" + _TITLE),
        _described(
            f"<xmp:MetadataDate>2027</xmp:MetadataDate><mm:InstanceID>9</mm:InstanceID>{_TITLE}",
            'xmp:ModifyDate="2027" pdf:Producer="a reader"',
        ),
    ),
}
_ANOTHER = {
    "another title": (_described(_TITLE), _described(_TITLE.replace("Auth", "De-auth"))),
    "no title": (_described(_TITLE), _described("")),
    "a second title": (_described(_TITLE), _described(_TITLE + _TITLE)),
    "the title in one more language": (
        _described(_TITLE),
        _described(_TITLE.replace("</rdf:Alt>", '<rdf:li xml:lang="fr">Rien</rdf:li></rdf:Alt>')),
    ),
    "the title in another language": (
        _described(_TITLE),
        _described(_TITLE.replace("x-default", "fr")),
    ),
    "another property": (_described(_TITLE), _described(_TITLE, 'pdf:Keywords="form 3"')),
    "a date deeper inside": (
        _described('<mm:History><rdf:Description e:when="2026"/></mm:History>'),
        _described('<mm:History><rdf:Description e:when="2027"/></mm:History>'),
    ),
    "a date of saving deeper inside": (
        _described(_TITLE),
        _described(f'{_TITLE}<mm:History><rdf:Description xmp:ModifyDate="1"/></mm:History>'),
    ),
    "a property of a like name": (
        _described("<xmp:ModifyDate>1</xmp:ModifyDate>"),
        _described("<dc:ModifyDate>1</dc:ModifyDate>"),
    ),
    "no metadata": (_described(_TITLE), "<x:xmpmeta xmlns:x='adobe:ns:meta/'/>"),
    "no XML": (_described(_TITLE), "<x:xmpmeta"),
    "an entity": (
        _described(_TITLE),
        '<!DOCTYPE x:xmpmeta [<!ENTITY a "">]>' + _FRAME.format(_described(_TITLE)),
    ),
}


@pytest.mark.parametrize("case", _SAME, ids=str)
def test_another_way_of_writing_is_the_same(case):
    one, other = map(_stream, _SAME[case])
    assert same_metadata(one, other)
    assert same_metadata(other, one)


@pytest.mark.parametrize("case", _ANOTHER, ids=str)
def test_another_statement_is_another(case):
    one, other = map(_stream, _ANOTHER[case])
    assert same_metadata(one, one)
    assert not same_metadata(one, other)
    assert not same_metadata(other, one)


def test_what_is_no_stream_of_metadata_is_another():
    stream = _stream(_described(_TITLE))
    assert not same_metadata(stream, None)
    assert not same_metadata(stream, generic.DictionaryObject())
    assert not same_metadata(stream, _stream(_described(_TITLE), Subtype="Image"))
