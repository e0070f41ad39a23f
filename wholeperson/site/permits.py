"""The permission table: the name of each address, and who may open it. An address without a row does not start.

`anyone`, `first_factor` (signed in, a second factor may still be missing), `signed_in`, `demo` (anyone, but only in a
demo), `nobody` (the library has it, we do not), or a permission of wholeperson.access.permissions.
What somebody may not open answers 404, as if it were not there.
"""

from collections.abc import Iterable, Iterator

from django.core.exceptions import ImproperlyConfigured
from django.urls import URLPattern, URLResolver

from wholeperson.access.permissions import PERMISSIONS

ANYONE, FIRST_FACTOR, SIGNED_IN, DEMO, NOBODY = "anyone", "first_factor", "signed_in", "demo", "nobody"

PERMITS = {
    # site
    "home": ANYONE,
    "healthz": ANYONE,
    "language": ANYONE,
    "living_styles": ANYONE,
    "demo": DEMO,
    "demo_as": DEMO,
    # people and organisations
    "roles": ANYONE,
    "organisations": "organisation.change",
    "organisation": "organisation.change",
    "organisation_add": "organisation.change",
    "organisation_number": "organisation.change",
    "role_end": "person.change",
    "invite": "person.change",
    "invitation_withdraw": "person.change",
    "invitation": ANYONE,
    "invitation_link": ANYONE,
    # handbook
    "programs": ANYONE,
    "program": ANYONE,
    "screener": ANYONE,
    "screener_keep": ANYONE,
    "program_guide": ANYONE,
    "program_guide_pdf": ANYONE,
    "program_changes": ANYONE,
    "calaim": ANYONE,
    "justice_involved": ANYONE,
    # the shelf
    "bulletins": ANYONE,
    "bulletin": ANYONE,
    "learn": ANYONE,
    "learning_session": ANYONE,
    "learning_done": SIGNED_IN,
    "questions": ANYONE,
    "contacts": ANYONE,
    "shelf_file": ANYONE,
    "shelf": "piece.read",
    "shelf_new": "piece.write",
    "shelf_contact": "contact.verify",
    "shelf_piece": "piece.read",
    "shelf_change": "piece.write",
    "shelf_files": "piece.write",
    "shelf_file_out": "piece.write",
    "shelf_step": "piece.read",
    # the search
    "search": ANYONE,
    # desk
    "desk": "desk.open",
    "work": "desk.open",
    "work_keep": "desk.open",
    "work_drop": "desk.open",
    "work_many": "referral.handle",
    "member_story": "member.read",
    "loop": "loop.read",
    "loop_file": "loop.read",
    "equity": "loop.count",
    "equity_file": "loop.count",
    "capacity": "capacity.read",
    "capacity_file": "capacity.read",
    "trail": "trail.read",
    "billing": "billing.read",
    # members
    "members": "member.read",
    "members_export": "member.export",
    "members_twice": "member.register",
    "members_decide": "member.register",
    "members_join": "member.register",
    "members_part": "member.register",
    "member": "member.read",
    "member_reach": "member.reach",
    "member_needs": "member.tell",
    "member_facts": "member.tell",
    "consents": "consent.read",
    "consent_new": "consent.record",
    "consent": "consent.read",
    "consent_revoke": "consent.revoke",
    "break_glass": "break_glass.open",
    "break_glass_review": "break_glass.review",
    "break_glass_judge": "break_glass.review",
    "document": "member.read",
    # releases
    "releases": "release.read",
    "release_tell": "release.tell",
    # referrals; whoever asks or answers without an account brings a number and a birth date, or a link and a code
    "refer": ANYONE,
    "refer_again": ANYONE,
    "refer_with_answers": ANYONE,
    "refer_mine": ANYONE,
    "refer_answer": ANYONE,
    "refer_withdraw": ANYONE,
    "refer_leave": ANYONE,
    "referral_link_page": ANYONE,
    "referral_link_code": ANYONE,
    "referral_link_leave": ANYONE,
    "referral_link_step": ANYONE,
    "referral_link": ANYONE,
    "referral_mailbox": "organisation.change",
    "member_mailbox": "member.reach",
    "member_mailbox_link": ANYONE,
    "referrals": "referral.read",
    "referral_new": "referral.ask",
    "referral_asked": "referral.ask",
    "referral_also": "referral.ask",
    "referral_more": "referral.ask",
    "referral": "referral.read",
    "referral_papers": "referral.read",
    "referral_sheet": "referral.screen",
    "referral_told": "referral.close",
    "referral_confirm": "referral.confirm",
    "referral_look": "referral.screen",
    "referral_step": "referral.read",
    "plan_forms": "form.keep",
    "plan_form": "form.keep",
    "plan_form_sample": "form.keep",
    "plan_form_retire": "form.keep",
    "referral_form": "referral.screen",
    "calls": "call.take",
    "call_take": "call.take",
    "call_taken": "call.take",
    "call_missed": "call.take",
    "call_back": "call.take",
    # authorizations
    "authorizations": "authorization.read",
    "authorization_new": "authorization.record",
    "authorization": "authorization.read",
    "authorization_told": "authorization.record",
    "authorization_answer": "authorization.record",
    "authorization_draw": "authorization.record",
    # care management
    "today": "care.read",
    "hand_over": "care.lead",
    "case": "care.read",
    "case_contact": "care.work",
    "case_lead": "care.lead",
    "case_strike": "care.work",
    "case_review": "care.work",
    "case_step": "care.work",
    # files
    "exchange": "exchange.receive",
    "exchange_requests": "referral.ask_many",
    "exchange_requests_template": "referral.ask_many",
    "exchange_file": "file.open",
    "exchange_load": "file.open",
    "exchange_stop": "file.open",
    "exchange_fix_list": "file.open",
    "exchange_fix_list_make": "file.open",
    "exchange_again": "file.open",
    "exchange_sent": "exchange.send",
    "month_end": "exchange.send",
    "month_charts": "exchange.send",
    "month_charts_file": "exchange.send",
    "return_file": "exchange.send",
    "return_leads": "exchange.send",
    "return_correct": "exchange.send",
    "return_trial": "exchange.send",
    "return_test": "exchange.send",
    "return_send": "exchange.send",
    # the directory of providers
    "providers": ANYONE,
    "provider": ANYONE,
    "room_link": ANYONE,
    "directory": "directory.keep",
    "service_new": "directory.keep",
    "service_change": "directory.keep",
    "service_room": "directory.keep",
    "service_step": "directory.keep",
    "service_contract": "directory.contract",
    "site_new": "directory.keep",
    "site_change": "directory.keep",
    "hsds": ANYONE,
    "hsds_services": ANYONE,
    "hsds_service": ANYONE,
    "hsds_organizations": ANYONE,
    "hsds_organization": ANYONE,
    "hsds_service_at_locations": ANYONE,
    "hsds_service_at_location": ANYONE,
    "hsds_taxonomies": ANYONE,
    "hsds_taxonomy": ANYONE,
    "hsds_taxonomy_terms": ANYONE,
    "hsds_taxonomy_term": ANYONE,
    # becoming a provider; the applicant's pages ask for the private link
    "become_a_provider": ANYONE,
    "application_begin": ANYONE,
    "application_link_again": ANYONE,
    "application_link": ANYONE,
    "application_leave": ANYONE,
    "application_mine": ANYONE,
    "application_go": ANYONE,
    "application_withdraw": ANYONE,
    "application_papers": ANYONE,
    "application_paper_back": ANYONE,
    "application_step": ANYONE,
    "applications": "application.read",
    "application": "application.read",
    "application_paper": "application.read",
    "application_note": "application.decide",
    "application_look": "application.decide",
    "application_decide": "application.decide",
    "attestations": "application.read",
    "attestation_renew": "application.decide",
    # what may fit a member
    "may_fit": "found.read",
    "determination_changes": "determination.read",
    "member_programs": "determination.read",
    "member_program": "determination.read",
    # overlays of plans
    "overlays": "overlay.read",
    "overlay": "overlay.read",
    "overlay_upload": "overlay.upload",
    "overlay_approve": "overlay.approve",
    "overlay_return": "overlay.approve",
    "overlay_withdraw": "overlay.upload",
    # sign-in
    "account_login": ANYONE,
    "account_logout": ANYONE,
    "account_inactive": ANYONE,
    "account_reauthenticate": FIRST_FACTOR,
    "account_change_password": FIRST_FACTOR,
    "account_set_password": NOBODY,
    "account_reset_password": ANYONE,
    "account_reset_password_done": ANYONE,
    "account_reset_password_from_key": ANYONE,
    "account_reset_password_from_key_done": ANYONE,
    "account_signup": NOBODY,
    "account_email": NOBODY,
    "account_email_verification_sent": NOBODY,
    "account_confirm_email": NOBODY,
    "account_confirm_login_code": NOBODY,
    "sessions": SIGNED_IN,
    "lock": FIRST_FACTOR,
    "still_here": FIRST_FACTOR,
    "session_end": SIGNED_IN,
    # the second factor
    "mfa_index": FIRST_FACTOR,
    "mfa_authenticate": ANYONE,
    "mfa_reauthenticate": FIRST_FACTOR,
    "mfa_activate_totp": FIRST_FACTOR,
    "mfa_deactivate_totp": SIGNED_IN,
    "mfa_view_recovery_codes": FIRST_FACTOR,
    "mfa_generate_recovery_codes": FIRST_FACTOR,
    "mfa_download_recovery_codes": NOBODY,
    "mfa_list_webauthn": FIRST_FACTOR,
    "mfa_add_webauthn": FIRST_FACTOR,
    "mfa_reauthenticate_webauthn": FIRST_FACTOR,
    "mfa_remove_webauthn": SIGNED_IN,
    "mfa_edit_webauthn": SIGNED_IN,
    "mfa_login_webauthn": ANYONE,
    # sign-in with an organization's own account
    "openid_connect_login": ANYONE,
    "openid_connect_callback": ANYONE,
    "socialaccount_login_cancelled": ANYONE,
    "socialaccount_login_error": ANYONE,
    "socialaccount_signup": NOBODY,
    "socialaccount_connections": NOBODY,
}


def names(patterns: Iterable[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    """The full name of every address; one without a name is said by its pattern."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from names(pattern.url_patterns, inner)
        else:
            yield f"{prefix}{pattern.name or f'(no name) {pattern.pattern}'}"


def require_rows(patterns: Iterable[URLPattern | URLResolver]) -> None:
    """Refuse to start where an address has no row, a row no address, or a row asks for a permission there is not."""
    addresses = set(names(patterns))
    wrong = [f"{name} has no row" for name in sorted(addresses - set(PERMITS))]
    wrong += [f"{name} is the row of no address" for name in sorted(set(PERMITS) - addresses)]
    known = {ANYONE, FIRST_FACTOR, SIGNED_IN, DEMO, NOBODY, *PERMISSIONS}
    wrong += [f"{name} asks for {who}, which nobody can have" for name, who in PERMITS.items() if who not in known]
    if wrong:
        raise ImproperlyConfigured("The permission table in wholeperson/site/permits.py is wrong: " + "; ".join(wrong))
