"""What people type to get in and to change their account. Every address may be typed in Persian digits."""

from allauth.account.adapter import get_adapter
from allauth.account.forms import ChangePasswordForm, LoginForm, SetPasswordForm
from django import forms
from django.contrib.auth import get_user_model, password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.choices import Language
from accounts.services import is_email
from common.captcha import GuardedForm, GuardField, captcha_fields
from common.fields import EmailOrPhoneField, LineField, PhoneField
from common.limits import client_ip
from common.moments import zone_choices
from portal.accounts.bounds import bound_own_password

MAX_PASSWORD = 1024


def region_of(request):
    """Where a mobile number without its country is at home."""
    return request.store.phone_region if getattr(request, "store", None) else "PL"


class PasswordField(forms.CharField):
    """A password, exactly as typed. Never written back into the page."""

    def __init__(self, *, new=False, **kwargs):
        attrs = {"autocomplete": "new-password" if new else "current-password", "dir": "ltr"}
        super().__init__(strip=False, max_length=MAX_PASSWORD, widget=forms.PasswordInput(attrs=attrs), **kwargs)


class NewPasswordField(PasswordField):
    """A password to be. Its form calls `check_new_password` when it knows whose it is."""

    def __init__(self, **kwargs):
        kwargs.setdefault("help_text", _("At least 8 characters, and not one of the usual ones."))
        super().__init__(new=True, **kwargs)


def check_new_password(form, name, user):
    """Put what is wrong with the password beside its field."""
    password = form.cleaned_data.get(name)
    if password:
        try:
            password_validation.validate_password(password, user)
        except ValidationError as error:
            form.add_error(name, error)


class EmailField(forms.EmailField):
    """An e-mail address, in small letters as we keep it."""

    default_error_messages = {"invalid": EmailOrPhoneField.default_error_messages["email"]}

    def __init__(self, **kwargs):
        super().__init__(max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}), **kwargs)

    def clean(self, value):
        return super().clean(value).lower()


# --- Getting in -------------------------------------------------------------------------------------
class DoorForm(GuardedForm):
    """A form that has a message sent to an address anybody may type: guarded, for SMS cost money."""

    def __init__(self, *args, request, **kwargs):
        self.request = request
        super().__init__(*args, store=request.store, remote_ip=client_ip(request), **kwargs)


class OpenedField(GuardField):
    """Says when the page was opened to the form its other button sends; a password has bounds of its own."""

    def clean(self, value):
        return None


class SignInForm(LoginForm):
    """allauth's form with one field for either address."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields = {
            "login": EmailOrPhoneField(label=_("E-mail or mobile"), region=region_of(self.request)),
            "password": PasswordField(label=_("Password")),
            "guard": OpenedField(),
        }

    @property
    def code_asks_captcha(self):
        """Whether the way by code goes over a page of its own."""
        return bool(captcha_fields(self.request.store))

    def clean_login(self):
        return self.cleaned_data["login"].lower()

    def user_credentials(self):
        login = self.cleaned_data["login"]
        return {"email" if is_email(login) else "phone": login, "password": self.cleaned_data["password"]}


class AddressForm(DoorForm):
    """The address a code is to be sent to."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"] = EmailOrPhoneField(label=_("E-mail or mobile"), region=region_of(self.request))
        self.order_fields(["login"])

    def clean_login(self):
        return self.cleaned_data["login"].lower()


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "dir": "ltr", "class": "code-input", "autofocus": True}
        ),
    )


class SignUpForm(DoorForm):
    """One of the two addresses is enough; without a password one signs in by code."""

    name = LineField(label=_("Your name"), limit=120, widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}))
    email = EmailField(label=_("E-mail"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["phone"] = PhoneField(
            label=_("Mobile number"),
            required=False,
            mobile=True,
            region=region_of(self.request),
            help_text=_("The e-mail address or the mobile number: one is enough."),
        )
        self.fields["password"] = NewPasswordField(
            label=_("Password"), required=False, help_text=_("At least 8 characters. Leave it empty to sign in with a code each time.")
        )

        self.order_fields(["name", "email", "phone", "password"])

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not cleaned.get("email") and not cleaned.get("phone"):
            self.add_error("email", _("Write your e-mail address or your mobile number, so that we can reach you."))
        check_new_password(
            self, "password", get_user_model()(name=cleaned.get("name", ""), email=cleaned.get("email"), phone=cleaned.get("phone"))
        )
        return cleaned


class NewPasswordForm(forms.Form):
    """After a reset: the code has shown who it is."""

    password = NewPasswordField(label=_("New password"))

    def __init__(self, *args, user, **kwargs):
        self.user = user
        super().__init__(*args, **kwargs)

    def clean(self):
        check_new_password(self, "password", self.user)
        return super().clean()


# --- One's own account ------------------------------------------------------------------------------
class OwnPasswordForm(forms.Form):
    """The password again, of somebody who is signed in."""

    password = PasswordField(label=_("Password"))

    def __init__(self, *args, user, **kwargs):
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_password(self):
        bound_own_password(self.user)
        if not self.user.check_password(self.cleaned_data["password"]):
            raise get_adapter().validation_error("enter_current_password")
        return self.cleaned_data["password"]


class ChangeOwnPasswordForm(ChangePasswordForm):
    """allauth's form; the new password is typed once, for a code helps whoever mistyped it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields = {
            "oldpassword": PasswordField(label=_("Password you have now")),
            "password1": NewPasswordField(label=_("New password")),
        }

    def clean_oldpassword(self):
        bound_own_password(self.user)
        return super().clean_oldpassword()

    def clean(self):
        check_new_password(self, "password1", self.user)
        return super().clean()


class SetOwnPasswordForm(SetPasswordForm):
    """The first password of somebody who signed in by code so far."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields = {"password1": NewPasswordField(label=_("Password"))}

    def clean(self):
        check_new_password(self, "password1", self.user)
        return super().clean()


class NewEmailForm(forms.Form):
    address = EmailField(label=_("New e-mail address"))

    def __init__(self, *args, request, **kwargs):
        self.user = request.user
        super().__init__(*args, **kwargs)

    def clean_address(self):
        address = self.cleaned_data["address"]
        if address == self.user.email:
            raise ValidationError(_("This is the address you have already."), code="same")
        return address


class NewPhoneForm(forms.Form):
    def __init__(self, *args, request, **kwargs):
        self.user = request.user
        super().__init__(*args, **kwargs)
        self.fields["address"] = PhoneField(label=_("New mobile number"), mobile=True, region=region_of(request))

    def clean_address(self):
        address = self.cleaned_data["address"]
        if address == self.user.phone and self.user.phone_verified:
            raise ValidationError(_("This is the number you have already."), code="same")
        return address


class ProfileForm(forms.ModelForm):
    """What a person may change about themselves without showing anything. Addresses and rights are not among it."""

    name = LineField(label=_("Your name"), limit=120, widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}))
    language = forms.ChoiceField(label=_("Language"), choices=Language)
    time_zone = forms.ChoiceField(label=_("Time zone"), required=False)

    class Meta:
        model = get_user_model()
        fields = ["name", "language", "calendar", "theme", "time_zone"]

    def __init__(self, *args, request, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.language:
            self.initial["language"] = request.reader.language
        self.fields["time_zone"].choices = [("", _("As the store")), *zone_choices()]
