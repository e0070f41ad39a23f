"""Django's settings. What differs between installations comes from the environment; see environment.py."""

import os
from datetime import timedelta
from pathlib import Path

from csp.constants import NONCE, NONE, SELF
from django.conf import locale
from django.utils.translation import gettext_lazy as _

from wholeperson.site import environment, logs

HERE = Path(__file__).parent

# ── what this installation is ──

DEMO = environment.flag("WHOLEPERSON_DEMO")  # invented people, every role one click away, nothing goes out
COUNTS_QUERIES = DEMO  # every answer says in Server-Timing how many queries it took
DEBUG = False
SECRET_KEY = environment.secret("WHOLEPERSON_SECRET_KEY")
WHOLEPERSON_KEYS = environment.words("WHOLEPERSON_KEYS") or [SECRET_KEY]  # the first encrypts, all decrypt
WHOLEPERSON_INDEX_KEY = (
    os.environ.get("WHOLEPERSON_INDEX_KEY") or WHOLEPERSON_KEYS[-1]
)  # never changes: numbers are found by it
WHOLEPERSON_INDEX_KEY_IS_SET = bool(os.environ.get("WHOLEPERSON_INDEX_KEY"))
ALLOWED_HOSTS = environment.words("WHOLEPERSON_HOSTS", "127.0.0.1,localhost,[::1]")
# how others reach this installation: stands before the links in what is sent when nobody is there
WHOLEPERSON_ADDRESS = os.environ.get("WHOLEPERSON_ADDRESS") or f"https://{ALLOWED_HOSTS[0]}"
CSRF_TRUSTED_ORIGINS = environment.words("WHOLEPERSON_ORIGINS")
BEHIND_TLS = environment.flag("WHOLEPERSON_TLS")

# ── rooms ──

INSTALLED_APPS = [
    "wholeperson.site",  # first: its templates replace those of the libraries
    "wholeperson.desk",
    "wholeperson.handbook.search",
    "wholeperson.handbook.shelf",
    "wholeperson.handbook.screener",
    "wholeperson.handbook.programs",
    "wholeperson.casework.eligibility",
    "wholeperson.exchange",
    "wholeperson.casework.authorizations",
    "wholeperson.casework.care",
    "wholeperson.casework.releases",
    "wholeperson.casework.referrals",
    "wholeperson.casework.providers",
    "wholeperson.casework.members",
    "wholeperson.access",
    "wholeperson.record",
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "wholeperson.site.logs.note_answers",
    "wholeperson.site.middleware.count_queries",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "wholeperson.site.middleware.tell_the_moment",
    "wholeperson.site.middleware.keep_nothing",
    "wholeperson.site.middleware.Gate",
]
ROOT_URLCONF = "wholeperson.site.urls"
WSGI_APPLICATION = "wholeperson.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "builtins": ["django_cotton.templatetags.cotton", "django.templatetags.static"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wholeperson.site.context.site",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django_cotton.cotton_loader.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
        },
    }
]

FORM_RENDERER = "wholeperson.site.forms.Rendered"

# ── data ──

