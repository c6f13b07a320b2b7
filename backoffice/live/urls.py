from backoffice.doors import staff_path
from backoffice.live import views

urlpatterns = [
    staff_path("live/", views.live, "live"),
    staff_path("live/news/", views.news, "live_news"),
    staff_path("tickets/<slug:number>/visits/", views.visits, "ticket_visits"),
]
