"""What is wrong with an installation, all of it at once, and how each thing is mended."""
