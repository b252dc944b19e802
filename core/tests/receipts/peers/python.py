"""What Apple's Python library says to the cases on stdin: a JSON object, name -> answer."""

import base64
import json
import sys

from appstoreserverlibrary.models.Environment import Environment
from appstoreserverlibrary.signed_data_verifier import SignedDataVerifier, VerificationException

asked = json.load(sys.stdin)
METHODS = {
    "transaction": "verify_and_decode_signed_transaction",
    "renewal": "verify_and_decode_renewal_info",
    "app_transaction": "verify_and_decode_app_transaction",
    "notification": "verify_and_decode_notification",
}


def verifier(environment: Environment) -> SignedDataVerifier:
    root = base64.b64decode(asked["root"])
    return SignedDataVerifier([root], False, environment, asked["bundle"], asked["app"])


def ask(verifier: SignedDataVerifier, case: dict) -> str:
    try:
        getattr(verifier, METHODS[case["kind"]])(case["jws"])
        return "accepts"
    except VerificationException as error:
        return error.status.name
    except Exception as error:  # whatever else it throws is its answer
        return type(error).__name__


production, sandbox = verifier(Environment.PRODUCTION), verifier(Environment.SANDBOX)
answers = {}
for case in asked["cases"]:
    answer = ask(production, case)
    answers[case["name"]] = ask(sandbox, case) if answer == "INVALID_ENVIRONMENT" else answer
print(json.dumps(answers))
