// What Apple's Node library says to the cases on stdin: a JSON object, name -> answer.
import { Environment, SignedDataVerifier, VerificationException, VerificationStatus } from "@apple/app-store-server-library";
import { readFileSync } from "node:fs";

const { root, bundle, app, cases } = JSON.parse(readFileSync(0, "utf8"));
const verifier = (environment) =>
  new SignedDataVerifier([Buffer.from(root, "base64")], false, environment, bundle, app);
const [production, sandbox] = [verifier(Environment.PRODUCTION), verifier(Environment.SANDBOX)];
const methods = {
  transaction: "verifyAndDecodeTransaction",
  renewal: "verifyAndDecodeRenewalInfo",
  app_transaction: "verifyAndDecodeAppTransaction",
  notification: "verifyAndDecodeNotification",
};

async function ask(verifier, { kind, jws }) {
  try {
    await verifier[methods[kind]](jws);
    return "accepts";
  } catch (error) {
    return error instanceof VerificationException ? VerificationStatus[error.status] : error.constructor.name;
  }
}

const answers = {};
for (const one of cases) {
  const answer = await ask(production, one);
  answers[one.name] = answer === "INVALID_ENVIRONMENT" ? await ask(sandbox, one) : answer;
}
console.log(JSON.stringify(answers));
