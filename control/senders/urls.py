from control.doors import owners_path
from control.senders import views

urlpatterns = [
    owners_path("", views.senders, "senders"),
    owners_path("mail/", views.mail, "mail_sender"),
    owners_path("mail/test/", views.mail_test, "mail_sender_test"),
    owners_path("mail/removal/", views.mail_removal, "mail_sender_removal"),
]
