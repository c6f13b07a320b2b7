from control.doors import owners_path
from control.sms import received, templates, views

urlpatterns = [
    owners_path("", views.gateways, "sms"),
    owners_path("new/", views.new_gateway, "new_sms_gateway"),
    owners_path("rules/", views.rules, "sms_rules"),
    owners_path("costs/", views.costs, "sms_costs"),
    owners_path("costs/file/", views.costs_file, "sms_costs_file"),
    owners_path("received/", received.received, "sms_received"),
    owners_path("received/<int:pk>/decision/", received.decision, "sms_decision"),
    owners_path("<int:pk>/", views.gateway, "sms_gateway"),
    owners_path("<int:pk>/place/", views.place, "sms_gateway_place"),
    owners_path("<int:pk>/switch/", views.switch, "sms_gateway_switch"),
    owners_path("<int:pk>/test/", views.test, "sms_gateway_test"),
    owners_path("<int:pk>/removal/", views.removal, "sms_gateway_removal"),
    owners_path("<int:pk>/templates/", templates.templates, "sms_templates"),
]
