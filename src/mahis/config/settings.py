"""Django's settings, all derived from the environment; production-safe unless told otherwise."""

from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from mahis.config import database, ebox, environment, identity, post, rules, sealing, trust

PACKAGE = Path(__file__).resolve().parent.parent
DEPLOYMENT = environment.read()

# -- who we are
SECRET_KEY = DEPLOYMENT.secret_key
DEBUG = False
PUBLIC_URL = DEPLOYMENT.public_url
ALLOWED_HOSTS = environment.allowed_hosts(DEPLOYMENT)
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
ROOT_URLCONF = "mahis.config.urls"
WSGI_APPLICATION = "mahis.config.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.sessions",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "mahis.store",
    "mahis.web",
    "mahis.portal",
    "mahis.backoffice",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "mahis.web.session.limit_sessions",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "mahis.web.access.AccessMiddleware",
    "mahis.web.middleware.RefusalMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "mahis.web.frame.frame",
                "mahis.portal.menu.menu",
                "mahis.backoffice.menu.menu",
            ],
        },
    },
]

# -- the database; use cases own their transactions, so no request is one by itself
DATABASES = database.all_settings(
    application_url=environment.database_url(),
    owner_url=environment.database_owner_url(),
    pool_size=environment.database_pool_size(),
)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# -- languages and time
LANGUAGE_CODE = "en"
LANGUAGES = [("fr", _("French")), ("nl", _("Dutch")), ("de", _("German")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_COOKIE_NAME = "mahis_language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = DEPLOYMENT.is_https
USE_I18N = True
USE_TZ = True
TIME_ZONE = DEPLOYMENT.time_zone

# -- static files: found in the packages, hashed once into the private folder at start
STATIC_URL = "/static/"
STATIC_ROOT = None if DEPLOYMENT.is_test else DEPLOYMENT.data_dir / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": environment.static_storage(DEPLOYMENT)},
}
# Under test nothing is collected: files are looked up where they lie, when they are asked for.
WHITENOISE_USE_FINDERS = DEPLOYMENT.is_test
WHITENOISE_AUTOREFRESH = DEPLOYMENT.is_test

# -- sessions: in the database, ended by the browser or by either limit, see mahis.web.session
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "mahis_session"
SESSION_IDLE_SECONDS = environment.seconds("MAHIS_SESSION_IDLE_SECONDS", 3600)
SESSION_ABSOLUTE_SECONDS = environment.seconds("MAHIS_SESSION_ABSOLUTE_SECONDS", 8 * 3600)
SESSION_COOKIE_AGE = SESSION_IDLE_SECONDS
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_SECURE = DEPLOYMENT.is_https
SESSION_COOKIE_HTTPONLY = True
# Lax, not Strict: the provider sends people back by a redirect from its own site.
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = DEPLOYMENT.is_https
CSRF_COOKIE_HTTPONLY = True
CSRF_USE_SESSIONS = True
CSRF_FAILURE_VIEW = "mahis.web.errors.forged"

# -- what browsers are told
SECURE_SSL_REDIRECT = False  # the proxy before us answers on port 80
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if DEPLOYMENT.is_https else None
SECURE_HSTS_SECONDS = 63_072_000 if DEPLOYMENT.is_https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = DEPLOYMENT.is_https
SECURE_HSTS_PRELOAD = DEPLOYMENT.is_https
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        # Logging out leads through the provider, and browsers hold redirects to this list too.
        "form-action": environment.form_targets(),
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_NUMBER_FILES = 100
# Files are counted while they arrive: before the view, as the token of a form is read before it.
FILE_UPLOAD_HANDLERS = ["mahis.web.uploads.BoundedUpload"]

# -- the rules that an operator may set, handed on by mahis.web.house_rules
LIMITS = rules.limits()
SEARCH_ROWS_A_PAGE = rules.rows_a_page()
SEARCH_MOST_FOUND = rules.most_found()
LARGEST_UPLOAD = rules.largest_upload()
DAYS_OF_DRAFTS = rules.days_of_drafts()
REMINDERS = rules.reminders()

# -- the OpenID provider, a mahis.gateways.identity_settings.ProviderSettings or None
IDENTITY_PROVIDER = identity.provider(public_url=PUBLIC_URL, production=DEPLOYMENT.is_production)

# -- how forms are sealed, a mahis.gateways.seal_settings.SealSettings or None
SEALING = sealing.seal()

# -- whom we trust, a mahis.gateways.trust.TrustSettings, and what we demand of signatures
TRUST = trust.settings(data_dir=DEPLOYMENT.data_dir, seal=SEALING)
SIGNATURE_RULES = trust.rules(TRUST)
EXAMINER = trust.examiner()

# -- the e-Box that notices go to, a mahis.gateways.ebox.EboxSettings or None
EBOX = ebox.ebox(production=DEPLOYMENT.is_production)

# -- how long notices are tried for, and how long a worker has those that it took
PATIENCE = rules.patience()
LEASE_SECONDS = rules.lease_seconds(ebox=EBOX)

# -- who writes letters and where they go, a mahis.gateways.post.settings.PostSettings
POST = post.settings(production=DEPLOYMENT.is_production)

# -- where the documents are kept, see mahis.gateways.files
DOCUMENTS_DIR = environment.documents_dir()

# -- what machines that watch us must know, see mahis.web.metrics
METRICS_TOKEN = environment.metrics_token()

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"brief": {"()": "mahis.config.log_lines.Brief"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["brief"]}
    },
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {"django": {"handlers": [], "level": "WARNING", "propagate": True}},
}
