// Help while writing: what is hard to read, or would be refused, is marked under its block; and a
// helpline is chosen from a list, not typed. All of it is asked of the newsroom itself.

const script = document.querySelector("#look")
const form = document.querySelector("#page_form")
const QUIET = 1500

const element = (name, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(name), properties)
  made.append(...children)
  return made
}

// Marks

const whole = element("div", { className: "marks marks--page" })
const summary = element("p", { className: "marks-summary" })
summary.setAttribute("role", "status")
form.querySelector(".submit-row").before(whole, summary)

const list = (marks) =>
  element("ul", {}, ...marks.map(({ words, said, stops }) =>
    element("li", { className: stops ? "mark mark--stops" : "mark" },
      ...(stops ? [element("strong", { textContent: "Would be refused: " })] : []),
      ...(words ? [element("q", { textContent: words }), " "] : []), said)))

// What a refused save has said beside its field is not said again.
const isSaid = ({ block, said }) =>
  [...(document.getElementById(block) || form).querySelectorAll(".errorlist li")].some((error) => error.textContent.trim() === said)

const show = ({ marks: all, whole: isWhole }) => {
  const marks = all.filter((mark) => !isSaid(mark))
  for (const old of form.querySelectorAll(".marks:not(.marks--page)")) old.remove()
  const places = Map.groupBy ? Map.groupBy(marks, (mark) => mark.block) : grouped(marks)
  for (const [place, of] of places) {
    const block = place && document.getElementById(place)
    if (block) block.append(element("div", { className: "marks" }, list(of)))
  }
  const ofPage = places.get("") || []
  whole.replaceChildren(...(ofPage.length ? [list(ofPage)] : []))
  const stops = marks.filter((mark) => mark.stops).length
  summary.textContent = [
    marks.length ? `${marks.length} to look at${stops ? `, ${stops} of them would be refused` : ""}.` : "",
    isWhole || !marks.length ? "" : "Fill in the whole form, and the site says what would be refused.",
  ].join(" ").trim()
}

const grouped = (marks) => {
  const places = new Map()
  for (const mark of marks) places.set(mark.block, [...(places.get(mark.block) || []), mark])
  return places
}

let waiting, asked = 0
const look = async () => {
  const sent = new FormData(form)
  for (const [name, value] of [...sent]) if (value instanceof File) sent.delete(name)
  const mine = ++asked
  try {
    const answer = await fetch(script.dataset.to, { method: "POST", body: sent })
    if (answer.ok && !answer.redirected && mine === asked) show(await answer.json())
  } catch {
    // Nobody is stopped by help that does not come; drafts.js says when the site is away.
  }
}
form.addEventListener("input", () => {
  clearTimeout(waiting)
  waiting = setTimeout(look, QUIET)
})
look()

// Helplines

const put = (editor, slug) => {
  editor.focus()
  document.execCommand("insertText", false, `[[${slug}]]`)
}

const addPicker = (editor, helplines) => {
  const field = editor.closest(".prose-editor")
  if (!field || field.querySelector(".helpline-picker")) return
  const choose = element("select", { className: "helpline-picker" },
    element("option", { value: "", textContent: "Put a helpline here" }),
    ...helplines.map(({ slug, name }) => element("option", { value: slug, textContent: name })))
  choose.ariaLabel = "Put a helpline into the sentence"
  const said = element("span", { className: "helpline-said" })
  said.setAttribute("role", "status")
  const take = () => {
    if (choose.value) put(editor, choose.value)
    choose.value = said.textContent = ""
  }
  // With keys a list is walked through, and each helpline that is passed is its value for a moment:
  // there, Enter takes it.
  let withKeys = false
  choose.addEventListener("pointerdown", () => { withKeys = false })
  choose.addEventListener("keydown", (event) => {
    withKeys = true
    if (event.key === "Enter" && choose.value) event.preventDefault()
  })
  choose.addEventListener("keyup", ({ key }) => { if (key === "Enter") take() })
  choose.addEventListener("change", () => {
    if (withKeys) said.textContent = choose.value ? "Press Enter to put it in." : ""
    else take()
  })
  field.append(choose, said)
}

const addPickers = async () => {
  let helplines
  try {
    const answer = await fetch(script.dataset.helplines)
    if (!answer.ok || answer.redirected) return
    helplines = (await answer.json()).helplines
  } catch {
    return // As with the marks: what does not come stops nobody.
  }
  const add = () => document.querySelectorAll(".prose-editor .tiptap").forEach((editor) => addPicker(editor, helplines))
  add()
  new MutationObserver(add).observe(form, { childList: true, subtree: true })
}
addPickers()
