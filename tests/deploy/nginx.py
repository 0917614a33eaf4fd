"""The shipped nginx configuration, running on loopback with an own certificate; tests and measurements share it."""

import os
import resource
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from tests.postgres import free_port

SHIPPED = Path(__file__).parents[2] / "deploy/nginx/balaqorgau.conf"
BROTLI = "ngx_http_brotli_static_module.so"
MODULES = (Path("/usr/lib/nginx/modules"), Path("/usr/share/nginx/modules"))
DEBIAN = "apt install nginx-light libnginx-mod-http-brotli-static"
LIVE = "/etc/letsencrypt/live/balaqorgau.example"
MAIN = """
{modules}
worker_processes {workers};
worker_rlimit_nofile {files};
error_log {folder}/error.log info;
pid {folder}/nginx.pid;
daemon off;
events {{ worker_connections 8192; }}
http {{
    include {types};
    default_type application/octet-stream;
    access_log {folder}/access.log;
    client_body_temp_path {folder}/temp/body;
    proxy_temp_path {folder}/temp/proxy;
    fastcgi_temp_path {folder}/temp/fastcgi;
    uwsgi_temp_path {folder}/temp/uwsgi;
    scgi_temp_path {folder}/temp/scgi;
    include {folder}/balaqorgau.conf;
}}
"""
"""As Debian's nginx.conf, logs included, so that what keeps them empty is the shipped file alone."""


def filled(text: str, values: dict[str, str]) -> str:
    """The shipped text with its defaults replaced; an AssertionError when one of them is no longer in it."""
    for default, here in values.items():
        assert default in text, f"{default} is not in {SHIPPED}"
        text = text.replace(default, here)
    return text


@dataclass
class Nginx:
    """`start` begins nginx before the application on `upstream`; everything that it may write lies in `folder`."""

    folder: Path
    upstream: int
    site: Path
    build: Path
    workers: int = 1
    port: int = field(default_factory=free_port)
    plain_port: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | None" = None

    def configuration(self) -> str:
        """The shipped file for loopback and these folders."""
        without_six = "\n".join(line for line in SHIPPED.read_text().splitlines() if "listen [::]" not in line)
        return filled(
            without_six,
            {
                LIVE: str(self.folder),
                "listen 80;": f"listen 127.0.0.1:{self.plain_port};",
                "listen 443 ssl": f"listen 127.0.0.1:{self.port} ssl",
                "server_name balaqorgau.example": "server_name localhost",
                "https://balaqorgau.example": f"https://localhost:{self.port}",
                "127.0.0.1:8080": f"127.0.0.1:{self.upstream}",
                "/srv/balaqorgau/site": str(self.site),
                "/srv/balaqorgau/build": str(self.build),
            },
        )

    def prepare(self) -> Path:
        """Write certificate and configuration; the main file."""
        (self.folder / "temp").mkdir(parents=True, exist_ok=True)
        certify(self.folder)
        (self.folder / "balaqorgau.conf").write_text(self.configuration())
        main = self.folder / "nginx.conf"
        values = {"folder": self.folder, "workers": self.workers, "types": "/etc/nginx/mime.types"}
        values["files"] = min(65536, resource.getrlimit(resource.RLIMIT_NOFILE)[1])
        main.write_text(MAIN.format(modules=brotli(), **values) + user())
        return main

    def check(self) -> "subprocess.CompletedProcess[str]":
        """What `nginx -t` says of it."""
        command = [nginx(), "-t", "-c", str(self.prepare()), "-p", str(self.folder)]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    def start(self) -> "Nginx":
        """Run it and wait until its log says that workers run."""
        command = [nginx(), "-c", str(self.prepare()), "-p", str(self.folder)]
        self.process = subprocess.Popen(command, start_new_session=True)
        log = self.folder / "error.log"
        while self.process.poll() is None:
            if log.is_file() and "start worker process " in log.read_text():
                return self
            try:
                self.process.wait(0.05)
            except subprocess.TimeoutExpired:
                continue
        raise RuntimeError(log.read_text())

    def stop(self) -> None:
        """End it and wait."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(20)


def nginx() -> str:
    """The installed program."""
    found = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    assert found, f"nginx is not installed. On Debian: {DEBIAN}"
    return found


def brotli() -> str:
    """The line that loads the installed brotli module; empty where nginx has it built in."""
    found = next((folder / BROTLI for folder in MODULES if (folder / BROTLI).is_file()), None)
    return f"load_module {found};" if found else ""


def user() -> str:
    """Workers of a root's nginx stay root in tests: folders of tests are closed to others."""
    return "\nuser root;\n" if os.geteuid() == 0 else ""


def certify(folder: Path) -> None:
    """A certificate for localhost, signed by itself."""
    from datetime import UTC, datetime, timedelta

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    names = x509.SubjectAlternativeName([x509.DNSName("localhost")])
    now = datetime.now(UTC)
    draft = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    draft = draft.serial_number(x509.random_serial_number()).add_extension(names, critical=True)
    draft = draft.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    signed = draft.sign(key, hashes.SHA256())
    (folder / "fullchain.pem").write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    secret = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "privkey.pem").write_bytes(key.private_bytes(*secret))
