from django import forms
from django.utils.translation import gettext_lazy as _

from tessere.domains.identity.types import PASSWORD_RULE_WORDS, PasswordTooWeak
from tessere.gate.forms import CommandForm

_EMAIL = {
    "autocomplete": "username",
    "autocapitalize": "none",
    "spellcheck": "false",
    "inputmode": "email",
}
_EMAIL_ERRORS = {
    "required": _("Écrivez votre adresse email."),
    "invalid": _("Cette adresse n’est pas complète. Exemple : prenom@exemple.fr"),
}
# Shown before anything is typed; the names are those that the script ticks.
_RULES = tuple((rule.value, words) for rule, words in PASSWORD_RULE_WORDS.items())
_PASSWORD_MISSING = {"required": _("Écrivez votre mot de passe.")}


class SignInForm(CommandForm):
    """Who, and the proof. The key makes a double click one session."""

    rules = _RULES
    suite = forms.CharField(widget=forms.HiddenInput, required=False)
    email = forms.CharField(
        label=_("Adresse email"),
        max_length=254,
        widget=forms.TextInput(attrs=_EMAIL),
        error_messages=_EMAIL_ERRORS,
    )
    password = forms.CharField(
        label=_("Mot de passe"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages=_PASSWORD_MISSING,
    )


class AskForLinkForm(forms.Form):
    """An address to which a link may be sent."""

    email = forms.EmailField(
        label=_("Adresse email"),
        max_length=254,
        help_text=_("Exemple : prenom@exemple.fr"),
        widget=forms.EmailInput(attrs=_EMAIL),
        error_messages=_EMAIL_ERRORS,
    )


class ChoosePasswordForm(forms.Form):
    """A new password, twice: most people cannot see what they type."""

    rules = _RULES
    password = forms.CharField(
        label=_("Nouveau mot de passe"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages=_PASSWORD_MISSING,
    )
    again = forms.CharField(
        label=_("Le même, une seconde fois"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Écrivez-le une seconde fois.")},
    )

    def clean_again(self) -> str:
        """Refuse a slip of the finger."""
        again: str = self.cleaned_data["again"]
        if "password" in self.cleaned_data and again != self.cleaned_data["password"]:
            raise forms.ValidationError(_("Les deux mots de passe ne sont pas les mêmes."))
        return again

    def show_faults(self, weak: PasswordTooWeak) -> None:
        """Name each rule that the password breaks."""
        for fault in weak.faults:
            self.add_error(
                "password", _("Il faut %(rule)s.") % {"rule": PASSWORD_RULE_WORDS[fault]}
            )


class ChangePasswordForm(ChoosePasswordForm):
    """The same, by a person who is signed in and proves it again."""

    current = forms.CharField(
        label=_("Mot de passe actuel"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages=_PASSWORD_MISSING,
    )

    field_order = ["current", "password", "again"]
