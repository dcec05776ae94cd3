"""The proxy's file as it is shipped, in a real nginx with TLS, before the real service."""

import datetime
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from station.store.engine import sqlite_url
from tests.sync.service_process import ROOT, ServiceProcess
from tests.sync.site.visitor import Visitor

NAME = "sync.example.vn"
SHIPPED = ROOT / "resources/service/nginx.conf"
PATIENCE_S = 10
AROUND = """\
daemon off;
pid {folder}/pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


def write_certificate(folder: Path) -> None:
    """A certificate that nobody signed but itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    plain = serialization.NoEncryption()
    as_key = serialization.PrivateFormat.PKCS8
    (folder / "certificate.pem").write_bytes(certificate.public_bytes(pem))
    (folder / "key.pem").write_bytes(key.private_bytes(pem, as_key, plain))


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as held:
        return int(held.getsockname()[1])


@pytest.fixture(scope="module")
def front() -> Iterator[str]:
    """The address of the proxy."""
    with tempfile.TemporaryDirectory(prefix="nginx-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # its workers are another account
        process = ServiceProcess(
            sqlite_url(folder / "central.sqlite"), folder / "log", "--proxy-headers", "127.0.0.1"
        )
        write_certificate(folder)
        port = free_port()
        live = f"/etc/letsencrypt/live/{NAME}"
        site = SHIPPED.read_text(encoding="utf-8")
        for shipped, here in (
            (f"{live}/fullchain.pem", f"{folder}/certificate.pem"),
            (f"{live}/privkey.pem", f"{folder}/key.pem"),
            ("listen 443 ssl;", f"listen 127.0.0.1:{port} ssl;"),
            ("listen [::]:443 ssl;", ""),
            ("127.0.0.1:8470", process.address.removeprefix("http://")),
        ):
            assert shipped in site
            site = site.replace(shipped, here)
        (folder / "site.conf").write_text(site)
        (folder / "nginx.conf").write_text(AROUND.format(folder=folder))
        program = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/bin")
        assert program, "Debian's package nginx-light is missing"
        nginx = subprocess.Popen(
            [program, "-p", str(folder), "-c", str(folder / "nginx.conf")],
            stderr=subprocess.DEVNULL,
        )
        try:
            wait_until_it_listens(port, nginx, folder)
            yield f"https://127.0.0.1:{port}"
        finally:
            nginx.terminate()
            nginx.wait()
            process.stop()


def wait_until_it_listens(port: int, nginx: subprocess.Popen[bytes], folder: Path) -> None:
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        assert nginx.poll() is None, (folder / "error.log").read_text()
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("nginx does not listen")


def test_over_tls_cookies_are_bound_to_the_host_and_plain_connections_forbidden(
    front: str,
) -> None:
    answer = httpx.get(f"{front}/", verify=False)  # noqa: S501 -- the test's own certificate

    assert answer.status_code == 200
    assert "max-age" in answer.headers["Strict-Transport-Security"]
    assert answer.headers.get_list("Strict-Transport-Security") == ["max-age=31536000"]
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-")
    assert "Secure" in cookie


def test_a_form_passes_the_proxy(front: str) -> None:
    with Visitor(front, verify=False) as visitor:
        visitor.get("/").send({"code": "no code"})

        assert visitor.wrong.keys() == {"code"}


def test_the_service_answers_points_through_the_proxy(front: str) -> None:
    answer = httpx.get(f"{front}/v1/health", verify=False)  # noqa: S501 -- the same

    assert answer.json()["service"] == "station-central"
