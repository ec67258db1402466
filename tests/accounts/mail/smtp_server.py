"""A mail server as a process of its own: takes, refuses, hangs or drops. Run: python -m tests.accounts.mail.smtp_server PORT MANNER FOLDER [CERTIFICATE KEY]"""

import asyncio
import ssl
import sys
import uuid
from pathlib import Path

from aiosmtpd.smtp import SMTP, AuthResult

MANNERS = ("takes", "refuses-recipient", "refuses-for-now", "hangs", "drops", "wants-password", "full", "refuses-our-password")


class Box:
    """Keeps each e-mail as a file, or does what its manner says."""

    def __init__(self, manner: str, folder: Path):
        self.manner, self.folder = manner, folder

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.manner == "refuses-recipient":
            return f"550 5.1.1 <{address}>: there is no such mailbox"
        if self.manner == "refuses-for-now":
            return f"450 4.2.0 <{address}>: greylisted, try later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.manner == "hangs":
            await asyncio.sleep(3600)
        if self.manner == "drops":
            server.transport.abort()
            return "421 gone"
        if self.manner == "full":
            return "452 4.3.1 the disk is full"
        (self.folder / f"{uuid.uuid4()}.eml").write_bytes(envelope.content)
        return "250 taken"


def authenticated(manner: str):
    def judge(server, session, envelope, mechanism, data) -> AuthResult:
        right = manner != "refuses-our-password" and data.login == b"seksti" and data.password == b"p@ss/word"
        return AuthResult(success=right, handled=False)

    return judge


async def serve(port: int, manner: str, folder: Path, certificate: str | None, key: str | None) -> None:
    speaking = None
    if certificate:
        speaking = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        speaking.load_cert_chain(certificate, key)
    wants = manner in ("wants-password", "refuses-our-password")
    options = {"authenticator": authenticated(manner), "auth_required": wants, "auth_require_tls": wants, "tls_context": speaking, "require_starttls": wants}
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(Box(manner, folder), **options), "127.0.0.1", port)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    port, manner, folder, *tls = sys.argv[1:]
    asyncio.run(serve(int(port), manner, Path(folder), *(tls or (None, None))))
