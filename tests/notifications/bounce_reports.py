"""Reports on mails that came back, as mail servers write them, for tests to fill in."""


def dsn(*, to="bounces@shop.example", message_id="<gone@shop.example>", action="failed", status="5.1.1", said="smtp; 550 5.1.1 unknown"):
    """One as Postfix sends it, in bytes."""
    return f"""Return-Path: <>
From: MAILER-DAEMON@mx.example (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: {to}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="edge"

--edge
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--edge
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example
X-Postfix-Queue-ID: 4711

Final-Recipient: rfc822; kasia@mail.example
Action: {action}
Status: {status}
Diagnostic-Code: {said}

--edge
Content-Description: Undelivered Message
Content-Type: text/rfc822-headers

From: help@shop.example
Message-ID: {message_id}
Subject: Hello

--edge--
""".replace("\n", "\r\n").encode()
