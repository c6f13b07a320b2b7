"""The door for customers: home, new request, my requests, conversation, answers, survey."""