DATABASES = {"default": environment.database(os.environ.get("DATABASE_URL") or "sqlite:///var/wholeperson.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {  # shared by every process: a limit that each counts for itself is none
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "shared_cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
    "looks": {  # at files in the drop: so many that they would push the limits of sign-in out of the other
        "BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "drop_looks",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    },
}  # fmt: skip
WHOLEPERSON_HEADS = environment.folder("WHOLEPERSON_HEADS", "heads", DATABASES["default"])  # of the sealed trail
WHOLEPERSON_DOCUMENTS = environment.folder("WHOLEPERSON_DOCUMENTS", "documents", DATABASES["default"])
WHOLEPERSON_CLAMD = os.environ.get("WHOLEPERSON_CLAMD", "")  # the socket of ClamAV's service, where there is one
# the folder into which partners put files, where there is one
WHOLEPERSON_DROP = os.environ.get("WHOLEPERSON_DROP", "")
FILE_UPLOAD_HANDLERS = [
    "wholeperson.record.uploads.Measured",  # first: what is too large is never kept, not even for a moment
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
TASKS = {"default": {"BACKEND": "wholeperson.record.jobs.OnlyIds"}}
WHOLEPERSON_WORK = [  # which rooms have work for somebody, in the order in which the desk names them
    "wholeperson.casework.referrals.due.OFFER",
    "wholeperson.casework.referrals.due.CALLBACKS",
    "wholeperson.casework.care.due.OFFER",
    "wholeperson.casework.care.due.REVIEWS",
    "wholeperson.casework.authorizations.due.OFFER",
    "wholeperson.casework.eligibility.due.OFFER",
    "wholeperson.casework.releases.due.FEW",
    "wholeperson.exchange.due.FILES",
    "wholeperson.exchange.due.MONTH_END",
    "wholeperson.casework.providers.due.OFFER",
    "wholeperson.casework.providers.due.ROOM",
    "wholeperson.desk.found.due.FEW",
    "wholeperson.desk.loop.due.FEW",
    "wholeperson.exchange.billing.due.FEW",
    "wholeperson.casework.members.due.OFFER",
    "wholeperson.handbook.shelf.due.OFFER",
    "wholeperson.casework.referrals.due.ASKED",
]
WHOLEPERSON_OPEN_CASES = [  # who keeps cases of members: by these a change of the policy is counted
    "wholeperson.casework.referrals.queries.open_cases",
    "wholeperson.casework.authorizations.queries.open_cases",
]
WHOLEPERSON_SHELF_TELLS = ["wholeperson.handbook.search.actions.put_piece"]  # who keeps an index of the shelf
WHOLEPERSON_MAY_GO = "wholeperson.casework.referrals.actions.may_go"  # who looks before a member is written to
WHOLEPERSON_SCHEDULE = {
    # name: (how often, function that takes at=)
    "seal": (timedelta(minutes=1), "wholeperson.record.sealing.seal"),
    "seal everything": (timedelta(days=1), "wholeperson.record.sealing.seal_everything"),
    "index the handbook": (timedelta(minutes=1), "wholeperson.handbook.search.actions.refresh"),
    "look into the drop": (timedelta(minutes=1), "wholeperson.exchange.actions.dropping.look"),
    "forget drafts": (timedelta(hours=1), "wholeperson.access.actions.forget_drafts"),
    "look who is here twice": (timedelta(hours=1), "wholeperson.casework.members.actions.look_for_alike"),
    "keep what is a minor's": (timedelta(hours=1), "wholeperson.casework.members.actions.keep_what_is_a_minors"),
    "look at everybody": (timedelta(days=1), "wholeperson.casework.members.actions.look_at_everybody"),
    "pass on referrals": (timedelta(minutes=10), "wholeperson.casework.referrals.actions.pass_on_unanswered"),
    "tell what waited": (timedelta(minutes=10), "wholeperson.casework.referrals.actions.tell_what_waited"),
    "forget requests kept for later": (timedelta(days=1), "wholeperson.casework.referrals.actions.forget_halves"),
    "remind applicants": (timedelta(hours=6), "wholeperson.casework.providers.actions.remind"),
    "remind of statements": (timedelta(days=1), "wholeperson.casework.providers.actions.remind_to_renew"),
    "forget unsent applications": (timedelta(days=1), "wholeperson.casework.providers.actions.lapse_unsent"),
    "ask what is free": (timedelta(hours=1), "wholeperson.casework.providers.actions.ask_keepers"),
    "ask the rules again": (timedelta(minutes=15), "wholeperson.casework.eligibility.actions.ask_again"),
    "forget prepared files": (timedelta(hours=1), "wholeperson.exchange.actions.mending.forget_made"),
    "forget finished jobs": (timedelta(days=1), "wholeperson.record.worker.forget_finished"),
}

# ── sign-in ──

AUTH_USER_MODEL = "access.Person"
ONE_CLICK = "wholeperson.site.demo.one_click.OneClick"
AUTHENTICATION_BACKENDS = [*([ONE_CLICK] if DEMO else []), "allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "wholeperson.access.sign_in.accounts.Accounts"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False  # a session ends with the browser: the next at a shared computer is somebody else
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # this browser stays in; every other session ends with the old password
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": "60/m/ip,5/15m/key"}  # a clinic has one address for all
ALLAUTH_TRUSTED_PROXY_COUNT = environment.count("WHOLEPERSON_PROXIES", 1 if BEHIND_TLS else 0)
MFA_ADAPTER = "wholeperson.access.sign_in.factors.Factors"
MFA_FORMS = {
    "generate_recovery_codes": "wholeperson.access.sign_in.forms.PrintedCodesForm",
    "add_webauthn": "wholeperson.access.sign_in.forms.KeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # a clock that is half a minute off
MFA_RECOVERY_CODE_COUNT = 40  # a printed sheet: one code for each sign-in of two months
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO  # http://localhost
SOCIALACCOUNT_ADAPTER = "wholeperson.access.sign_in.partners.Partners"
SOCIALACCOUNT_PROVIDERS = environment.partners("WHOLEPERSON_OIDC")
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_LOGIN_ON_GET = True  # a link, since our forms are sent to nobody but us
CSRF_FAILURE_VIEW = "wholeperson.site.errors.csrf_failed"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk"
LOGOUT_REDIRECT_URL = "home"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True  # no script of ours reads them
LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = BEHIND_TLS
SESSION_COOKIE_AGE = 12 * 60 * 60

# ── the wire ──

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    **{name: [] for name in ("camera", "microphone", "geolocation", "payment", "usb", "display-capture")},
    "publickey-credentials-get": ["self"],  # a passkey, at sign-in and where it is added
    "publickey-credentials-create": ["self"],
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_SSL_REDIRECT = BEHIND_TLS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if BEHIND_TLS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None

# ── what goes out: nothing at all from a demo or the tests, through the outbox from everywhere else ──

MAIL = environment.mail("WHOLEPERSON_MAIL", none_may_be=DEMO)
WHOLEPERSON_CHANNELS = {"mail": "wholeperson.record.post.Mail"} if MAIL.host else {}
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend" if DEMO else "wholeperson.record.post.IntoOutbox"
EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD, EMAIL_USE_TLS, DEFAULT_FROM_EMAIL = MAIL
EMAIL_TIMEOUT = 20

# ── words and places ──

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish")), ("zh-hant", _("Traditional Chinese"))]
LOCALE_PATHS = [HERE / "locale"]
if environment.flag("WHOLEPERSON_PSEUDO"):  # English with other faces, from right to left: finds what was never marked
    locale.LANG_INFO["ar-xb"] = {"bidi": True, "code": "ar-xb", "name": "Right to left", "name_local": "tfel ot thgiR"}
    LANGUAGES += [("ar-xb", _("Right to left"))]
USE_TZ = True
TIME_ZONE = "America/Los_Angeles"

# ── files that never change between two releases ──

STATIC_URL = "static/"
STATIC_ROOT = None if DEMO else os.environ.get("WHOLEPERSON_STATIC", "var/static")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEMO
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"  # named by what is in them, kept for ever
    },
}
WHITENOISE_USE_FINDERS = DEMO  # a demo serves them where they lie; an installation collects them first

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": logs.FORMATTER},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("WHOLEPERSON_LOG", "WARNING")},
    "loggers": {"wholeperson": {"level": "WARNING" if DEMO else "INFO"}},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
