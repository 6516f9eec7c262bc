"""What is recorded that is about no authorisation: of what kind the thing is that changed."""

import enum


class Subject(enum.Enum):
    """Kinds of things whose changes are recorded beside the histories of authorisations."""

    #: The quality of provider of an enterprise; its key is the enterprise's number.
    PROVIDER = "provider"
    #: A request to be identified as a provider; its key is the number of the request.
    IDENTIFICATION = "identification"
    #: An enterprise as an NSSO employer; its key is the enterprise's number.
    EMPLOYER = "employer"
    #: A group of applications; its key is the code.
    GROUP = "group"
    #: An application; its key is the code.
    APPLICATION = "application"
    #: A version of the representatives matrix; its key is the name.
    MATRIX = "matrix"
