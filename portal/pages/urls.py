from django.urls import path

from portal.pages import views

urlpatterns = [
    path("<slug:address>/", views.info_page, name="info_page"),
]
