from control.answers import macros, views
from control.doors import owners_path

urlpatterns = [
    owners_path("", views.answers, "answers"),
    owners_path("new/", views.new_answer, "new_answer"),
    owners_path("<int:pk>/", views.answer, "answer"),
    owners_path("<int:pk>/macro/", macros.answer_macro, "answer_macro"),
    owners_path("<int:pk>/place/", views.place, "answer_place"),
    owners_path("<int:pk>/removal/", views.removal, "answer_removal"),
]
