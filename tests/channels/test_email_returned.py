"""Reports of mail that came back, as the servers that people use write them."""

import pytest

from gehoor.channels.base import NothingSaid
from gehoor.channels.email.automatic import REPORT
from gehoor.channels.email.message import read_message
from gehoor.channels.email.returned import came_back

FIRST, OURS = "gehoor.11111111111111111111111111111111-0@linde.example", "gehoor.2222-0@linde.example"
COPY = f"""Return-Path: <klant@linde.example>
Received: from linde.example by mx.x.example
From: De Linde <klant@linde.example>
To: jan@x.example
Subject: Re: Bouwdepot
References: <een@x.example> <{FIRST}> <twee@x.example>
In-Reply-To: <twee@x.example>
Message-ID: <{OURS}>

Dit is permanent: 5.5.5 en 550 - en het wordt opnieuw geprobeerd.
"""
QMAIL = f"""Return-Path: <>
From: MAILER-DAEMON@mx.x.example
To: klant@linde.example
Subject: failure notice

Hi. This is the qmail-send program at mx.x.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<jan@x.example>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.

{COPY}"""
POSTFIX = f"""Return-Path: <>
From: MAILER-DAEMON@mx.x.example (Mail Delivery System)
To: klant@linde.example
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mx.x.example.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.x.example

Final-Recipient: rfc822; jan@x.example
Action: failed
Status: 5.1.1
--b
Content-Type: message/rfc822

{COPY}
--b--
"""
EXCHANGE = f"""From: <postmaster@x.example>
To: <klant@linde.example>
Subject: Onbestelbaar: Re: Bouwdepot
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"
In-Reply-To: <{OURS}>
References: <een@x.example> <{FIRST}> <{OURS}>
Auto-Submitted: auto-replied

--b
Content-Type: multipart/alternative; boundary="c"

--c
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: base64

VXcgYmVyaWNodCBrb24gbmlldCB3b3JkZW4gYmV6b3JnZC4=
--c--
--b
Content-Type: message/delivery-status

Reporting-MTA: dns;x.example

Final-recipient: RFC822;jan@x.example
Action: failed
Status: 5.1.10
Diagnostic-code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound
--b--
"""
OLD_EXIM = f"""Return-path: <>
X-Failed-Recipients: jan@x.example
Auto-Submitted: auto-replied
From: Mail Delivery System <Mailer-Daemon@mx.x.example>
To: klant@linde.example
Subject: Mail delivery failed: returning message to sender

This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  jan@x.example

------ This is a copy of the message, including all the headers. ------

{COPY}"""
ENCODED = POSTFIX.replace("Content-Type: message/rfc822", "Content-Type: text/rfc822-headers").replace(
    f"Message-ID: <{OURS}>", f"Content-Transfer-Encoding: 7bit\nMessage-ID:\n <{OURS}>"
)


@pytest.mark.parametrize(
    "report", [QMAIL, POSTFIX, EXCHANGE, OLD_EXIM, ENCODED], ids=["qmail", "postfix", "exchange", "exim", "folded"]
)
def test_it_names_the_message_that_came_back_and_none_of_those_it_answered(report):
    assert came_back(report.encode()) == OURS
    assert came_back(report.replace("\n", "\r\n").encode()) == OURS
    said = read_message(report.encode(), 1)
    assert isinstance(said, NothingSaid) and said.reason == REPORT


@pytest.mark.parametrize(
    "report",
    [
        POSTFIX.replace("Action: failed", "Action: delayed"),
        OLD_EXIM.replace("X-Failed-Recipients: jan@x.example\n", "").replace(
            "This is a permanent error.", "This is a warning message only."
        ),
        POSTFIX.replace("message/delivery-status", "message/disposition-notification"),
        POSTFIX.replace(f"Message-ID: <{OURS}>", ""),
        "",
        "\0" * 50,
    ],
    ids=["postfix-later", "exim-later", "was-read", "of-nothing", "empty", "zeros"],
)
def test_what_is_tried_again_or_was_read_or_names_nothing_came_not_back(report):
    assert came_back(report.encode()) == ""
