"""Closed vocabularies of the record and of the graph, one word per idea (``design.md`` section 7)."""

from enum import StrEnum

from ontology.members import plain_members


@plain_members
class RelationKind(StrEnum):
    """How a later or lower instrument stands to an earlier or higher one (record.md; domain.md 4)."""

    IMPLEMENTS = "implements"
    DISSEMINATES = "disseminates"
    BASED_ON = "based_on"
    PROMULGATES = "promulgates"
    AMENDS = "amends"
    REPLACES = "replaces"
    REPEALS = "repeals"
    DETAILS = "details"
    GUIDES = "guides"
    EXTENDS = "extends"
    SUSPENDS = "suspends"
    CORRECTS = "corrects"
    CONSOLIDATES = "consolidates"
    REVIEWS = "reviews"
    DRAFTS = "drafts"
    MENTIONS = "mentions"


@plain_members
class Strength(StrEnum):
    """Where a relation is stated; strongest first."""

    DOCUMENT = "document"  # title or preamble: the whole instrument stands in the relation
    TASK = "task"  # inside a numbered duty
    MENTION = "mention"  # anywhere else


@plain_members
class Role(StrEnum):
    """What a bearer does in a duty (record.md)."""

    DIRECTS = "directs"
    LEADS = "leads"
    PERFORMS = "performs"
    COORDINATES = "coordinates"
    MONITORS = "monitors"


@plain_members
class CounterpartyKind(StrEnum):
    """What another body is to a duty (record.md)."""

    REPORTS_TO = "reports_to"
    VIA = "via"
    SENDS_TO = "sends_to"
    COORDINATES_WITH = "coordinates_with"
    OVERSEES = "oversees"


@plain_members
class DeadlineKind(StrEnum):
    """How a time phrase binds (record.md; domain.md 6.3)."""

    BEFORE = "before"
    BY = "by"
    INTERVAL = "interval"
    RECURRING = "recurring"
    CONTINUOUS = "continuous"
    EVENT = "event"
    UNSPECIFIED = "unspecified"


@plain_members
class BodyKind(StrEnum):
    """Three kinds of nodes that bear duties (domain.md 5.2)."""

    ORGANIZATION = "organization"
    POST = "post"
    CLASS = "class"


@plain_members
class Direction(StrEnum):
    """How a duty lies to a unit (domain.md 6.5)."""

    OWN = "own"
    UP = "up"
    DOWN = "down"


@plain_members
class Family(StrEnum):
    """Families of instruments; never one ladder (domain.md 1.2)."""

    STATE_NORMATIVE = "state-normative"
    STATE_ADMIN = "state-admin"
    PARTY = "party"
    MASS_ORG = "mass-org"
    JOINT = "joint"
