"""The plain pages of coming in and out: no script is needed, and each form goes to its own address."""
