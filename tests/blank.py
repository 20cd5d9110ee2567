"""Blank forms as other programs write them, honest and not: python3 blank.py KIND FILE (Debian python3-reportlab)."""

import sys
import zlib

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas

MM = 72 / 25.4
GOTHIC = "/usr/share/fonts/truetype/bizud-gothic/BIZUDGothic-Regular.ttf"


def mark_corners(page, width, height):
    """A black square of 5 mm, 10 mm from both edges, in every corner."""
    for x in (10, width - 15):
        for y in (10, height - 15):
            page.rect(x * MM, y * MM, 5 * MM, 5 * MM, stroke=0, fill=1)


def box(page, height, label, x, y, w, h):
    """A printed box, in millimetres from the top left, with its label on the left."""
    page.rect(x * MM, (height - y - h) * MM, w * MM, h * MM)
    page.setFont("Gothic", 9)
    page.drawRightString((x - 2) * MM, (height - y - h / 2 - 1) * MM, label)


def place(height, x, y, w, h):
    """The same box as AcroForm fields want it."""
    return {"x": x * MM, "y": (height - y - h) * MM, "width": w * MM, "height": h * MM, "borderWidth": 0}


def form(file):
    """防災ラジオ借用申込書 on A4, with fields of every kind a supervisor meets."""
    page = canvas.Canvas(file, pagesize=(210 * MM, 297 * MM), invariant=1)
    page.setTitle("防災ラジオ借用申込書")
    page.setAuthor("見本 太郎")
    mark_corners(page, 210, 297)
    page.setFont("Gothic", 18)
    page.drawCentredString(105 * MM, 265 * MM, "防災ラジオ借用申込書")
    fields = page.acroForm
    box(page, 297, "フリガナ", 50, 60, 112, 8)
    for cell in range(1, 16):
        page.line((50 + cell * 7) * MM, 229 * MM, (50 + cell * 7) * MM, 237 * MM)
    fields.textfield(name="フリガナ", maxlen=16, fieldFlags="comb", fontSize=11, **place(297, 50, 60, 112, 8))
    box(page, 297, "氏名", 50, 68, 112, 14)
    fields.textfield(name="氏名", fontSize=14, **place(297, 50, 68, 112, 14))
    box(page, 297, "住所", 50, 82, 112, 16)
    fields.textfield(name="住所", fontSize=11, **place(297, 50, 82, 112, 16))
    box(page, 297, "電話番号", 50, 98, 60, 10)
    page.setFont("Gothic", 11)
    page.drawString(112 * MM, 251 * MM, "令和　　　年　　　月　　　日")
    for name, x in (("年", 121), ("月", 137), ("日", 153)):
        fields.textfield(name=name, fontSize=11, **place(297, x, 41, 8, 7))
    box(page, 297, "借りる方（署名）", 50, 130, 112, 16)
    page.showPage()
    page.setFont("Gothic", 12)
    page.drawString(20 * MM, 270 * MM, "裏面：借りるときの約束")
    page.showPage()
    page.save()


def turned(file):
    """A landscape page that is a portrait one turned by 90 degrees, cut out of a larger sheet."""
    left, bottom, width, height = 10, 15, 297, 210
    # reportlab turns the size of a turned page: this is a sheet of 240 by 330.
    page = canvas.Canvas(file, pagesize=(330 * MM, 240 * MM), invariant=1)
    page.setCropBox((left * MM, bottom * MM, (left + height) * MM, (bottom + width) * MM))
    page.setPageRotation(90)
    page.saveState()
    page.transform(0, 1, -1, 0, (left + height) * MM, bottom * MM)
    mark_corners(page, width, height)
    page.setFont("Gothic", 18)
    page.drawCentredString(width / 2 * MM, 180 * MM, "横向きの申込書")
    box(page, height, "氏名", 60, 50, 120, 14)
    page.restoreState()
    # Left, top, width and height of the box on the page as it is shown: 60, 50, 120, 14.
    page.acroForm.textfield(
        name="氏名", borderWidth=0, fontSize=14,
        x=(left + 50) * MM, y=(bottom + 60) * MM, width=14 * MM, height=120 * MM)
    page.showPage()
    page.save()


def foreign_font(file):
    """Japanese in a font that the file does not hold."""
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont

    pdfmetrics.registerFont(UnicodeCIDFont("HeiseiMin-W3"))
    page = canvas.Canvas(file, pagesize=(148 * MM, 210 * MM), invariant=1)
    page.setFont("HeiseiMin-W3", 18)
    page.drawString(20 * MM, 180 * MM, "埋め込みのない申込書")
    page.showPage()
    page.save()


def plain(objects, file):
    """Numbered objects as a file; the first one is the catalog."""
    out = bytearray(b"%PDF-1.7\n")
    starts = []
    for number, text in enumerate(objects, 1):
        starts.append(len(out))
        out += b"%d 0 obj\n" % number + text + b"\nendobj\n"
    end = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % start for start in starts)
    out += b"trailer\n<< /Root 1 0 R /Size %d >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, end)
    with open(file, "wb") as target:
        target.write(out)


