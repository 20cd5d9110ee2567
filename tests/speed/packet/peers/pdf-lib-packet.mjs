// Draws packet.json with pdf-lib: PACKET OUT RUNS. Prints what process.rs prints.
import { readFileSync, writeFileSync } from 'node:fs'
import fontkit from '@pdf-lib/fontkit'
import { PDFDocument, grayscale } from 'pdf-lib'

const [, , json, out, runs] = process.argv
const packet = JSON.parse(readFileSync(json, 'utf8'))
const files = packet.fonts.map((path) => readFileSync(path))
const cpu = () => (process.cpuUsage().user + process.cpuUsage().system) / 1e3

async function draw() {
  const document = await PDFDocument.create()
  document.registerFontkit(fontkit)
  const fonts = []
  for (const file of files) fonts.push(await document.embedFont(file, { subset: true }))
  for (const content of packet.pages) {
    const page = document.addPage([595.276, 841.89])
    for (const [x, y, width, height, borderWidth, grey] of content.rects) {
      page.drawRectangle({
        x, y, width, height, borderWidth,
        borderColor: borderWidth > 0 ? grayscale(0) : undefined,
        color: grey >= 0 ? grayscale(grey) : undefined,
      })
    }
    for (const [x1, y1, x2, y2, thickness] of content.lines) {
      page.drawLine({ start: { x: x1, y: y1 }, end: { x: x2, y: y2 }, thickness })
    }
    for (const [x, y, w, h, borderWidth] of content.ellipses) {
      page.drawEllipse({ x: x + w / 2, y: y + h / 2, xScale: w / 2, yScale: h / 2, borderWidth, borderColor: grayscale(0) })
    }
    if (content.modules.length > 0) {
      const path = content.modules.map(([x, y, w, h]) => `M${x} ${-y}h${w}v${-h}h${-w}z`).join('')
      page.drawSvgPath(path, { x: 0, y: 0, color: grayscale(0) })
    }
    for (const [font, size, x, y, text] of content.texts) page.drawText(text, { x, y, size, font: fonts[font] })
  }
  return document.save()
}

const first = await draw()
const cold = cpu()
writeFileSync(out, first)
const times = []
for (let run = 0; run < Number(runs); run += 1) {
  const start = cpu()
  await draw()
  times.push(cpu() - start)
}
times.sort((left, right) => left - right)
const peak = Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1])
console.log(JSON.stringify({ cold_ms: cold, warm_ms: times[times.length >> 1] ?? 0, peak_kib: peak }))
