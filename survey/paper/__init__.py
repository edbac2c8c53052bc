"""How a survey looks on paper: its boxes, its words, its pages, and the codes that tell pages apart."""
