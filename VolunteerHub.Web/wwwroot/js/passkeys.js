// Passkeys, where browser and address can take them; without this script the password is the way in.
const support = window.isSecureContext && !!window.PublicKeyCredential?.parseCreationOptionsFromJSON && !!window.PublicKeyCredential.parseRequestOptionsFromJSON;

const answer = async form => {
  const response = await fetch(form.dataset.options, { method: "POST", body: new URLSearchParams(new FormData(form)) });
  if (!response.ok) throw new Error(`The server answered ${response.status}.`);
  const options = await response.json();
  return form.dataset.passkey === "create"
    ? navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
    : navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
};

for (const form of support ? document.querySelectorAll("form[data-passkey]") : []) {
  const failed = form.querySelector("[data-passkey-error]");
  form.hidden = false;
  form.addEventListener("submit", async event => {
    event.preventDefault();
    failed.hidden = true;
    try {
      form.elements.credential.value = JSON.stringify(await answer(form));
      form.submit();
    } catch {
      // The person turned away, or the device has no passkey for this site: the page says what can be done.
      failed.hidden = false;
    }
  });
}
for (const note of support ? document.querySelectorAll("[data-passkey-none]") : []) note.hidden = true;
