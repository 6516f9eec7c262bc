"""The door of the officers of the social security office."""
