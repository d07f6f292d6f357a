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
