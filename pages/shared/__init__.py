"""What the pages have in common: the frame, the menu, links, questions, figures and style."""
