"""How properties are tried in the tests of the domain."""

import hypothesis

# A busy machine makes single examples slow; what is checked here is truth, not speed.
hypothesis.settings.register_profile("domain", deadline=None)
hypothesis.settings.load_profile("domain")
