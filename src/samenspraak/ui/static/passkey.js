/* Passkeys: asks the device, puts its answer in the form and sends it. Without this script the other ways in stay. */
"use strict";
(() => {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const trouble = form.querySelector("[data-trouble]"), field = (name) => form.elements.namedItem(name);
    const say = (text) => { trouble.textContent = text; trouble.hidden = false; };
    const knows = window.PublicKeyCredential?.parseRequestOptionsFromJSON && window.PublicKeyCredential.parseCreationOptionsFromJSON;
    form.addEventListener("submit", async (event) => {
      if (field("credential").value) return;
      event.preventDefault();
      if (!knows) { say(trouble.dataset.old); return; }
      trouble.hidden = true;
      const options = JSON.parse(field("options").value);
      try {
        const answer = form.dataset.passkey === "new"
          ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
          : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
        field("credential").value = JSON.stringify(answer.toJSON());
        form.submit();
      } catch (problem) {
        say(problem.name === "InvalidStateError" ? trouble.dataset.there : trouble.dataset.failed);
      }
    });
  }
})();
