"""The door of companies and their providers: one view a screen."""
