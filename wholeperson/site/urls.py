"""Every address of the site; each has its row in permits.py."""

from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from wholeperson.site import health, pages
from wholeperson.site.demo import doors
from wholeperson.site.living_styles import living_styles
from wholeperson.site.permits import require_rows

urlpatterns: list[URLPattern | URLResolver] = [
    path("", pages.home, name="home"),
    path("healthz", health.healthz, name="healthz"),
    path("language/", set_language, name="language"),
    path("living-styles/", living_styles, name="living_styles"),
    path("demo/", doors.demo, name="demo"),
    path("demo/as/<slug:role>", doors.demo_as, name="demo_as"),
    path("account/", include("allauth.account.urls")),
    path("account/security/", include("allauth.mfa.urls")),
    path("account/partners/", include("allauth.socialaccount.urls")),
    path("account/", include("allauth.socialaccount.providers.openid_connect.urls")),
    path("", include("wholeperson.access.urls")),
    path("", include("wholeperson.handbook.search.urls")),
    path("", include("wholeperson.handbook.shelf.urls")),
    path("", include("wholeperson.handbook.screener.urls")),
    path("", include("wholeperson.handbook.programs.urls")),
    path("", include("wholeperson.desk.urls")),
    path("", include("wholeperson.casework.members.papers.urls")),
    path("", include("wholeperson.casework.members.urls")),
    path("", include("wholeperson.casework.providers.urls")),
    path("", include("wholeperson.casework.eligibility.urls")),
    path("", include("wholeperson.casework.referrals.urls")),
    path("", include("wholeperson.casework.authorizations.urls")),
    path("", include("wholeperson.casework.care.urls")),
    path("", include("wholeperson.casework.releases.urls")),
    path("", include("wholeperson.exchange.hsds.urls")),
    path("", include("wholeperson.exchange.urls")),
]
handler400 = "wholeperson.site.errors.bad_request"
handler403 = "wholeperson.site.errors.forbidden"
handler404 = "wholeperson.site.errors.not_found"
handler500 = "wholeperson.site.errors.broken"

require_rows(urlpatterns)
