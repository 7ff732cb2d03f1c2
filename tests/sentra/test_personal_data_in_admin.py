"""Personal data at the desk: who may not see it reads that it is there, and no list, search, address or file tells it."""

import json

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from products.models import Certification, Product
from promotions.models import FacilitationCase
from semarang_ikm.shared.admin.files import private_file_url
from sentra.models import Consent, Contact, DataReport, Ikm, Sentra
from tests import factories
from tests.admin_forms import admin_url, errors, rows, submit
from tests.officers import signed_in

pytestmark = pytest.mark.django_db

NUMBER, OWNER, NIB, HOLDER = "+6281215559876", "Sumiyati Rahasia", "0220001234567", "Pemegang Rahasia"
REPORTER = "pelapor.rahasia@example.test"
SECRETS = (NUMBER, "0812-1555-9876", OWNER, NIB, HOLDER, REPORTER)
WITHOUT_RIGHT = ["Pelihat", "Penyunting", "Penerbit", "Petugas fasilitasi"]


@pytest.fixture
def planted():
    ikm = factories.ikm(nib=NIB, kelurahan=factories.kelurahan(), sentra=factories.sentra())
    factories.contact(ikm=ikm, value=NUMBER, typed="0812-1555-9876")
    factories.contact(ikm=ikm, kind="owner_name", value=OWNER)
    factories.contact(sentra=ikm.sentra, value=NUMBER)
    consent = factories.consent(ikm, "whatsapp", person=OWNER)
    consent.evidence.save("bukti.pdf", ContentFile(b"%PDF-1.4 rahasia"))
    certificate = factories.certification(ikm=ikm, holder_name=HOLDER, products=[factories.product(ikm=ikm)])
    certificate.scan.save("pindai.pdf", ContentFile(b"%PDF-1.4 rahasia"))
    report = factories.report(subject_code=ikm.code, contact=REPORTER)
    return {Ikm: ikm, Sentra: ikm.sentra, Consent: consent, Certification: certificate, DataReport: report}


def pages_of(planted) -> list[str]:
    found = [admin_url(model, "changelist") for model in (Ikm, Sentra, Product, Contact, Consent, DataReport)]
    for model, record in planted.items():
        found += [admin_url(model, page, record.pk) for page in ("change", "delete", "history")]
    for contact in Contact.objects.all():
        found += [admin_url(Contact, page, contact.pk) for page in ("change", "delete", "history")]
    return [*found, reverse("admin:index"), reverse("admin:sentra_people") + f"?q={OWNER}"]


@pytest.mark.parametrize("role", WITHOUT_RIGHT)
def test_no_page_shows_what_was_planted(role, planted):
    client = signed_in(role)
    for url in pages_of(planted):
        page = client.get(url, follow=True).content.decode()
        assert not [secret for secret in SECRETS if secret in page], url


def test_the_privacy_officer_sees_it_all(planted):
    client = signed_in("Petugas privasi")
    seen = "".join(client.get(url, follow=True).content.decode() for url in pages_of(planted))
    assert not [secret for secret in SECRETS if secret not in seen]


def test_others_read_that_it_is_there(planted):
    page = signed_in("Penyunting").get(admin_url(Ikm, "change", planted[Ikm].pk)).content.decode()
    assert "NIB: tercatat" in page
    assert "1 persetujuan tercatat" in page
    assert "WhatsApp" in page


@pytest.mark.parametrize("role", WITHOUT_RIGHT)
@pytest.mark.parametrize(
    ("model", "words"),
    [(Ikm, NIB), (Ikm, NIB[:6]), (Certification, HOLDER), (DataReport, REPORTER)],
    ids=["nib", "part of a nib", "holder", "reporter"],
)
def test_a_search_is_no_oracle(role, model, words, planted):
    response = signed_in(role).get(admin_url(model, "changelist"), {"q": words})
    if response.status_code == 200:
        assert list(response.context["cl"].queryset) == []
    else:
        assert response.status_code == 403


@pytest.mark.parametrize(
    ("model", "lookup"),
    [
        (Ikm, {"nib__startswith": NIB[:3]}),
        (Ikm, {"contacts__value__startswith": "+62"}),
        (Sentra, {"contacts__value__startswith": "+62"}),
        (Certification, {"holder_name__startswith": HOLDER[:3]}),
        (DataReport, {"contact__startswith": "pelapor"}),
    ],
    ids=str,
)
def test_neither_is_a_typed_address(model, lookup, planted):
    assert signed_in("Penyunting").get(admin_url(model, "changelist"), lookup).status_code == 400


