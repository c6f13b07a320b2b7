"""How people are found who signed in before."""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth import get_user_model

from common.prepared import Prepared


@Prepared
def _person(pk):
    return get_user_model()._default_manager.filter(pk=pk)


class AccountBackend(AuthenticationBackend):
    """Signs in as its parent does; a person who is signed in is read by a query that is written once, since every page begins with it."""

    def get_user(self, user_id):
        found = _person(pk=user_id)
        return found[0] if found and self.user_can_authenticate(found[0]) else None
