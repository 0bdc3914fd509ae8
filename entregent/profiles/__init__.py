"""Profiles: what a member shows, and to whom; cards; finding people.

`cards` is how anybody sees anybody, `profile_of` is the one place that says what a viewer may see
of a profile. Lists of people answer here, because the faces are here.
"""

from .actions import change_profile, me, member_by_handle, profile_of
from .background import (
    Background,
    InCommon,
    backgrounds,
    in_common,
    members_at,
    met,
    own_background,
)
from .events import CardChanged, ConnectionMade, MeChanged, ProfileChanged
from .faces import card, cards, just_met, near_or_far
from .model import (
    ContactDetails,
    Details,
    Education,
    LanguageSpoken,
    Link,
    Me,
    Position,
    Profile,
    ProfileChange,
)
from .people import find_people
from .pictures import may_see_cover, may_see_photo

__all__ = [
    "Background",
    "CardChanged",
    "ConnectionMade",
    "ContactDetails",
    "Details",
    "Education",
    "InCommon",
    "LanguageSpoken",
    "Link",
    "Me",
    "MeChanged",
    "Position",
    "Profile",
    "ProfileChange",
    "ProfileChanged",
    "backgrounds",
    "card",
    "cards",
    "change_profile",
    "find_people",
    "in_common",
    "just_met",
    "may_see_cover",
    "may_see_photo",
    "me",
    "member_by_handle",
    "members_at",
    "met",
    "near_or_far",
    "own_background",
    "profile_of",
]
