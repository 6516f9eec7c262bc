"""The printer of letters: a folder, or a server that is reached over SFTP."""
