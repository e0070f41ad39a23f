"""Where referrals are: for anyone, for whoever is signed in, for whoever answers by link."""

from django.urls import path

from wholeperson.casework.referrals.views import by_link, desk, mailbox, more, plan_forms, public, telephone

urlpatterns = [
    path("refer/", public.refer, name="refer"),
    path("refer/with-answers/", public.with_answers, name="refer_with_answers"),
    path("refer/again/", public.again, name="refer_again"),
    path("refer/mine/", public.mine, name="refer_mine"),
    path("refer/mine/answer/", public.answer, name="refer_answer"),
    path("refer/mine/take-back/", public.withdraw, name="refer_withdraw"),
    path("refer/leave/", public.leave, name="refer_leave"),
    path("r/", by_link.page, name="referral_link_page"),
    path("r/code/", by_link.send_code, name="referral_link_code"),
    path("r/leave/", by_link.leave, name="referral_link_leave"),
    path("r/do/<slug:verb>/", by_link.step, name="referral_link_step"),
    path("r/<str:token>/", by_link.open_link, name="referral_link"),
    path("organizations/<slug:public_id>/mailbox/", mailbox.mailbox, name="referral_mailbox"),
    path("plan-forms/", plan_forms.plan_forms, name="plan_forms"),
    path("plan-forms/<slug:public_id>/", plan_forms.plan_form, name="plan_form"),
    path("plan-forms/<slug:public_id>/sample/", plan_forms.sample, name="plan_form_sample"),
    path("plan-forms/<slug:public_id>/retire/", plan_forms.retire, name="plan_form_retire"),
    path("referrals/<slug:public_id>/form/<slug:form_id>/", plan_forms.referral_form, name="referral_form"),
    path("calls/", telephone.calls, name="calls"),
    path("calls/take/", telephone.take, name="call_take"),
    path("calls/taken/", telephone.taken, name="call_taken"),
    path("calls/missed/", telephone.missed, name="call_missed"),
    path("calls/<slug:public_id>/", telephone.back, name="call_back"),
    path("referrals/", desk.referrals, name="referrals"),
    path("referrals/new/", desk.new, name="referral_new"),
    path("referrals/asked/<slug:public_id>/", more.asked, name="referral_asked"),
    path("referrals/asked/<slug:public_id>/also/", more.also, name="referral_also"),
    path("referrals/asked/<slug:public_id>/more/", more.more, name="referral_more"),
    path("referrals/<slug:public_id>/", desk.referral, name="referral"),
    path("referrals/<slug:public_id>/told/", more.told, name="referral_told"),
    path("referrals/<slug:public_id>/asked-by/<slug:asking_id>/look/", more.look, name="referral_look"),
    path("referrals/<slug:public_id>/asked-by/<slug:asking_id>/", more.confirm, name="referral_confirm"),
    path("referrals/<slug:public_id>/papers/", more.papers, name="referral_papers"),
    path("referrals/<slug:public_id>/sheet/", more.sheet_page, name="referral_sheet"),
    path("referrals/<slug:public_id>/steps/<slug:verb>/", desk.step, name="referral_step"),
]
