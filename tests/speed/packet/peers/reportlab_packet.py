"""Draws packet.json with ReportLab: PACKET OUT RUNS. Prints what process.rs prints."""

import io
import json
import sys
import time

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas

packet = json.load(open(sys.argv[1], encoding="utf-8"))
for number, path in enumerate(packet["fonts"]):
    pdfmetrics.registerFont(TTFont(f"F{number}", path))


def draw():
    out = io.BytesIO()
    page = canvas.Canvas(out, pagesize=(595.276, 841.89), pageCompression=1, invariant=1)
    for content in packet["pages"]:
        for x, y, w, h, width, grey in content["rects"]:
            if grey >= 0:
                page.setFillGray(grey)
                page.rect(x, y, w, h, stroke=0, fill=1)
            if width > 0:
                page.setLineWidth(width)
                page.rect(x, y, w, h, stroke=1, fill=0)
        for x1, y1, x2, y2, width in content["lines"]:
            page.setLineWidth(width)
            page.line(x1, y1, x2, y2)
        for x, y, w, h, width in content["ellipses"]:
            page.setLineWidth(width)
            page.ellipse(x, y, x + w, y + h)
        page.setFillGray(0)
        if content["modules"]:
            path = page.beginPath()
            for x, y, w, h in content["modules"]:
                path.rect(x, y, w, h)
            page.drawPath(path, stroke=0, fill=1)
        for font, size, x, y, text in content["texts"]:
            page.setFont(f"F{font}", size)
            page.drawString(x, y, text)
        page.showPage()
    page.save()
    return out.getvalue()


first = draw()
cold = time.process_time()
open(sys.argv[2], "wb").write(first)
times = []
for _ in range(int(sys.argv[3])):
    start = time.process_time()
    draw()
    times.append(time.process_time() - start)
times.sort()
peak = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
warm = times[len(times) // 2] if times else 0
print(json.dumps({"cold_ms": cold * 1e3, "warm_ms": warm * 1e3, "peak_kib": peak}))
