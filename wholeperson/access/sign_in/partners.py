"""Sign-in with an organisation's own account (OIDC): only for people who are invited, only for its own addresses."""

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.http import HttpRequest


class Partners(DefaultSocialAccountAdapter):
    """A partner may speak for the addresses of its domains, and for no others: else it could be anyone."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def can_authenticate_by_email(self, login: SocialLogin, email: str) -> bool:
        domains = login.provider.app.settings["domains"]
        return email.rpartition("@")[2].lower() in domains
