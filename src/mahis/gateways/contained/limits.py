"""What one job may cost, as plain values."""

import dataclasses

_MIB = 2**20


@dataclasses.dataclass(frozen=True, kw_only=True)
class Limits:
    """What one job may cost, and when a worker is replaced."""

    #: Processor time of one job.
    cpu_seconds: float = 2
    #: Time of one job from its request to its answer, without what the parent does for it.
    wall_seconds: float = 10
    #: Address space of a worker.
    memory_bytes: int = 512 * _MIB
    #: Longest body that a job may answer.
    largest_answer: int = 64 * _MIB
    #: How often one job may ask the parent for something.
    most_asks: int = 40
    #: How long a worker may take to load its job.
    start_seconds: float = 60
    #: How long a worker that has closed its channel may take to end. Shorter than `wall_seconds`:
    #: when those are over the kernel ends it, and nobody could tell what it died of.
    end_seconds: float = 2
    #: After so many jobs a worker is replaced,
    jobs_a_worker: int = 500
    #: or as soon as it stays larger than this.
    resident_bytes: int = 256 * _MIB
