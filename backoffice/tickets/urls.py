from backoffice.doors import staff_path
from backoffice.tickets import actions, chosen, deeds, revealing, sharing, views, why, writing

urlpatterns = [
    staff_path("", views.inbox, "inbox"),
    staff_path("tickets/", views.inbox, "tickets"),
    staff_path("tickets/new/", views.new_ticket, "new_ticket"),
    staff_path("tickets/chosen/", chosen.chosen_tickets, "chosen_tickets"),
    staff_path("tickets/<slug:number>/", views.ticket, "ticket"),
    staff_path("tickets/<slug:number>/answers/", views.answers, "ticket_answers"),
    staff_path("tickets/<slug:number>/reveal/", revealing.customer_reveal, "customer_reveal"),
    staff_path("tickets/<slug:number>/reveal/end/", revealing.customer_covering, "customer_covering"),
    staff_path("tickets/<slug:number>/replies/", writing.replies, "ticket_replies"),
    staff_path("tickets/<slug:number>/notes/", writing.notes, "ticket_notes"),
    staff_path("tickets/<slug:number>/notes/<int:pk>/showing/", writing.note_showing, "note_showing"),
    staff_path("tickets/<slug:number>/assignment/", deeds.assignment, "ticket_assignment"),
    staff_path("tickets/<slug:number>/department/", deeds.department, "ticket_department"),
    staff_path("tickets/<slug:number>/status/", deeds.status, "ticket_status"),
    staff_path("tickets/<slug:number>/priority/", deeds.priority, "ticket_priority"),
    staff_path("tickets/<slug:number>/actions/<int:pk>/", actions.perform, "ticket_action"),
    staff_path("tickets/<slug:number>/shares/", sharing.shares, "ticket_shares"),
    staff_path("tickets/<slug:number>/shares/<int:pk>/end/", sharing.end, "ticket_share_end"),
    staff_path("tickets/<slug:number>/why/", why.why, "ticket_why"),
    staff_path("tickets/<slug:number>/closure/", deeds.closure, "ticket_closure"),
    staff_path("tickets/<slug:number>/reopening/", deeds.reopening, "ticket_reopening"),
    staff_path("tickets/<slug:number>/deliveries/<int:pk>/sending/", writing.sending, "delivery_sending"),
]
