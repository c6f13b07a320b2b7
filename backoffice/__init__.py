"""The door for staff: inbox, tickets, customers, notices. It asks for rights, calls services and draws pages."""
