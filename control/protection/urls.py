from control.doors import owners_path
from control.protection import views

urlpatterns = [
    owners_path("", views.protection, "protection"),
    owners_path("keys/", views.keys, "protection_keys"),
    owners_path("rules/", views.rules, "block_rules"),
    owners_path("rules/<int:pk>/removal/", views.rule_removal, "block_rule_removal"),
    owners_path("held/", views.held, "held_requests"),
    owners_path("held/<int:pk>/", views.held_request, "held_request"),
    owners_path("held/<int:pk>/release/", views.release, "held_release"),
    owners_path("held/<int:pk>/deletion/", views.deletion, "held_deletion"),
]
