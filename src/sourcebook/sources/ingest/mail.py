"""Read e-mails as they were saved (.eml)."""

from __future__ import annotations

from email import policy
from email.message import EmailMessage, Message
from email.parser import BytesParser
from email.utils import parseaddr, parsedate_to_datetime

from sourcebook.sources.ingest.encodings import decode
from sourcebook.sources.ingest.extraction import Extraction, UnreadableError
from sourcebook.sources.ingest.page_tree import parse_page
from sourcebook.sources.ingest.web import page_text

__all__ = ["read_mail"]


def read_mail(data: bytes) -> Extraction:
    r"""Return the text of a mail: its subject, who wrote it to whom and when, and its body.

    Plain text is preferred to HTML; attached files are named and not read.

    Parameters
    ----------
    data : bytes
        The mail as it was saved.

    Raises
    ------
    UnreadableError
        If there is no text in it.

    Examples
    --------
    >>> mail = read_mail(b"From: Ana <ana@example.org>\nSubject: The bridge\n\nIt fell.\n")
    >>> mail.text.splitlines()
    ['The bridge', '', 'From: Ana <ana@example.org>', '', 'It fell.']
    >>> mail.metadata["author"]
    'Ana'
    """
    try:
        mail = BytesParser(policy=policy.default).parsebytes(data)
        head = {
            name: " ".join(str(mail.get(name, "")).split())
            for name in ("Subject", "From", "To", "Cc", "Date")
        }
        body, notes = _body(mail)
    except (ValueError, LookupError, AttributeError, TypeError, IndexError, RecursionError) as error:
        raise UnreadableError(
            "a mail that is broken", "open it in the mail program, and save it anew"
        ) from error
    if not body.strip() and not head["Subject"]:
        raise UnreadableError("a mail without text", "take out what is attached to it, and give that")
    subject = head.pop("Subject")
    lines = "\n".join(f"{name}: {value}" for name, value in head.items() if value)
    text, zones = "", []
    for kind, part in (("title", subject), ("letterhead", lines), ("", body.strip())):
        if part and kind:
            zones.append((kind, len(text), len(text) + len(part)))
        text += f"{part}\n\n" if part else ""
    name, address = parseaddr(head["From"])
    found = {"title": subject, "author": name or address, "date": _date(head["Date"])}
    return Extraction(
        text=text.rstrip("\n") + "\n",
        metadata={column: value for column, value in found.items() if value},
        zones=tuple(zones),
        notes=notes,
    )


def _body(mail: EmailMessage | Message) -> tuple[str, tuple[str, ...]]:
    r"""Return the text of a mail, and what else is in it."""
    part = mail.get_body(preferencelist=("plain", "html")) if isinstance(mail, EmailMessage) else mail
    files = [each.get_filename() or each.get_content_type() for each in mail.walk() if _is_attached(each)]
    notes = (f"not read: attached {', '.join(files)}",) if files else ()
    if part is None:
        return "", notes
    payload = part.get_payload(decode=True)
    charset = str(part.get_content_charset() or "")
    text, _, doubts = decode(payload if isinstance(payload, bytes) else b"", charset)
    if part.get_content_type() == "text/html":
        text = page_text(parse_page(text))
    return text, (*notes, *doubts)


def _is_attached(part: Message) -> bool:
    return part.get_content_disposition() == "attachment"


def _date(text: str) -> str:
    try:
        return parsedate_to_datetime(text).date().isoformat()
    except (ValueError, TypeError, IndexError):
        return ""
