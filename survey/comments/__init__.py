"""What residents wrote: read by the chain, counted, coded by the panel, and learnt from."""
