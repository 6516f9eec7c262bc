"""The commands of `mahis`, one file a command or group of commands."""
