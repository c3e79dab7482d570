// Draws shelves of cards and says what is done with them. Whatever comes from data becomes text or an attribute, never markup;
// covers, which are made by the app itself, are parsed as XML and kept only if nothing in them could run.
const DRAWN = new Set(["svg", "defs", "lineargradient", "stop", "rect", "circle", "ellipse", "path", "polygon", "g", "text", "tspan"])
const STATES = {
  saving: "Saving…", accepted: "Saved", saved: "Saved", retrying: "Retrying…", waiting: "Waits for you to log in", failed: "Not saved",
}
const STAR = "M12 1.8l3.1 6.6 7.1.9-5.2 5 1.3 7.1L12 17.9l-6.3 3.5L7 14.3l-5.2-5 7.1-.9z"
const HEART = "M12 21.2C4.6 15.4 1.6 11.8 1.6 7.9 1.6 4.9 4 2.6 6.9 2.6c2 0 3.9 1 5.1 2.9 1.2-1.9 3.1-2.9 5.1-2.9 2.9 0 5.3 2.3 5.3 5.3 0 3.9-3 7.5-10.4 13.3z"
const UP = "M2 10h4v11H2zM8 20.2V10l4.6-8c1.6 0 2.7 1.3 2.4 2.9L14.2 9H20c1.4 0 2.4 1.3 2.1 2.7l-1.6 7.3c-.3 1.2-1.3 2-2.5 2H11c-1 0-2-.3-3-.8z"
const CROSS = "M5.6 4.2L12 10.6l6.4-6.4 1.4 1.4L13.4 12l6.4 6.4-1.4 1.4L12 13.4l-6.4 6.4-1.4-1.4L10.6 12 4.2 5.6z"

const element = (name, properties = {}, ...children) => {
  const node = document.createElement(name)
  for (const [key, value] of Object.entries(properties)) {
    if (key in node && !key.startsWith("aria")) node[key] = value
    else node.setAttribute(key, value)
  }
  node.append(...children)
  return node
}

const icon = (path, turned = false) => {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg")
  svg.setAttribute("viewBox", "0 0 24 24")
  svg.setAttribute("aria-hidden", "true")
  if (turned) svg.classList.add("turned")
  const shape = document.createElementNS("http://www.w3.org/2000/svg", "path")
  shape.setAttribute("d", path)
  svg.append(shape)
  return svg
}

const drawing = (markup) => {
  const parsed = new DOMParser().parseFromString(markup, "image/svg+xml").documentElement
  const isSound = [parsed, ...parsed.querySelectorAll("*")].every((node) =>
    DRAWN.has(node.localName.toLowerCase()) &&
    [...node.attributes].every(({ name, value }) =>
      !/^(on|href|xlink|style)/i.test(name) && !(value.includes("url(") && !value.startsWith("url(#"))))
  return isSound ? document.importNode(parsed, true) : element("span")
}

const setText = (node, text) => {
  node.hidden = !text
  if (node.textContent !== (text || "")) node.textContent = text || ""
}

const digits = (value) => String(Math.round(value * 100) / 100)

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".shelves")
  if (!root || !data) return
  const memory = (root.memory ??= { sequence: 0, unheard: [], mine: new Map(), cards: new Map(), timers: new Map() })
  memory.sequence = Math.max(memory.sequence, data.heard)
  memory.unheard = memory.unheard.filter(({ sequence }) => sequence > data.heard)
  for (const [item, { sequence }] of memory.mine) if (sequence <= data.heard) memory.mine.delete(item)
  memory.data = data
  memory.say = (what, item, value = null) => {
    const sequence = ++memory.sequence
    memory.unheard.push({ sequence, do: what, item, value })
    memory.mine.set(item, { sequence, do: what, value })
    setTriggerValue("acts", memory.unheard.slice())
    refresh(memory, item)
  }
  root.setAttribute("aria-label", data.label)
  const present = new Set()
  data.shelves.forEach((shelf, place) => {
    const id = `shelf-${place}`
    present.add(id)
    drawShelf(root, memory, shelf, id)
  })
  for (const node of [...root.children]) if (!present.has(node.id)) node.remove()
}

