"""Where sealed files lie: a folder on disk, or an S3-compatible store named by STORAGE_URL."""

from typing import Any, Final
from urllib.parse import parse_qs, unquote, urlsplit

CONNECT_SECONDS: Final = 3
READ_SECONDS: Final = 15
ATTEMPTS: Final = 2


def storage_options(url: str) -> dict[str, Any]:
    """Django's STORAGES entry for `file:///folder` or `s3://KEY:SECRET@HOST[:PORT]/BUCKET?tls=0&region=r`."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        return {"BACKEND": "balaqorgau.appeals.storage.DurableFiles", "OPTIONS": {"location": parts.path}}
    query = parse_qs(parts.query)
    scheme = "http" if query.get("tls") == ["0"] else "https"
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": parts.path.strip("/"),
            "endpoint_url": f"{scheme}://{parts.hostname}" + (f":{parts.port}" if parts.port else ""),
            "access_key": unquote(parts.username or ""),
            "secret_key": unquote(parts.password or ""),
            "region_name": query.get("region", ["us-east-1"])[0],
            "file_overwrite": False,
            "default_acl": None,
            "client_config": patience(),
        },
    }


def patience() -> Any:
    """A child waits for the answer: a store that does not answer is given up in seconds, not in botocore's five minutes.

    Checksums that stores other than Amazon's do not know are sent only where they are asked for.
    """
    from botocore.config import Config

    return Config(
        connect_timeout=CONNECT_SECONDS,
        read_timeout=READ_SECONDS,
        retries={"total_max_attempts": ATTEMPTS, "mode": "standard"},
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
        signature_version="s3v4",
        s3={"addressing_style": "path"},
    )
