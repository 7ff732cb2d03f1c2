"""Signing in, changing one's password, and the page of an account."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.admin.forms import AdminAuthenticationForm, AdminPasswordChangeForm
from django.contrib.auth import authenticate
from django.contrib.auth.models import Group, User
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from semarang_ikm.accounts.managing import areas_of, givable, has_changed_password
from semarang_ikm.accounts.second_factor import CODE_DIGITS, digits_of
from semarang_ikm.roles import ROLES
from semarang_ikm.shared.admin.together import stay_unstored
from sentra.models import Kecamatan, Officer

_ROLES = {role.name: role for role in ROLES}


class SignInForm(AdminAuthenticationForm):
    shared = forms.BooleanField(label=_("Komputer bersama: keluar saat peramban ditutup"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if settings.SESSION_EXPIRE_AT_BROWSER_CLOSE:
            del self.fields["shared"]

    def confirm_login_allowed(self, user: User) -> None:
        super().confirm_login_allowed(user)
        officer = Officer.objects.filter(user=user).first()
        if officer and officer.one_time_until and officer.one_time_until < timezone.now():
            raise ValidationError(
                _("Kata sandi sekali pakai ini sudah tidak berlaku. Mintalah yang baru kepada pengelola akun."),
                code="one_time_over",
            )


class CodeInput(forms.TextInput):
    """Comes back empty: a code that was refused is not the one to send next."""

    def __init__(self, **attrs: Any) -> None:
        super().__init__({"autocomplete": "one-time-code", "inputmode": "numeric", **attrs})

    def format_value(self, value: Any) -> None:
        return None


class CodeForm(forms.Form):
    """The second step of signing in."""

    # One number pad for both kinds of code; what stands between their groups is let in.
    code = forms.CharField(
        label=_("Kode verifikasi"),
        max_length=40,
        widget=CodeInput(autofocus=True),
        error_messages={"required": _("Isi kode 6 angka dari aplikasi di telepon Anda, atau satu kode cadangan.")},
    )

    def clean_code(self) -> str:
        code = digits_of(self.cleaned_data["code"])
        if not code:
            raise ValidationError(
                _("Kode dari telepon punya 6 angka, kode cadangan 12 angka. Periksa lalu ketik lagi."), code="no_code"
            )
        return code


class PasswordAgainForm(forms.Form):
    """Whoever changes the second step shows that the open window is theirs."""

    password = forms.CharField(
        label=_("Kata sandi Anda"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_password(self) -> str:
        """A wrong one counts as one at the door."""
        password, user = self.cleaned_data["password"], self.request.user
        if authenticate(self.request, username=user.get_username(), password=password) != user:
            raise ValidationError(_("Kata sandi ini bukan kata sandi Anda yang sekarang."), code="wrong_password")
        return str(password)


class SetUpForm(PasswordAgainForm):
    ticket = forms.CharField(widget=forms.HiddenInput)
    code = forms.CharField(
        label=_("Kode 6 angka dari aplikasi"),
        max_length=20,
        widget=CodeInput(),
    )
    field_order = ("ticket", "code", "password")

    def clean_code(self) -> str:
        code = digits_of(self.cleaned_data["code"])
        if len(code) != CODE_DIGITS:
            raise ValidationError(_("Kode itu punya 6 angka. Periksa lalu ketik lagi."), code="no_code")
        return code


class OwnPasswordForm(AdminPasswordChangeForm):
    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_old_password(self) -> str:
        """A wrong one counts as one at the door: nobody guesses it from a window that was left open."""
        password = self.cleaned_data["old_password"]
        if authenticate(self.request, username=self.user.get_username(), password=password) != self.user:
            raise ValidationError(self.error_messages["password_incorrect"], code="password_incorrect")
        return str(password)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        chosen = self.cleaned_data.get("new_password1")
        if chosen and chosen == self.cleaned_data.get("old_password"):
            self.add_error("new_password1", _("Pilih kata sandi lain daripada yang lama."))
        return cleaned

    def save(self, commit: bool = True) -> User:
        user = super().save(commit)
        has_changed_password(user=user)
        return user


class RolesField(forms.ModelMultipleChoiceField):
    """A role by its name and by what it may do."""

    def label_from_instance(self, group: Group) -> str:
        role = _ROLES.get(group.name)
        return f"{role.label}: {role.sentence}" if role else group.name


class AccountForm(forms.ModelForm):
    """An officer's name and rights. The password is lent on a page of its own and never typed by another."""

    # Set by the admin page: whoever fills the form in, and by which request.
    by: User
    request: HttpRequest
    roles = RolesField(
        label=_("Peran"),
        queryset=Group.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Seseorang boleh punya beberapa peran. Yang dapat diberikan: peran yang haknya Anda sendiri punya."
        ),
    )
    kecamatan = forms.ModelMultipleChoiceField(
        label=_("Hanya kecamatan"),
        queryset=Kecamatan.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Kosongkan untuk seluruh kota. Bila diisi, data di luar kecamatan ini tidak terbuka baginya."),
    )

    class Meta:
        model = User
        fields = ("username", "first_name", "last_name", "email", "is_superuser")
        labels = {"first_name": _("Nama depan"), "last_name": _("Nama belakang"), "is_superuser": _("Pengelola situs")}
        help_texts = {
            "username": _("Nama untuk masuk, misalnya siti.aminah."),
            "first_name": _("Misalnya: Siti."),
            "last_name": _("Misalnya: Aminah."),
            "email": _("Boleh kosong, misalnya siti@contoh.id."),
            "is_superuser": _("Boleh semuanya, juga mengubah peran siapa pun. Cukup satu atau dua orang."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by, user = self.by, self.instance
        own_areas = areas_of(by)
        roles, kecamatan = self.fields["roles"], self.fields["kecamatan"]
        if isinstance(roles, forms.ModelChoiceField) and isinstance(kecamatan, forms.ModelChoiceField):
            roles.queryset = Group.objects.filter(pk__in=givable(by)).order_by("pk")
            everywhere = Kecamatan.objects.order_by("name")
            kecamatan.queryset = everywhere.filter(pk__in=own_areas) if own_areas else everywhere
            kecamatan.required = bool(own_areas)
        if user.pk:
            self.initial["roles"] = [group.pk for group in user.groups.all()]
            self.initial["kecamatan"] = sorted(areas_of(user))
        if "username" in self.fields:
            self.fields["username"].validators = [UnicodeUsernameValidator()]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        stay_unstored(self, self.request)
        return cleaned

    def clean_username(self) -> str:
        """Upper and lower case name the same person."""
        name = self.cleaned_data["username"]
        if User.objects.filter(username__iexact=name).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Nama masuk ini sudah dipakai."), code="taken")
        return name
