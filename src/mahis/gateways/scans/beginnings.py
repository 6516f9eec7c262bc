"""How files of each kind begin; what a sender says of a file is not believed."""

PDF = b"%PDF-"
PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"
