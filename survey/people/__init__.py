"""Who a person is to the service, and what they may do."""
