"""Where sealed files lie: a folder on disk, or an S3-compatible store named by STORAGE_URL."""

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit


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
        },
    }