def test_the_autocomplete_finds_a_business_by_nib_for_the_privacy_officer_only(planted):
    wanted = {"app_label": "products", "model_name": "product", "field_name": "ikm", "term": NIB}
    answer = signed_in("Penyunting").get(reverse("admin:autocomplete"), wanted)
    assert json.loads(answer.content)["results"] == []
    answer = signed_in("Penyunting", "Petugas privasi").get(reverse("admin:autocomplete"), wanted)
    assert len(json.loads(answer.content)["results"]) == 1


def test_a_scan_is_opened_by_who_may_see_personal_data(planted):
    url = private_file_url(planted[Certification].scan)
    assert signed_in("Penerbit").get(url).status_code == 403
    assert signed_in("Petugas privasi").get(url).status_code == 200
    evidence = private_file_url(planted[Consent].evidence)
    assert signed_in("Penerbit").get(evidence).status_code in (403, 404)


def test_an_editor_writes_down_what_may_not_be_read_again():
    client = signed_in("Penyunting")
    typed = {
        "name": "Usaha Baru",
        "nib": NIB,
        **rows("contacts", {"kind": "whatsapp", "value": "0812-1555-9876"}),
        "consents-0-data": ["whatsapp"],
        "consents-0-channels": ["web"],
        "consents-0-person": OWNER,
    }
    response = submit(client, Ikm, typed)
    assert response.status_code == 302, errors(response)
    ikm = Ikm.objects.get()
    assert (ikm.nib, ikm.contacts.get().value, ikm.consents.get().recorded_by) == (NIB, NUMBER, client.user)
    page = client.get(admin_url(Ikm, "change", ikm.pk)).content.decode()
    assert not [secret for secret in (NIB, NUMBER, OWNER) if secret in page]


def test_saving_what_one_may_not_see_leaves_it_as_it_was(planted):
    ikm = planted[Ikm]
    assert submit(signed_in("Penyunting"), Ikm, {"name": "Nama Lain"}, record=ikm).status_code == 302
    ikm.refresh_from_db()
    assert (ikm.name, ikm.nib, ikm.contacts.count(), ikm.consents.count()) == ("Nama Lain", NIB, 2, 1)


def test_consent_is_withdrawn_by_who_manages_it(planted):
    ikm = planted[Ikm]
    scopes = [scope.pk for scope in planted[Consent].scopes.all()]
    url = admin_url(Consent, "change", planted[Consent].pk)
    assert signed_in("Penerbit").post(url, {"withdraw": scopes}).status_code == 403
    response = submit(signed_in("Petugas privasi"), Consent, {"withdraw": scopes}, record=planted[Consent])
    assert response.status_code == 302
    assert not ikm.consents.get().scopes.filter(withdrawn_on=None).exists()


def test_a_deletion_takes_owned_rows_along_without_naming_other_peoples_cases(planted):
    factories.case(ikm=planted[Ikm], title="Sengketa rahasia")
    page = signed_in("Penerbit").get(admin_url(Ikm, "delete", planted[Ikm].pk)).content.decode()
    assert "Sengketa rahasia" not in page
    other = factories.ikm()
    factories.contact(ikm=other)
    assert signed_in("Penyunting").post(admin_url(Ikm, "delete", other.pk), {"post": "yes"}).status_code == 302
    assert not Ikm.objects.filter(pk=other.pk).exists()


def test_cases_are_closed_to_others_and_open_to_their_officer():
    case = factories.case()
    for role in ("Pelihat", "Penyunting", "Penerbit", "Petugas privasi"):
        assert signed_in(role).get(admin_url(FacilitationCase, "change", case.pk)).status_code == 403
    assert signed_in("Petugas fasilitasi").get(admin_url(FacilitationCase, "change", case.pk)).status_code == 200


def test_rows_of_a_published_record_are_left_alone_by_editors():
    public = factories.sentra(published=True)
    figure = factories.figure(sentra=public)
    editor = signed_in("Penyunting")
    meta = figure._meta
    change = reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[figure.pk])
    assert editor.post(change, {}).status_code == 403
    refused = submit(editor, Contact, {"sentra": public.pk, "kind": "whatsapp", "value": "081215550123"})
    assert "hanya penerbit" in str(errors(refused)["sentra"])
