from django.urls import path

from callbacks.sms import views as sms

app_name = "callbacks"

urlpatterns = [
    path("sms/<str:token>/", sms.report, name="sms_report"),
    path("sms/<str:token>/in/", sms.inbound, name="sms_inbound"),
]
