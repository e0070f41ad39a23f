"""An authorization written down by hand, renewed, answered and drawn from."""

from django.test import Client

from tests.exchange.town import plan
from tests.people import World


def test_by_hand_in_one_form(world: World) -> None:
    """Written down, renewed, answered; somebody of elsewhere finds nothing."""
    rosa = world.member()
    world.relate(rosa, "Bayside")
    client, stranger = Client(), Client()
    client.force_login(world.person("Ines Tran", "provider_intake", at="Bayside"))
    stranger.force_login(world.person("Sam There", "supervisor", at="There"))
    said = {
        "member": rosa.public_id, "programme": "cs.htns", "plan": plan(world).public_id, "decision": "approved",
        "number": "H-1", "begins": "2026-11-01", "ends": "2027-04-30", "units": "12", "how": "phone",
        "who": "Pat at the plan", "on": "2026-11-20",
    }  # fmt: skip
    assert client.post("/authorizations/new/", {**said, "ends": "2026-10-01"}).status_code == 422
    address = client.post("/authorizations/new/", said)["Location"]
    client.post(f"{address}units/", {"units": "14", "on": "2026-11-20", "key": "k"})
    client.post(f"{address}units/", {"units": "14", "on": "2026-11-20", "key": "k"})
    page = client.get(address).content.decode()
    assert all(words in page for words in ("Pat at the plan", "H-1", "14 of 12 units used", "More was used"))
    assert client.post(f"{address}told/", {**said, "units": "40"}).status_code == 303
    assert (
        client.post(f"{address}answer/", {"answer": "referral_loop_closed", "since": "2026-11-20"}).status_code == 422
    )
    assert client.post(f"{address}answer/", {"answer": "accepted", "since": "2026-11-20"}).status_code == 303
    assert "We take it" in client.get(address).content.decode()
    assert "Rosa Delgado" in client.get("/authorizations/").content.decode()
    assert stranger.get(address).status_code == 404
    assert "Rosa" not in stranger.get("/authorizations/?show=all").content.decode()
