"""Settings from the environment, read once."""

import os
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment says."""

    url: str
    image_url: str | None

    @staticmethod
    def read(environment: dict[str, str]) -> "Settings":
        """Read the settings.

        - `KINDRED_URL` (default `http://127.0.0.1:8080`): the gateway, or what stands before several of them.
        - `KINDRED_APP_IMAGE_URL` (default none): where covers are, with the name of a catalogue of the items' links in braces, as
          in `https://images.example.org/{tmdb}.jpg`. Without it, and for items without such a link, covers are drawn.
        """
        url = environment.get("KINDRED_URL", "").strip() or "http://127.0.0.1:8080"
        if urlsplit(url).scheme not in ("http", "https"):
            raise ValueError("KINDRED_URL has to begin with http:// or https://.")
        image_url = environment.get("KINDRED_APP_IMAGE_URL", "").strip() or None
        if image_url and (urlsplit(image_url).scheme not in ("http", "https") or "{" not in image_url):
            raise ValueError("KINDRED_APP_IMAGE_URL has to be like https://images.example.org/{tmdb}.jpg.")
        return Settings(url.rstrip("/"), image_url)


@cache
def settings() -> Settings:
    """The settings of this process."""
    return Settings.read(dict(os.environ))