const drawShelf = (root, memory, shelf, id) => {
  let section = root.querySelector(`:scope > #${id}`)
  if (!section) {
    const list = element("div", { className: "cards" })
    list.setAttribute("role", "list")
    const scroll = (direction) => () =>
      list.scrollBy({ left: direction * list.clientWidth * 0.85, behavior: calm() ? "auto" : "smooth" })
    section = element("section", { id },
      element("div", { className: "head" }, element("h3"), element("p", { className: "note" }),
        element("span", { className: "scroll" },
          element("button", { type: "button", className: "back", textContent: "‹", onclick: scroll(-1) }),
          element("button", { type: "button", className: "forward", textContent: "›", onclick: scroll(1) }))),
      list)
    root.append(section)
  }
  const isRow = shelf.layout === "row"
  section.className = isRow ? "row" : "grid"
  section.setAttribute("aria-label", shelf.title || memory.data.label)
  setText(section.querySelector("h3"), shelf.title)
  setText(section.querySelector(".note"), shelf.note)
  section.querySelector(".head").hidden = !shelf.title && !shelf.note && !isRow
  section.querySelector(".back").setAttribute("aria-label", `Scroll back: ${shelf.title || memory.data.label}`)
  section.querySelector(".forward").setAttribute("aria-label", `Scroll on: ${shelf.title || memory.data.label}`)
  const list = section.querySelector(".cards")
  const wanted = shelf.items.map((item) => [item, `${id}/${item}`])
  const kept = new Set(wanted.map(([, key]) => key))
  for (const node of [...list.children]) {
    if (!kept.has(node.dataset.key)) {
      memory.cards.delete(node.dataset.key)
      node.remove()
    }
  }
  wanted.forEach(([item, key], place) => {
    let card = memory.cards.get(key)
    if (!card) {
      card = makeCard(memory, item)
      card.dataset.key = key
      memory.cards.set(key, card)
    }
    if (list.children[place] !== card) list.insertBefore(card, list.children[place] ?? null)
    fill(memory, card)
  })
}

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches

const refresh = (memory, item) => {
  for (const card of memory.cards.values()) if (card.dataset.item === item) fill(memory, card)
}

const makeCard = (memory, item) => {
  const say = (what, value) => memory.say(what, item, value)
  const card = element("article", { className: "card" },
    element("div", { className: "cover" }),
    element("div", { className: "text" },
      element("p", { className: "title" }), element("p", { className: "facts" }), element("p", { className: "expected" }),
      element("p", { className: "why" }), element("div", { className: "act" })))
  card.dataset.item = item
  card.setAttribute("role", "listitem")
  const facts = memory.data.items[item]
  const can = new Set(facts.can)
  const cover = card.querySelector(".cover")
  const face = can.has("similar") ? element("button", { type: "button", className: "face", onclick: () => say("similar") })
    : element("div", { className: "face" })
  cover.append(face, element("span", { className: "match" }))
  const act = card.querySelector(".act")
  if (can.has("rate")) act.append(makeStars(memory, item))
  if (can.has("thumbs")) {
    act.append(element("div", { className: "thumbs" },
      element("button", { type: "button", className: "up", onclick: () => say("up") }, icon(UP)),
      element("button", { type: "button", className: "down", onclick: () => say("down") }, icon(UP, true)),
      element("button", { type: "button", className: "never", onclick: () => say("never") }, icon(CROSS))))
  }
  if (can.has("restore")) {
    act.append(element("button", { type: "button", className: "word restore", textContent: "Allow again", onclick: () => say("restore") }))
  }
  if (can.has("remove")) {
    act.append(element("button", { type: "button", className: "word remove", textContent: "Remove", onclick: () => say("rate", null) }))
  }
  const state = element("p", { className: "state" })
  state.setAttribute("role", "status")
  act.append(state)
  return card
}

const fill = (memory, card) => {
  const { items, scale } = memory.data
  const item = card.dataset.item
  const facts = items[item]
  const mine = memory.mine.get(item)
  const face = card.querySelector(".face")
  card.setAttribute("aria-label", facts.label)
  if (card.drawn !== facts.cover) {
    card.drawn = facts.cover
    face.replaceChildren(drawing(facts.cover))
    if (facts.image) {
      const image = element("img", { alt: "", loading: "lazy", referrerPolicy: "no-referrer", src: facts.image })
      image.onerror = () => image.remove()
      face.append(image)
    }
  }
  if (face.localName === "button") face.setAttribute("aria-label", `Similar to ${facts.label}`)
  setText(card.querySelector(".match"), facts.match)
  card.querySelector(".match").title = facts.matchNote || ""
  setText(card.querySelector(".title"), facts.title)
  setText(card.querySelector(".facts"), facts.facts)
  setText(card.querySelector(".expected"), facts.expected)
  setText(card.querySelector(".why"), facts.why)
  const stars = card.querySelector(".stars")
  const rating = mine?.do === "rate" ? mine.value : facts.rating
  if (stars) fillStars(stars, scale, rating, facts.label)
  const remove = card.querySelector(".remove")
  if (remove) {
    remove.setAttribute("aria-label", `Remove your rating of ${facts.label}`)
    remove.disabled = rating === null
  }
  card.querySelector(".restore")?.setAttribute("aria-label", `Allow ${facts.label} to be recommended again`)
  for (const [name, what] of [["up", "Thumbs up"], ["down", "Thumbs down"], ["never", "Not interested"]]) {
    const button = card.querySelector(`.${name}`)
    if (!button) continue
    button.setAttribute("aria-label", `${what}: ${facts.label}`)
    button.title = what
    button.setAttribute("aria-pressed", String(mine?.do === name || facts.pressed === name))
    button.disabled = ["up", "down", "never"].includes(mine?.do)
  }
  card.classList.toggle("guest", facts.guest || !(facts.can.includes("rate") || facts.can.includes("restore")))
  card.classList.toggle("leaving", ["up", "down", "never", "restore"].includes(mine?.do))
  const state = mine && mine.do !== "similar" && !facts.guest ? "saving" : facts.state
  const line = card.querySelector(".state")
  setText(line, state ? STATES[state] + (state === "failed" && facts.detail ? `: ${facts.detail}` : "") : "")
  line.dataset.state = state || ""
}