def stream(content, extra=b"", packed=True):
    if packed:
        content, extra = zlib.compress(content, 6), extra + b" /Filter /FlateDecode"
    return b"<< /Length %d %s >>\nstream\n" % (len(content), extra) + content + b"\nendstream"


def one_page(page, *more):
    return [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] " + page + b" >>", *more]


def deep_tree(file):
    """A page at the end of 60,000 branches."""
    depth = 60000
    nodes = [b"<< /Type /Pages /Count 1 /Kids [%d 0 R] >>" % (number + 3) for number in range(depth)]
    leaf = b"<< /Type /Page /MediaBox [0 0 595 842] >>"
    plain([b"<< /Type /Catalog /Pages 2 0 R >>", *nodes, leaf], file)


def wide_tree(file):
    """Branches that share their twigs: 40 levels would be a million million pages."""
    levels = [b"<< /Type /Pages /Count 2 /Kids [%d 0 R %d 0 R] >>" % (level + 3, level + 3) for level in range(40)]
    plain([b"<< /Type /Catalog /Pages 2 0 R >>", *levels, b"<< /Type /Page /MediaBox [0 0 595 842] >>"], file)


def looped_tree(file):
    plain([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 1 /Kids [2 0 R] >>"], file)


def many_pages(file):
    kids = b" ".join(b"%d 0 R" % (number + 3) for number in range(2000))
    pages = [b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"] * 2000
    plain([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 2000 /Kids [" + kids + b"] >>", *pages], file)


def content_bomb(file):
    """A tenth of a megabyte that inflates to 100."""
    plain(one_page(b"/Contents 4 0 R", stream(b" " * 100_000_000)), file)


def picture_bomb(file):
    """The same among the pictures of a page."""
    extra = b"/Type /XObject /Subtype /Image /Width 20000 /Height 5000 /BitsPerComponent 8 /ColorSpace /DeviceGray"
    picture = stream(bytes(100_000_000), extra)
    plain(one_page(b"/Contents 4 0 R /Resources << /XObject << /P 5 0 R >> >>",
                   stream(b"q 500 0 0 500 0 0 cm /P Do Q"), picture), file)


def huge_picture(file):
    """A picture of four thousand million dots, said in a hundred bytes."""
    extra = b"/Type /XObject /Subtype /Image /Width 65000 /Height 65000 /BitsPerComponent 1 /ColorSpace /DeviceGray"
    plain(one_page(b"/Contents 4 0 R /Resources << /XObject << /P 5 0 R >> >>",
                   stream(b"q 500 0 0 500 0 0 cm /P Do Q"), stream(b"0", extra)), file)


def no_paper(file):
    plain([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
           b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 0 0] >>"], file)


def busy(file):
    """A page that carries everything a page can carry besides what it draws, and content that is out of balance."""
    page = (b"/Contents [4 0 R 5 0 R] /Resources 6 0 R /Annots [8 0 R 9 0 R 13 0 R] /AA << /O 10 0 R >>"
            b" /Metadata 11 0 R /PieceInfo << /X << /Private 11 0 R >> >> /Thumb 11 0 R /StructParents 3")
    objects = one_page(
        page,
        stream(b"Q q 1 0 0 1 0 0 cm /OC /Layer BDC 0 g 28.35 785.2 28.35 28.35 re f EMC", packed=False),
        stream(b"q q 2 0 0 2 9 9 cm BT /F 9 Tf (kept) Tj ET", packed=False),
        b"<< /Font << /F 7 0 R >> /Properties << /Layer 12 0 R >>"
        b" /ExtGState << /A << /LW 1 /X 10 0 R /Y 14 0 R >> >> >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>",
        b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /Rect [100 700 200 720] /AA << /K 10 0 R >> >>",
        b"<< /Type /Annot /Subtype /Stamp /Rect [0 0 9 9] /Contents (secret) >>",
        b"<< /Type /Action /S /JavaScript /JS (app.alert\\(1\\)) >>",
        stream(b"<x:xmpmeta>secret</x:xmpmeta>", b"/Type /Metadata /Subtype /XML", packed=False),
        b"<< /Type /OCG /Name (secret) >>",
        b"<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (http://example.invalid/) >> >>",
        b"<< /Type /Filespec /F (secret.exe) /EF << /F 11 0 R >> >>")
    objects[0] = (b"<< /Type /Catalog /Pages 2 0 R /OpenAction 10 0 R /Metadata 11 0 R"
                  b" /OCProperties << /OCGs [12 0 R] /D << /OFF [12 0 R] >> >>"
                  b" /AcroForm << /Fields [8 0 R] /XFA 11 0 R /DA (/F 10 Tf) >>"
                  b" /Names << /EmbeddedFiles << /Names [(secret) 14 0 R] >> /JavaScript << /Names [(j) 10 0 R] >> >> >>")
    plain(objects, file)


if __name__ == "__main__":
    pdfmetrics.registerFont(TTFont("Gothic", GOTHIC))
    globals()[sys.argv[1]](sys.argv[2])
