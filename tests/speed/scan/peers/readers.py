"""Reads codes with zxing-cpp or zbar: frames on standard input, one line of JSON for each on standard output.

A frame is its width and height (two numbers of 32 bits, little-endian) and one byte a pixel.
"""

import json
import struct
import sys
import time

import numpy


def zxing(frame):
    import zxingcpp

    codes = zxingcpp.read_barcodes(frame, formats=zxingcpp.BarcodeFormat.QRCode)
    return [code.bytes for code in codes]


def zbar(frame):
    from pyzbar import pyzbar

    rows, columns = frame.shape
    symbols = [pyzbar.ZBarSymbol.QRCODE]
    codes = pyzbar.decode((frame.tobytes(), columns, rows), symbols=symbols)
    return [code.data for code in codes]


def main():
    read = {"zxing-cpp": zxing, "zbar": zbar}[sys.argv[1]]
    read(numpy.full((64, 64), 255, numpy.uint8))
    while head := sys.stdin.buffer.read(8):
        columns, rows = struct.unpack("<II", head)
        pixels = sys.stdin.buffer.read(columns * rows)
        frame = numpy.frombuffer(pixels, numpy.uint8).reshape(rows, columns)
        started = time.process_time()
        payloads = read(frame)
        cpu_ms = 1000 * (time.process_time() - started)
        print(json.dumps({"payloads": [list(payload) for payload in payloads], "cpu_ms": cpu_ms}), flush=True)


main()
