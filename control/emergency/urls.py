from django.urls import path

from control.emergency import views

urlpatterns = [
    path("", views.emergency, name="emergency"),
    path("<int:person_pk>/<int:department_pk>/end/", views.emergency_end, name="emergency_end"),
]
