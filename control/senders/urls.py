from control.doors import owners_path
from control.senders import views

urlpatterns = [
    owners_path("", views.senders, "senders"),
    owners_path("mail/", views.mail, "mail_sender"),
    owners_path("mail/test/", views.mail_test, "mail_sender_test"),
    owners_path("mail/removal/", views.mail_removal, "mail_sender_removal"),
    owners_path("sms/", views.sms, "sms_sender"),
    owners_path("sms/test/", views.sms_test, "sms_sender_test"),
    owners_path("sms/removal/", views.sms_removal, "sms_sender_removal"),
]
