"""Which lists there are as files. `exports` writes them and knows none; what each one means lives at its door."""

from backoffice.customers.exporting import CustomersListing
from backoffice.customers.personal import PersonalData
from backoffice.reports.exporting import RatingsListing, RatingTablesListing
from backoffice.tickets.exporting import TicketsListing

LISTS = [TicketsListing, CustomersListing, PersonalData, RatingsListing, RatingTablesListing]
