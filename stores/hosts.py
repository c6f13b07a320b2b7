"""Which hosts the product answers at, beside those of the environment."""


class HostsOfStores(str):
    """One entry of ALLOWED_HOSTS that stands for the hosts of all stores: it equals each of them, as they are at that moment."""

    __slots__ = ()
    __hash__ = str.__hash__

    def __new__(cls):
        return super().__new__(cls, "hosts of the stores")

    def lower(self):
        return self

    def __eq__(self, host):
        from stores.addresses import all_places  # the settings are read before anything else may be

        return any(place.host == host for place in all_places() if place.host)

    def __ne__(self, host):
        return not self == host
