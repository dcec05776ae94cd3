"""The tests' own CUPS hands what is printed to whoever listens."""

import socket
from pathlib import Path

from tests.labels.transport.cups_server import PDF_PRINTER, CupsServer


def all_from(listener: socket.socket) -> bytes:
    connection, _ = listener.accept()
    with connection, connection.makefile("rb") as stream:
        return stream.read()


def test_a_raw_queue_hands_on_the_bytes_and_a_pdf_printer_a_pdf(
    private_cups: CupsServer, tmp_path: Path
) -> None:
    (tmp_path / "page").write_bytes(b"SIZE 50 mm,30 mm\r\n\x00\xff")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(30)
        device = f"socket://127.0.0.1:{listener.getsockname()[1]}"
        raw = private_cups.add_queue("fixture-raw", device)
        private_cups.run("lp", "-d", raw, "-o", "raw", str(tmp_path / "page"))
        assert all_from(listener) == b"SIZE 50 mm,30 mm\r\n\x00\xff"

        pdf = private_cups.add_queue("fixture-pdf", device, ppd=PDF_PRINTER)
        private_cups.run("lp", "-d", pdf, __file__)
        assert b"%PDF-1." in all_from(listener)  # a printer's job language may stand around it
