// Sends a picture when it is chosen, made small first, and puts the server's word for it into
// the form. So a form never carries a file, and a picture is not lost with a form.

const KINDS = ["image/jpeg", "image/png", "image/webp"];
const ENOUGH = 1_500_000; // bytes; a smaller file is sent as it is
const MOST = 5 * 1024 * 1024;
const SIDE = 2560; // dots; readers get 1280
const INPUT = "input[type=file][name$='-upload']";

const { to, choices } = document.querySelector("#pictures").dataset;
const underWay = new Set();

const bytes = ({ size }) => size < 1_000_000 ? `${Math.ceil(size / 1000)} KB` : `${(size / 1_000_000).toFixed(1)} MB`;

// The file, or one that is drawn again in fewer dots; what cannot be read is sent as it is.
async function small(file) {
  if (file.size < ENOUGH || !KINDS.includes(file.type)) return file;
  const picture = await createImageBitmap(file).catch(() => null);
  if (!picture) return file;
  const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const drawn = await new Promise((done) => canvas.toBlob(done, file.type, 0.9));
  return drawn && drawn.size < file.size ? new File([drawn], file.name, { type: file.type }) : file;
}

// What the server says of a file: {chosen, url, said}. Throws an Error that says why not.
async function sent(file) {
  if (file.size > MOST) throw new Error("This file is larger than 5 MB, and we cannot make it smaller. Save it as JPEG first.");
  const fields = new FormData();
  fields.append("picture", file, file.name);
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const response = await fetch(to, { method: "POST", body: fields, headers: { "X-CSRFToken": token } })
    .catch(() => { throw new Error("We cannot reach the site. Choose the picture again in a moment."); });
  if (response.redirected) throw new Error("You are logged out. Log in again in another tab, then choose the picture again.");
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.error ?? "We could not take this picture. Choose it again in a moment.");
  return answer;
}

// Where it is said what became of the picture of an input.
function place(input) {
  const found = input.parentElement.querySelector(".picture-said");
  if (found) return found;
  input.insertAdjacentHTML("afterend", '<p class="picture-said" role="status"></p>');
  return input.nextElementSibling;
}

// What was said of the picture before is not said of another. Whoever says it while that one is on
// its way says it of that one.
function unsay(input) {
  input.form.elements[input.name.replace(/upload$/, "no_contacts")].checked = false;
}

// Put a picture into the form of a block: the server's word for it, and how it looks.
function put(input, { chosen, url }) {
  input.form.elements[input.name.replace(/upload$/, "chosen")].value = chosen;
  const thumbnail = input.parentElement.querySelector(".thumbnail") ?? new Image();
  thumbnail.className = "thumbnail";
  thumbnail.alt = "";
  thumbnail.src = url;
  input.before(thumbnail);
}

async function choose(input) {
  const [file] = input.files;
  if (!file) return;
  unsay(input);
  const said = place(input);
  said.classList.remove("picture-said--refused");
  said.textContent = `${file.name}, ${bytes(file)}, is being made small.`;
  input.value = ""; // the form carries no file
  try {
    const answer = await sent(await small(file));
    put(input, answer);
    said.textContent = `${file.name}, ${bytes(file)}, made small: ${answer.said} Save to use it.`;
  } catch (error) {
    said.classList.add("picture-said--refused");
    said.textContent = `${file.name}: ${error.message}`;
  }
}

document.addEventListener("change", ({ target }) => {
  if (!target.matches(INPUT)) return;
  const choosing = choose(target).finally(() => underWay.delete(choosing));
  underWay.add(choosing);
});

// A form that is sent meanwhile waits for its pictures.
document.addEventListener("submit", async (event) => {
  if (!underWay.size) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const { target, submitter } = event;
  await Promise.all(underWay);
  if (!document.querySelector(".picture-said--refused")) target.requestSubmit(submitter);
}, { capture: true });

// One that we have, from a list with what each shows.

const library = document.createElement("dialog");
library.className = "library";
library.ariaLabel = "Pictures that we have";
library.innerHTML = '<h2>Pictures that we have</h2><p role="status"></p><ul></ul><p><button type="button" class="button">Close</button></p>';
library.querySelector(".button").addEventListener("click", () => library.close());
document.body.append(library);

async function take(input) {
  const status = library.querySelector("[role=status]"), list = library.querySelector("ul");
  list.replaceChildren();
  status.textContent = "The pictures are on their way.";
  library.showModal();
  let pictures;
  try {
    const answer = await fetch(choices);
    if (!answer.ok || answer.redirected) throw new Error();
    ({ pictures } = await answer.json());
  } catch {
    status.textContent = "We cannot reach the site, or you are logged out. Try again in a moment.";
    return;
  }
  status.textContent = pictures.length ? "" : "There is none yet.";
  list.append(...pictures.map((picture) => {
    const item = document.createElement("li"), button = document.createElement("button"), small = new Image();
    Object.assign(small, { src: picture.url, alt: "", loading: "lazy" });
    button.type = "button";
    button.append(small, picture.alt || "Decorative", ` (${picture.pages})`);
    button.addEventListener("click", () => taken(input, picture));
    item.append(button);
    return item;
  }));
}

function taken(input, picture) {
  unsay(input);
  put(input, picture);
  const { elements } = input.form, named = (name) => elements[input.name.replace(/upload$/, name)];
  named("alt").value = picture.alt;
  named("decorative").checked = !picture.alt;
  const said = place(input);
  said.classList.remove("picture-said--refused");
  said.textContent = "Taken from the pictures that we have. Say what it shows here, if that is another thing. Save to use it.";
  library.close();
  named("alt").focus();
}

for (const button of document.querySelectorAll("[data-take]")) button.hidden = false;
document.addEventListener("click", ({ target }) => {
  if (target.matches("[data-take]")) take(target.parentElement.querySelector("input[type=file]"));
});
