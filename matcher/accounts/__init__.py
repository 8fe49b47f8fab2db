"""Who may use the service and do what: accounts, roles, passwords, one-time links and API keys. HTTP is elsewhere."""
