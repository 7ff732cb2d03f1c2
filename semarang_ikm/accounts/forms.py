"""Signing in, changing one's password, and the page of an account."""

from typing import Any

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm, AdminPasswordChangeForm
from django.contrib.auth.models import Group, User
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from semarang_ikm.accounts.managing import areas_of, givable, has_changed_password
from semarang_ikm.roles import ROLES
from sentra.models import Kecamatan, Officer

_ROLES = {role.name: role for role in ROLES}


class SignInForm(AdminAuthenticationForm):
    def confirm_login_allowed(self, user: User) -> None:
        super().confirm_login_allowed(user)
        officer = Officer.objects.filter(user=user).first()
        if officer and officer.one_time_until and officer.one_time_until < timezone.now():
            raise ValidationError(
                _("Kata sandi sekali pakai ini sudah tidak berlaku. Mintalah yang baru kepada pengelola akun."),
                code="one_time_over",
            )


class OwnPasswordForm(AdminPasswordChangeForm):
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

    # Set by the admin page: whoever fills the form in.
    by: User
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

    def clean_username(self) -> str:
        """Upper and lower case name the same person."""
        name = self.cleaned_data["username"]
        if User.objects.filter(username__iexact=name).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Nama masuk ini sudah dipakai."), code="taken")
        return name
