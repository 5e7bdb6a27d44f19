"""What is no article is rejected with its kind; a story about such things is kept."""

import pytest
from raws import raw_of

from searchapp.errors import Rejected
from searchapp.ingest import ingest
from searchapp.ingest.attribution.people import People
from searchapp.ingest.profile import Profile
from searchapp.ingest.reasons import Reason
from searchapp.ingest.stubs import stub

STORY = "The harbour board has picked Olga Stenn as its chief.\n\nShe begins in May, the board said on Friday."


@pytest.mark.parametrize(
    ("title", "text", "kind"),
    [
        ("Just a moment...", "Checking your browser before you go on.\n\nPlease allow up to 5 seconds.", "robot"),
        ("Velm Post", "Are you a robot?\n\nTo continue, tick the box below, please.", "robot"),
        ("Sicherheitsprüfung", "Bitte bestätigen Sie, dass Sie kein Roboter sind.", "robot"),
        (None, "Please enable JS and disable any ad blocker", "robot"),
        (
            "Datenschutz",
            "Wir und unsere 214 Partner verarbeiten personenbezogene Daten.\n\nAlle akzeptieren",
            "consent",
        ),
        (None, "Nous et nos 812 partenaires stockons des informations.\n\nTout accepter\n\nTout refuser", "consent"),
        ("403 Forbidden", "You don't have permission to access /news/1 on this server.", "error"),
        ("502 Bad Gateway", "502 Bad Gateway\n\nnginx/1.18.0", "error"),
        ("Página no encontrada", "Lo sentimos, la página que busca no existe.\n\nVolver al inicio", "error"),
        ("Notice of damage", "This record was damaged when it was stored.", "error"),
        ("Log in", "E-mail\n\nPassword\n\nForgot your password?\n\nNot a member? Create an account", "log in"),
        ("Velm Post", "Sign in to read this article.\n\nAlready a subscriber? Log in", "log in"),
    ],
)
def test_what_is_no_article_is_told_by_its_kind(title: str | None, text: str, kind: str) -> None:
    assert kind in (stub(title, text) or "")
    with pytest.raises(Rejected, match=kind):
        ingest(raw_of(text, title=title), Profile(), People())


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Bank down", "The bank's site was down for hours, Olga Stenn said.\n\n“Something went wrong,” she said."),
        ("Are you human?", "“Are you human?” the minister asked the crowd, and nobody in the hall of Velm laughed."),
        ("For subscribers only", "The Velm Post will be for subscribers only from May, its editor said on Friday."),
        ("404 killed", "At least 404 people were killed in the storm, the town said on Friday."),
        ("Harbour board", STORY),
    ],
)
def test_a_story_that_mentions_such_things_is_one(title: str, text: str) -> None:
    assert stub(title, text) is None


@pytest.mark.parametrize(
    "call",
    [
        "This content is for subscribers only. Already have an account? Log in to continue reading.",
        "Dieser Artikel ist nur für Abonnenten. Jetzt anmelden und weiterlesen.",
        "Cet article est réservé aux abonnés.\n\nDéjà abonné ? Connectez-vous",
        "You have reached your limit of free articles. Subscribe now for full access.",
    ],
)
def test_a_call_to_subscribe_below_a_story_is_cut(call: str) -> None:
    article = ingest(raw_of(f"Harbour board picks chief\n\n{STORY}\n\n{call}"), Profile(), People())
    assert article.body == STORY
    assert [each.text for each in article.removed if each.reason == Reason.PAYWALL] == call.split("\n\n")


def test_a_story_about_a_paywall_keeps_its_end() -> None:
    end = "The Post is now for subscribers only, its editor said on Friday."
    article = ingest(raw_of(f"Harbour board picks chief\n\n{STORY}\n\n{end}"), Profile(), People())
    assert article.body.endswith(end)
