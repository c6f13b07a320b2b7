import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import translation

SAID = {
    "xq7-": ["This password is too short: it takes at least 8 characters."],
    "password": ["Many people use this password. Choose another one."],
    "81946205837": ["This password has nothing but digits. Add letters or signs."],
}


@pytest.mark.parametrize("password", SAID)
def test_a_refused_password_says_what_to_do(password):
    with translation.override("en"), pytest.raises(ValidationError) as refused:
        validate_password(password)
    assert refused.value.messages == SAID[password]
