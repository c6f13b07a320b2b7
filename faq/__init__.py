"""Questions and answers, shown before the form and on the site."""