// A slider of stars: the pointer takes the value under it, arrows go a step, Delete takes the rating back.
const makeStars = (memory, item) => {
  const { scale } = memory.data
  const count = scale.single ? 1 : scale.maximum <= 10 ? Math.ceil(scale.maximum) : 5
  const shape = scale.single ? HEART : STAR
  const layer = (name) => {
    const span = element("span", { className: name })
    for (let place = 0; place < count; place++) span.append(icon(shape))
    return span
  }
  const stars = element("div", { className: "stars", tabIndex: 0 }, layer("off"), layer("on"))
  stars.classList.toggle("many", count > 6)
  stars.style.setProperty("--count", count)
  stars.append(element("span", { className: "value" }))
  stars.setAttribute("role", "slider")
  const commit = (value) => {
    clearTimeout(memory.timers.get(stars))
    memory.timers.delete(stars)
    memory.say("rate", item, value)
  }
  const at = (event) => {
    if (scale.single) return scale.maximum
    const box = stars.querySelector(".off").getBoundingClientRect()
    const share = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width))
    return onScale(scale, Math.ceil((share * scale.maximum - scale.minimum) / scale.step - 0.15) * scale.step + scale.minimum)
  }
  stars.onpointermove = (event) => event.pointerType === "mouse" && paint(stars, scale, at(event), true)
  stars.onpointerleave = () => paint(stars, scale, stars.shown ?? null, false)
  stars.onclick = (event) => {
    const value = at(event)
    commit(scale.single && stars.shown !== null ? null : value)
  }
  stars.onkeydown = (event) => {
    const now = stars.shown
    const step = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 2, PageDown: -2 }[event.key]
    let next
    if (step) next = now === null ? (step > 0 ? scale.minimum : scale.maximum) : onScale(scale, now + step * scale.step)
    else if (event.key === "Home") next = scale.minimum
    else if (event.key === "End") next = scale.maximum
    else if (event.key === "Delete" || event.key === "Backspace") next = null
    else if ((event.key === " " || event.key === "Enter") && scale.single) next = now === null ? scale.maximum : null
    else return
    event.preventDefault()
    stars.shown = next
    describe(stars, scale, next)
    paint(stars, scale, next, false)
    // Keys are pressed several times on the way to a value: it is saved when they rest.
    clearTimeout(memory.timers.get(stars))
    memory.timers.set(stars, setTimeout(() => commit(next), 450))
  }
  stars.onblur = () => memory.timers.has(stars) && commit(stars.shown)
  stars.isTyping = () => memory.timers.has(stars)
  return stars
}

const onScale = (scale, value) => {
  const steps = Math.round((value - scale.minimum) / (scale.step || 1))
  return Math.min(scale.maximum, Math.max(scale.minimum, Math.round((scale.minimum + steps * (scale.step || 1)) * 1e6) / 1e6))
}

const fillStars = (stars, scale, rating, label) => {
  stars.setAttribute("aria-label", `Your rating of ${label}`)
  if (stars.isTyping()) return
  stars.shown = rating ?? null
  describe(stars, scale, stars.shown)
  paint(stars, scale, stars.shown, false)
}

const describe = (stars, scale, rating) => {
  stars.setAttribute("aria-valuemin", scale.minimum)
  stars.setAttribute("aria-valuemax", scale.maximum)
  if (rating === null) stars.removeAttribute("aria-valuenow")
  else stars.setAttribute("aria-valuenow", rating)
  stars.setAttribute("aria-valuetext",
    rating === null ? "not rated" : scale.single ? "liked" : `${digits(rating)} of ${digits(scale.maximum)} stars`)
}

const paint = (stars, scale, rating, isPreview) => {
  stars.style.setProperty("--share", `${rating === null ? 0 : (100 * rating) / scale.maximum}%`)
  stars.classList.toggle("preview", isPreview)
  stars.classList.toggle("rated", rating !== null)
  setText(stars.querySelector(".value"), rating === null || scale.single ? "" : digits(rating))
}
