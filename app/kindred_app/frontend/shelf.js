// Draws shelves of cards and says what is done with them; stars.js is the first part of this module. Whatever comes from data becomes
// text or an attribute, never markup; covers, which are made by the app itself, are parsed as XML and kept only if nothing in them
// could run.
const DRAWN = new Set(["svg", "defs", "lineargradient", "stop", "rect", "circle", "ellipse", "path", "polygon", "g", "text", "tspan"])
const STATES = {
  saving: "Saving…", accepted: "Saved", saved: "Saved", retrying: "Retrying…", waiting: "Waits for you to log in", failed: "Not saved",
}
// Acts after which a card goes.
const LEAVING = new Set(["up", "down", "never", "restore"])
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

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".shelves")
  if (!root || !data) return
  const memory = (root.memory ??= {
    session: data.session, sequence: 0, unheard: [], mine: new Map(), cards: new Map(), timers: new Map(),
  })
  globalThis.kindredKeep?.(data.keep)
  memory.sequence = Math.max(memory.sequence, data.heard)
  memory.unheard = memory.unheard.filter(({ sequence }) => sequence > data.heard)
  if (memory.session !== data.session) {
    // What a server that is gone did not hear, the one that took its place has to.
    memory.session = data.session
    if (memory.unheard.length) setTriggerValue("acts", memory.unheard.slice())
  }
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
  for (const node of [...root.children]) if (!present.has(node.dataset.shelf)) node.remove()
  return () => setTimeout(() => {
    if (root.isConnected) return
    globalThis.kindredLate?.(data.key, memory.unheard)
    memory.unheard = []
  })
}

const drawShelf = (root, memory, shelf, id) => {
  let section = [...root.children].find((node) => node.dataset.shelf === id)
  if (!section) {
    const list = element("div", { className: "cards" })
    list.setAttribute("role", "list")
    const scroll = (direction) => () =>
      list.scrollBy({ left: direction * list.clientWidth * 0.85, behavior: calm() ? "auto" : "smooth" })
    section = element("section", { "data-shelf": id },
      element("div", { className: "head" }, element("h3"),
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
  section.querySelector(".head").hidden = !shelf.title && !isRow
  section.querySelector(".back").setAttribute("aria-label", `Scroll back: ${shelf.title || memory.data.label}`)
  section.querySelector(".forward").setAttribute("aria-label", `Scroll on: ${shelf.title || memory.data.label}`)
  const list = section.querySelector(".cards")
  const wanted = shelf.items.map((item) => [item, `${id}/${item}`])
  const kept = new Set(wanted.map(([, key]) => key))
  const refocus = focusIn(list)
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
  refocus()
}

// Cards come and go under people who have no pointer: who was at a card that moved stays there, and who was at one that went is
// at the same thing on the card that took its place.
const focusIn = (list) => {
  const focused = document.activeElement
  const place = [...list.children].findIndex((card) => card.contains(focused))
  return () => {
    if (place < 0 || document.activeElement === focused) return
    const next = list.children[Math.min(place, list.children.length - 1)]
    const target = list.contains(focused) ? focused : next?.querySelector(`.${focused.classList[0]}`)
    target?.focus({ preventScroll: list.contains(focused) })
  }
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
    const thumb = (name, shape, turned) => element("button", {
      type: "button", className: name, onclick: () => LEAVING.has(memory.mine.get(item)?.do) || say(name),
    }, icon(shape, turned))
    act.append(element("div", { className: "thumbs" }, thumb("up", UP, false),
      // Where there is but one rating it says that one likes a thing: nothing says the opposite.
      ...(memory.data.scale.single ? [] : [thumb("down", UP, true)]), thumb("never", CROSS, false)))
  }
  if (can.has("restore")) {
    act.append(element("button", { type: "button", className: "word restore", textContent: "Allow again", onclick: () => say("restore") }))
  }
  if (can.has("remove")) {
    act.append(element("button", { type: "button", className: "word remove", textContent: "Remove", onclick: (event) => isOff(event.currentTarget) || say("rate", null) }))
  }
  const state = element("p", { className: "state" })
  state.setAttribute("role", "status")
  act.append(state)
  return card
}

// Not `disabled`, which takes the focus away from whoever has just pressed the button.
const isOff = (button) => button.getAttribute("aria-disabled") === "true"

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
    remove.setAttribute("aria-label", scale.single ? `Remove ${facts.label}` : `Remove your rating of ${facts.label}`)
    remove.setAttribute("aria-disabled", rating === null)
  }
  card.querySelector(".restore")?.setAttribute("aria-label", `Allow ${facts.label} to be recommended again`)
  for (const [name, what] of [["up", "Thumbs up"], ["down", "Thumbs down"], ["never", "Not interested"]]) {
    const button = card.querySelector(`.${name}`)
    if (!button) continue
    button.setAttribute("aria-label", `${what}: ${facts.label}`)
    button.title = what
    button.setAttribute("aria-pressed", mine?.do === name)
  }
  card.classList.toggle("guest", facts.guest || !(facts.can.includes("rate") || facts.can.includes("restore")))
  card.classList.toggle("leaving", LEAVING.has(mine?.do))
  const state = mine && mine.do !== "similar" && !facts.guest ? "saving" : facts.state
  const line = card.querySelector(".state")
  setText(line, state ? STATES[state] + (state === "failed" && facts.detail ? `: ${facts.detail}` : "") : "")
  line.dataset.state = state || ""
}
