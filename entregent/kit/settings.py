"""What a host can set; each field is documented in `docs/running/settings.md`."""

import msgspec


class Settings(msgspec.Struct, kw_only=True, frozen=True):
    """All settings with their safe defaults; `server/config.py` reads them from the environment."""

    name: str = "Entregent"
    address: str = "http://localhost:8000"
    data: str = "data"
    database: str = ""
    bus: str = "memory:"
    blobs: str = ""
    mail: str = ""
    mail_from: str = "Entregent <no-reply@localhost>"
    push: str = "web:"
    push_key: str = ""
    sign_up: str = "open"
    fetch: str = "public:"
    demo: bool = False
    node: int = 0
    proxies: int = 0
    max_body: int = 1_048_576
    max_import: int = 536_870_912
    codec: str = "child:"
    max_upload: int = 20_971_520
    media_quota: int = 2_147_483_648
    upload_hours: int = 24
    max_voice_seconds: int = 60
    max_video_seconds: int = 180
    max_film: int = 209_715_200
    max_film_seconds: int = 600
    session_days: int = 90
    max_streams: int = 20
    max_webhooks: int = 20
    plain_webhooks: bool = False
    max_connections: int = 30_000
    max_group: int = 50
    max_message: int = 8_000
    blocked_domains: str = ""
    strangers_per_day: int = 50
    strangers_per_day_new: int = 10
    invitations_per_week: int = 100
    invitations_pending: int = 1_500
    invitation_days: int = 180
    invite_again_days: int = 21
