from backoffice.doors import staff_path
from backoffice.reports import exporting, people, views

urlpatterns = [
    staff_path("", views.reports, "reports"),
    staff_path("ratings/", views.ratings, "ratings"),
    staff_path("ratings/answers/", views.answers, "rating_answers"),
    staff_path("ratings/export/", exporting.ratings_export, "ratings_export"),
    staff_path("me/", people.mine, "my_ratings"),
    staff_path("people/<int:pk>/", people.person, "report_of_person"),
]
