"""A device that makes and shows passkeys (WebAuthn level 2, ES256), for tests that need no browser."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

FLAGS = AuthenticatorData.FLAG


@dataclass
class PasskeyDevice:
    """Holds one passkey. `knows_its_person` False is a device that only notices a touch."""

    origin: str = "http://localhost"
    knows_its_person: bool = True
    credential_id: bytes = field(default_factory=lambda: os.urandom(16))
    user_handle: bytes = b""
    _key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def create(self, options: dict[str, Any]) -> str:
        """Make the passkey that `options` (PublicKeyCredentialCreationOptions) ask for; JSON for the form."""
        asked = options["publicKey"]
        self.user_handle = websafe_decode(asked["user"]["id"])
        public = ES256.from_cryptography_key(self._key.public_key())
        attested = AttestedCredentialData.create(b"\0" * 16, self.credential_id, public)
        data = self._data(asked["rp"]["id"], FLAGS.AT, attested)
        response = {
            "clientDataJSON": websafe_encode(self._client_data("webauthn.create", asked["challenge"])),
            "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
        }
        return self._answer(response, {"credProps": {"rk": True}})

    def get(self, options: dict[str, Any]) -> str:
        """Show the passkey for `options` (PublicKeyCredentialRequestOptions); JSON for the form."""
        asked = options["publicKey"]
        data = self._data(asked["rpId"], FLAGS(0), b"")
        client_data = self._client_data("webauthn.get", asked["challenge"])
        signed = bytes(data) + hashlib.sha256(client_data).digest()
        response = {
            "clientDataJSON": websafe_encode(client_data),
            "authenticatorData": websafe_encode(bytes(data)),
            "signature": websafe_encode(self._key.sign(signed, ec.ECDSA(hashes.SHA256()))),
            "userHandle": websafe_encode(self.user_handle),
        }
        return self._answer(response, {})

    def _data(self, rp_id: str, flags: FLAGS, attested: bytes) -> AuthenticatorData:
        flags |= FLAGS.UP | (FLAGS.UV if self.knows_its_person else FLAGS(0))
        return AuthenticatorData.create(hashlib.sha256(rp_id.encode()).digest(), flags, 0, attested)

    def _client_data(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _answer(self, response: dict[str, str], extensions: dict[str, Any]) -> str:
        name = websafe_encode(self.credential_id)
        return json.dumps(
            {
                "id": name,
                "rawId": name,
                "type": "public-key",
                "response": response,
                "clientExtensionResults": extensions,
            }
        )
