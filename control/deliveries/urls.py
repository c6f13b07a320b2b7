from control.deliveries import health, views
from control.doors import owners_path

urlpatterns = [
    owners_path("", views.deliveries, "deliveries"),
    owners_path("again/", views.all_again, "deliveries_again"),
    owners_path("health/", health.health, "deliveries_health"),
    owners_path("health.json", health.facts, "deliveries_facts"),
    owners_path("<int:pk>/", views.delivery, "delivery"),
    owners_path("<int:pk>/sending/", views.sending, "delivery_again"),
    owners_path("<int:pk>/stopping/", views.stopping, "delivery_stop"),
    owners_path("<int:pk>/address/", views.address, "delivery_address"),
]
