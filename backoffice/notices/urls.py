from backoffice.doors import staff_path
from backoffice.notices import views

urlpatterns = [
    staff_path("notices/", views.notices, "notices"),
    staff_path("notices/reading/", views.reading, "notices_reading"),
    staff_path("outbox/", views.outbox, "outbox"),
]
