from backoffice.answers import views
from backoffice.doors import staff_path

urlpatterns = [
    staff_path("", views.answers, "answers"),
    staff_path("new/", views.new_answer, "new_answer"),
    staff_path("<int:pk>/", views.answer, "answer"),
    staff_path("<int:pk>/place/", views.place, "answer_place"),
    staff_path("<int:pk>/removal/", views.removal, "answer_removal"),
]
