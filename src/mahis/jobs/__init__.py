"""The clock and the queue: what the service does without anybody asking (`mahis work`)."""
