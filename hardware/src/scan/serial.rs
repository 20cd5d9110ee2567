//! Handheld scanners on a serial port.
