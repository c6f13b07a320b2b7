from backoffice.doors import staff_path
from backoffice.notices import devices, views

urlpatterns = [
    staff_path("notices/", views.notices, "notices"),
    staff_path("notices/reading/", views.reading, "notices_reading"),
    staff_path("notices/newest/", views.newest, "notices_newest"),
    staff_path("notices/choices/", views.choices, "notices_choices"),
    staff_path("notices/<int:pk>/reading/", views.reading_one, "notice_reading"),
    staff_path("push-worker.js", devices.worker, "push_worker"),
    staff_path("push-worker/change/", devices.change, "device_change"),
    staff_path("notices/devices/", devices.subscribing, "devices"),
    staff_path("notices/devices/renewal/", devices.renewal, "device_renewal"),
    staff_path("notices/devices/receipts/", devices.receipts, "device_receipts"),
    staff_path("notices/devices/<int:pk>/removal/", devices.removal, "device_removal"),
    staff_path("outbox/", views.outbox, "outbox"),
]
