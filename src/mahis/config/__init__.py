"""Settings, addresses and start-up: everything that ties the house to one machine."""
