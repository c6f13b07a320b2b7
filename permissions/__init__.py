"""What each person or team may do, on departments, statuses and stores."""
