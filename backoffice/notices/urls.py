from backoffice.doors import staff_path
from backoffice.notices import views

urlpatterns = [
    staff_path("notices/", views.notices, "notices"),
    staff_path("notices/reading/", views.reading, "notices_reading"),
    staff_path("notices/newest/", views.newest, "notices_newest"),
    staff_path("notices/choices/", views.choices, "notices_choices"),
    staff_path("notices/<int:pk>/reading/", views.reading_one, "notice_reading"),
    staff_path("outbox/", views.outbox, "outbox"),
]
