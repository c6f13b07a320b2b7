from django.urls import path

from callbacks.mail import views as mail
from callbacks.sms import views as sms

app_name = "callbacks"

urlpatterns = [
    path("mail/<str:token>/", mail.report, name="mail_report"),
    path("sms/<str:token>/", sms.report, name="sms_report"),
    path("sms/<str:token>/of/<str:key>/", sms.report, name="sms_report_of"),
    path("sms/<str:token>/in/", sms.inbound, name="sms_inbound"),
]
