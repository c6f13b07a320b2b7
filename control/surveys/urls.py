from control.doors import owners_path
from control.surveys import views

urlpatterns = [
    owners_path("", views.surveys, "surveys"),
    owners_path("rules/", views.rules, "survey_rules"),
    owners_path("departments/<int:pk>/", views.department, "survey_department"),
    owners_path("questions/new/", views.new_question, "new_survey_question"),
    owners_path("questions/<int:pk>/", views.question, "survey_question"),
    owners_path("questions/<int:pk>/place/", views.place, "survey_question_place"),
    owners_path("questions/<int:pk>/removal/", views.removal, "survey_question_removal"),
    owners_path("questions/<int:pk>/restoration/", views.restoration, "survey_question_restoration"),
]
