// What can be moved, and has the focus, shows it.

// A table that is wider than its window is moved sideways with keys too: one without anything to
// go to takes the focus itself, and says what it is.

const FOCUSABLE = "a[href], button, input:not([type=hidden]), select, textarea, summary"

function look() {
  for (const region of document.querySelectorAll(".inline-group")) {
    if (region.scrollWidth <= region.clientWidth || region.querySelector(FOCUSABLE)) {
      region.removeAttribute("tabindex")
      continue
    }
    region.tabIndex = 0
    region.setAttribute("role", "region")
    region.ariaLabel = region.querySelector("h2")?.textContent.trim() ?? "Table"
  }
}

look()
addEventListener("resize", look)

// Of a frame that takes the focus the page around it is told only that it lost its own.
const frame = document.querySelector("iframe.look")
const show = () => frame.classList.toggle("look--focused", document.activeElement === frame)
if (frame) {
  addEventListener("blur", () => setTimeout(show))
  addEventListener("focus", () => frame.classList.remove("look--focused"))
}
