// Passkeys (WebAuthn): asks the browser's authenticator. Small on purpose; everything is checked on the server.
const supported = () => !!window.PublicKeyCredential?.parseRequestOptionsFromJSON;

async function post(url, body) {
  const answer = await fetch(url, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body ?? {}) });
  const json = answer.status === 204 ? {} : await answer.json();
  if (!answer.ok) { throw Object.assign(new Error(json.detail ?? "failed"), { code: json.code }); }
  return json;
}

async function ask(api) {
  const question = await post(`${api}/passkeys/question`);
  const credential = await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(question.options) });
  return { ceremony: question.ceremony, credential: JSON.stringify(credential.toJSON()) };
}

// Makes a passkey for who is signed in; returns what became of it: { said, recoveryCodes: a list or null }, where "said" is "" when it is made, "unsupported" or
// "declined" for the page to say in its own words, else the server's sentence.
export async function register(api, name) {
  if (!supported()) { return { said: "unsupported" }; }
  try {
    const question = await post(`${api}/own-passkeys/question`);
    const credential = await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(question.options) });
    const added = await post(`${api}/own-passkeys`, { ceremony: question.ceremony, credential: credential.toJSON(), name });
    return { said: "", recoveryCodes: added.recoveryCodes };
  } catch (problem) {
    return { said: problem.code ? problem.message : "declined" };
  }
}

// A form that a passkey fills in: <form data-passkey="/api/v1/auth">. It is shown only where the browser knows passkeys.
for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.hidden = !supported();
  form.querySelector("button").addEventListener("click", async () => {
    try {
      const answer = await ask(form.dataset.passkey);
      form.elements.ceremony.value = answer.ceremony;
      form.elements.credential.value = answer.credential;
      form.submit();
    } catch {
      form.querySelector("[data-passkey-said]").hidden = false;
    }
  });
}
