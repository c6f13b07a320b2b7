from control.doors import owners_path
from control.senders import bounces, signatures, views

urlpatterns = [
    owners_path("", views.senders, "senders"),
    owners_path("mail/", views.mail, "mail_sender"),
    owners_path("mail/test/", views.mail_test, "mail_sender_test"),
    owners_path("mail/removal/", views.mail_removal, "mail_sender_removal"),
    owners_path("bounces/", bounces.mailbox, "bounce_sender"),
    owners_path("bounces/test/", bounces.mailbox_test, "bounce_sender_test"),
    owners_path("bounces/removal/", bounces.mailbox_removal, "bounce_sender_removal"),
    owners_path("addresses/", bounces.addresses, "sender_addresses"),
    owners_path("addresses/<int:pk>/restoration/", bounces.address_restoration, "sender_address_restoration"),
    owners_path("signatures/", signatures.signatures, "sender_signatures"),
    owners_path("signatures/store/", signatures.of_store, "sender_signature"),
    owners_path("signatures/<int:pk>/", signatures.of_department, "sender_department_signature"),
]
