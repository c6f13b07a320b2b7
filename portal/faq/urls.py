from django.urls import path

from portal.faq import views

urlpatterns = [
    path("", views.faq, name="faq"),
    path("<int:pk>/", views.entry, name="faq_entry"),
    path("<int:pk>/solved/", views.solved, name="faq_solved"),
    path("<int:pk>/helpful/", views.helpful, name="faq_helpful"),
    path("thanks/", views.thanks, name="faq_thanks"),
]
