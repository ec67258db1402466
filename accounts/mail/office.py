"""The post office: takes an e-mail to the mail server by SMTP, and says in a word why where it cannot. No sending waits for ever."""

import re
import smtplib
import ssl
from email.errors import HeaderParseError, MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from datetime import datetime
from uuid import UUID

from accounts.mail.words import Text
from config.settings import MailServer

TIMEOUT = 20  # seconds for each answer of the server
_ADDRESS = re.compile(r"\S*@\S*")
_LASTING = range(500, 600)


class NotDelivered(Exception):
    """`why` is a code of words.reason or the server's answer; `lasting`: trying again is of no use; `reached`: the server spoke of this e-mail."""

    def __init__(self, why: str, *, lasting: bool = False, reached: bool = False):
        super().__init__(why)
        self.why, self.lasting, self.reached = why, lasting, reached


def written(text: Text, *, to: str, name: str, sender: str, number: UUID, site: str, at: datetime) -> EmailMessage:
    """An e-mail of a text. Its number makes the Message-ID, so a second try can be known as the same. Raises NotDelivered for an address that is none."""
    mail = EmailMessage(policy=SMTP)
    try:
        mail["To"] = Address(_one_line(name), addr_spec=to)
    except (ValueError, HeaderParseError, MessageError, IndexError):
        raise NotDelivered("bad-address", lasting=True, reached=True) from None
    mail["From"], mail["Subject"], mail["Date"] = sender, _one_line(text.subject), format_datetime(at)
    mail["Message-ID"] = f"<{number}@{sender.rpartition('@')[2].rstrip('> ')}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail["List-Unsubscribe"] = f"<{site}/me/mail>"
    mail.set_content(text.body, cte="quoted-printable")
    return mail


def _one_line(text: str) -> str:
    return " ".join(text.split())


class PostOffice:
    """One connection, opened when the first e-mail is delivered and closed with the block."""

    def __init__(self, server: MailServer):
        self.server, self._line = server, None

    def __enter__(self) -> "PostOffice":
        return self

    def __exit__(self, *_problem) -> None:
        self._hang_up()

    def deliver(self, mail: EmailMessage) -> None:
        """Hands one e-mail to the server. Raises NotDelivered."""
        try:
            self._line = self._line or self._opened()
            self._line.send_message(mail)
        except smtplib.SMTPRecipientsRefused as refused:
            self._hang_up()
            raise _answered(*next(iter(refused.recipients.values()))) from None
        except smtplib.SMTPServerDisconnected as ended:
            self._hang_up()
            raise NotDelivered("no-answer" if isinstance(ended.__context__, TimeoutError) else "dropped") from None
        except smtplib.SMTPNotSupportedError:
            self._hang_up()
            raise NotDelivered("bad-address", lasting=True, reached=True) from None
        except smtplib.SMTPResponseException as answer:
            self._hang_up()
            raise _answered(answer.smtp_code, answer.smtp_error) from None
        except (OSError, smtplib.SMTPException) as problem:
            self._hang_up()
            raise NotDelivered(_why(problem)) from None

    def _opened(self) -> smtplib.SMTP:
        known, trusting = self.server, ssl.create_default_context()
        if known.security == "tls":
            line = smtplib.SMTP_SSL(known.host, known.port, timeout=TIMEOUT, context=trusting)
        else:
            line = smtplib.SMTP(known.host, known.port, timeout=TIMEOUT)
        try:
            self._introduce(line, trusting)
        except BaseException:
            line.close()
            raise
        return line

    def _introduce(self, line: smtplib.SMTP, trusting: ssl.SSLContext) -> None:
        try:
            if self.server.security == "starttls":
                line.starttls(context=trusting)
            if self.server.user:
                line.login(self.server.user, self.server.password)
        except smtplib.SMTPAuthenticationError:
            raise NotDelivered("refused-us") from None
        except smtplib.SMTPNotSupportedError:
            raise NotDelivered("no-tls" if self.server.security == "starttls" else "refused-us") from None

    def _hang_up(self) -> None:
        line, self._line = self._line, None
        if line is None:
            return
        try:
            line.quit()
        except (OSError, smtplib.SMTPException):
            line.close()


def _answered(code: int, answer: bytes) -> NotDelivered:
    """What a server said of this e-mail, without the addresses in it. 421 is about the connection."""
    said = _ADDRESS.sub("…", answer.decode("utf-8", "replace"))[:200]
    return NotDelivered(f"{code} {' '.join(said.split())}", lasting=code in _LASTING, reached=code != 421)


def _why(problem: Exception) -> str:
    if isinstance(problem, TimeoutError):
        return "no-answer"
    return "no-tls" if isinstance(problem, ssl.SSLError) else "not-reached"
