import pytest
from django.core.exceptions import FieldError
from django.db import models

from common.secrets import EncryptedTextField, SecretLost, decrypt, encrypt


class Gateway(models.Model):
    key = EncryptedTextField(null=True)

    class Meta:
        app_label = "common_tests"
        managed = False


FIELD = Gateway._meta.get_field("key")


def test_what_is_stored_tells_nothing_and_comes_back():
    stored = encrypt("کلید gateway")
    assert "gateway" not in stored
    assert encrypt("کلید gateway") != stored
    assert decrypt(stored) == "کلید gateway"


@pytest.mark.parametrize("damaged", ["", "x", "gAAAAA", "é"])
def test_what_is_damaged_is_said_to_be_lost(damaged):
    with pytest.raises(SecretLost):
        decrypt(damaged)
    with pytest.raises(SecretLost):
        decrypt(encrypt("a")[:-4] + "AAAA")


def test_another_key_reads_nothing_but_a_former_key_still_does(settings):
    stored, former = encrypt("a"), settings.ENCRYPTION_KEY
    settings.ENCRYPTION_KEY = "another key"
    with pytest.raises(SecretLost):
        decrypt(stored)
    settings.ENCRYPTION_KEY_FALLBACKS = [former]
    assert decrypt(stored) == "a"


def test_a_field_encrypts_on_the_way_in_and_decrypts_on_the_way_out():
    stored = FIELD.get_prep_value("secret")
    assert stored != "secret"
    assert FIELD.from_db_value(stored, None, None) == "secret"
    assert FIELD.get_prep_value("") == ""
    assert FIELD.get_prep_value(None) is None
    assert FIELD.from_db_value(None, None, None) is None


def test_a_lost_secret_reads_as_empty_so_that_its_page_opens(caplog):
    assert FIELD.from_db_value("damaged", None, None) == ""
    assert "ENCRYPTION_KEY" in caplog.text


def test_secrets_are_not_searched():
    with pytest.raises(FieldError):
        str(Gateway.objects.filter(key="secret").query)
    assert "IS NULL" in str(Gateway.objects.filter(key__isnull=True).query)
