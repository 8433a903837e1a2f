"""What the site explains, as data: the reasons for classifying."""
