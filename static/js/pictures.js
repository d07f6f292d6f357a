// Sends a picture when it is chosen, made small first, and puts the server's word for it into
// the form. So a form never carries a file, and a picture is not lost with a form.

const KINDS = ["image/jpeg", "image/png", "image/webp"];
const ENOUGH = 1_500_000; // bytes; a smaller file is sent as it is
const MOST = 5 * 1024 * 1024;
const SIDE = 2560; // dots; readers get 1280
const INPUT = "input[type=file][name$='-upload']";

const to = document.querySelector("#pictures").dataset.to;
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

async function choose(input) {
  const [file] = input.files;
  if (!file) return;
  const said = place(input);
  said.classList.remove("picture-said--refused");
  said.textContent = `${file.name}, ${bytes(file)}, is being made small.`;
  input.value = ""; // the form carries no file
  try {
    const { chosen, url, said: words } = await sent(await small(file));
    input.form.elements[input.name.replace(/upload$/, "chosen")].value = chosen;
    // What was said of the picture before is not said of this one.
    input.form.elements[input.name.replace(/upload$/, "no_contacts")].checked = false;
    const thumbnail = input.parentElement.querySelector(".thumbnail") ?? new Image();
    thumbnail.className = "thumbnail";
    thumbnail.alt = "";
    thumbnail.src = url;
    input.before(thumbnail);
    said.textContent = `${file.name}, ${bytes(file)}, made small: ${words} Save to use it.`;
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
