from django.urls import path

from portal.new_ticket import views

urlpatterns = [
    path("", views.choose_department, name="new_ticket"),
    path("<int:pk>/answers/", views.answers, name="new_ticket_answers"),
    path("<int:pk>/", views.write, name="new_ticket_form"),
]
