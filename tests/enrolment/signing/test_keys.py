"""Keys: made and rotated by a command, kept so that only this installation can sign, and published without what is secret."""

import json
import stat

import pytest
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey
from sqlalchemy.exc import IntegrityError

from accounts.models import Event
from config.errors import StepRefused
from enrolment.signing import services, signatures
from enrolment.signing.lifecycle import KeyState
from enrolment.signing.models import SigningKey
from tests import factories as f
from tests.factories import MONDAY


@pytest.fixture
def hvl(db):
    return f.institution()


@pytest.fixture
def keys(app, db):
    """Runs `flask keys …`; gives what it said."""

    def run(*words: str, code: int = 0) -> str:
        db.session.rollback()
        result = app.test_cli_runner().invoke(args=["keys", *words])
        assert result.exit_code == code, result.output
        db.session.expire_all()
        return result.output

    return run


def signed(institution_id: int | None = None) -> dict:
    key, private = services.private_of(institution_id)
    return signatures.flattened({"says": "passed"}, private, kid=str(key.uuid))


def verifies(client, signature: dict, path: str = "/.well-known/jwks.json") -> bool:
    shown = {one["kid"].rpartition("/")[2]: RSAKey.import_key(one) for one in client.get(path).json["keys"]}
    try:
        jws.deserialize_json(signature, lambda member: shown[member.headers()["kid"]])
    except (KeyError, JoseError):
        return False
    return True


def test_a_key_is_made_once_and_then_rotated_and_what_the_old_one_signed_still_holds(client, keys, hvl):
    assert "Seksti signs from now on" in keys("make")
    assert "Rotate it to get a new one" in keys("make", code=1)
    before = signed()
    keys("rotate")
    after = signed()

    assert [verifies(client, before), verifies(client, after)] == [True, True]
    assert [key["kid"] for key in client.get("/.well-known/jwks.json").json["keys"]] == [
        f"http://localhost/keys/{key.uuid}" for key in SigningKey.query.order_by(SigningKey.id.desc())
    ]
    assert [line.split()[1] for line in keys("list").splitlines()] == ["signing", "retired"]
    assert [event.event for event in Event.query.filter_by(kind="signing-key").order_by(Event.id)] == ["make", "retire", "make"]


def test_an_institution_has_a_key_of_its_own_with_a_set_of_its_own(client, keys, hvl):
    keys("make")
    assert "of HVL signs from now on" in keys("make", "HVL")

    assert verifies(client, signed(hvl.organisation_id), "/institutions/HVL/keys.json")
    assert not verifies(client, signed(), "/institutions/HVL/keys.json")
    assert "There is no such institution" in keys("make", "XYZ", code=1)
    assert "There is no key to rotate" in keys("rotate", f.institution("UiB").code, code=1)


def test_a_withdrawn_key_vouches_for_nothing_and_is_gone(client, keys):
    keys("make")
    kept, key = signed(), SigningKey.query.one()
    keys("withdraw", str(key.uuid))

    assert not verifies(client, kept)
    assert client.get(f"/keys/{key.uuid}").status_code == 404
    with pytest.raises(services.NoKey):
        services.private_of(None)
    with pytest.raises(StepRefused):
        services.withdraw(key.uuid, at=MONDAY)


def test_no_private_part_is_published_or_lies_open_in_the_database(client, keys):
    keys("make")
    key = SigningKey.query.one()
    private = {"d", "p", "q", "dp", "dq", "qi"}

    assert not private & client.get(f"/keys/{key.uuid}").json.keys()
    assert not private & client.get("/.well-known/jwks.json").json["keys"][0].keys()
    assert "PRIVATE" not in json.dumps([key.public, key.sealed, key.certificate])
    assert signatures.compact({"a": 1}, services.private_of(None)[1], kid="k").count(".") == 2


def test_another_secret_key_cannot_sign_and_says_so(db, keys, another_app):
    keys("make")
    db.session.rollback()
    other = another_app(environ={"SECRET_KEY": "another key than that of the tests, just as long"})

    with other.app_context(), pytest.raises(services.NoKey, match="cannot be read on this machine"):
        services.private_of(None)


def test_the_settings_may_keep_private_halves_in_the_instance_folder(db, another_app, tmp_path):
    app = another_app(environ={"SEKSTI_KEYS": "folder", "SEKSTI_INSTANCE": str(tmp_path)})
    db.session.commit()
    with app.app_context():
        key = services.make(None, at=MONDAY)
        path = tmp_path / "keys" / f"{key.uuid}.pem"
        assert (key.sealed, stat.S_IMODE(path.stat().st_mode), services.private_of(None)[1] == path.read_text()) == (None, 0o600, True)
        services.rotate(None, at=MONDAY)
        assert not path.exists()
        assert len(list(path.parent.iterdir())) == 1
        assert SigningKey.query.filter_by(state=KeyState.RETIRED).count() == 1


def test_a_rotation_that_fails_loses_no_private_half_and_leaves_none_behind(db, another_app, tmp_path, monkeypatch):
    app = another_app(environ={"SEKSTI_KEYS": "folder", "SEKSTI_INSTANCE": str(tmp_path)})
    db.session.commit()
    with app.app_context():
        key = services.make(None, at=MONDAY)
        path = tmp_path / "keys" / f"{key.uuid}.pem"
        with monkeypatch.context() as meanwhile:
            meanwhile.setattr(db.session, "commit", _somebody_was_faster)
            with pytest.raises(services.KeyThere):
                services.rotate(None, at=MONDAY)

        assert list(path.parent.iterdir()) == [path]
        assert services.private_of(None) == (key, path.read_text())


def _somebody_was_faster():
    raise IntegrityError("insert", {}, Exception("unique"))
