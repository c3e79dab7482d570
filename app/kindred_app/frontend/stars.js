// What one rates with: stars, halves of them too, or a heart where there is but one rating. The second part is shelf.js.
const STAR = "M12 1.8l3.1 6.6 7.1.9-5.2 5 1.3 7.1L12 17.9l-6.3 3.5L7 14.3l-5.2-5 7.1-.9z"
const HEART = "M12 21.2C4.6 15.4 1.6 11.8 1.6 7.9 1.6 4.9 4 2.6 6.9 2.6c2 0 3.9 1 5.1 2.9 1.2-1.9 3.1-2.9 5.1-2.9 2.9 0 5.3 2.3 5.3 5.3 0 3.9-3 7.5-10.4 13.3z"

const digits = (value) => String(Math.round(value * 100) / 100)

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
  stars.setAttribute("role", scale.single ? "checkbox" : "slider")
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
  stars.setAttribute("aria-label", scale.single ? `You like ${label}` : `Your rating of ${label}`)
  if (stars.isTyping()) return
  stars.shown = rating ?? null
  describe(stars, scale, stars.shown)
  paint(stars, scale, stars.shown, false)
}

const describe = (stars, scale, rating) => {
  if (scale.single) {
    stars.setAttribute("aria-checked", rating !== null)
    return
  }
  stars.setAttribute("aria-valuemin", scale.minimum)
  stars.setAttribute("aria-valuemax", scale.maximum)
  if (rating === null) stars.removeAttribute("aria-valuenow")
  else stars.setAttribute("aria-valuenow", rating)
  stars.setAttribute("aria-valuetext",
    rating === null ? "not rated" : `${digits(rating)} of ${digits(scale.maximum)} stars`)
}

const paint = (stars, scale, rating, isPreview) => {
  stars.style.setProperty("--share", `${rating === null ? 0 : (100 * rating) / scale.maximum}%`)
  stars.classList.toggle("preview", isPreview)
  stars.classList.toggle("rated", rating !== null)
  setText(stars.querySelector(".value"), rating === null || scale.single ? "" : digits(rating))
}
