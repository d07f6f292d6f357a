// Tells a screen reader who can help once the three questions are answered. The style sheet
// shows the answer; nothing is sent, kept or put in the address.

const form = document.querySelector(".contact form");
const status = document.querySelector("[data-contact-status]");

function announce() {
  const shown = [...document.querySelectorAll(".answer")].filter((answer) => answer.checkVisibility?.());
  const names = shown.length === 1 ? [...shown[0].querySelectorAll(".service__name")] : [];
  status.textContent = names.length
    ? `Who can help: ${names.map((name) => name.textContent).join(", then ")}. The numbers are below.`
    : "";
}

form.addEventListener("change", announce);
// The choices are empty only after the event.
form.addEventListener("reset", () => setTimeout(announce));
