// Returns the visible texts of a page whose contrast is below what WCAG 2.2 asks for (1.4.3): 4.5 to 1, of large letters 3 to 1; of
// symbols 3 to 1 (1.4.11). Colours are blended as the browser blends them: each element's background over what is below it, then
// the whole by the element's opacity. Controls that are off need no contrast.
() => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true })
  const parse = (colour) => {
    canvas.clearRect(0, 0, 1, 1)
    canvas.fillStyle = colour
    canvas.fillRect(0, 0, 1, 1)
    const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data
    return { channels: [red, green, blue], alpha: alpha / 255 }
  }
  const mix = (below, above, share) => below.map((value, place) => value + (above[place] - value) * share)
  const over = (colour, below) => mix(below, colour.channels, colour.alpha)
  const luminance = (channels) => {
    const [red, green, blue] = channels.map((value) => {
      const part = value / 255
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const contrast = (first, second) => {
    const [light, dark] = [luminance(first), luminance(second)].sort((one, other) => other - one)
    return (light + 0.05) / (dark + 0.05)
  }
  const above = (node) => node.assignedSlot ?? node.parentElement ?? node.getRootNode().host ?? null

  // What is below a layer of its own that can be seen through is not known: the worst of black and white is taken.
  const blended = (element, colour) => {
    const chain = []
    for (let node = element; node; node = above(node)) chain.unshift(node)
    const styles = chain.map((node) => getComputedStyle(node))
    const paint = (place, below, isText) => {
      const style = styles[place]
      const ground = parse(style.backgroundColor)
      const grounds = ["absolute", "fixed"].includes(style.position) && ground.alpha > 0 && ground.alpha < 1
        ? [[0, 0, 0], [255, 255, 255]] : [below]
      return grounds.flatMap((known) => {
        const own = over(ground, known)
        const inner = place < chain.length - 1 ? paint(place + 1, own, isText) : [isText ? over(colour, own) : own]
        return inner.map((value) => mix(known, value, Number(style.opacity)))
      })
    }
    const canvasColour = matchMedia("(prefers-color-scheme: dark)").matches ? [0, 0, 0] : [255, 255, 255]
    const [texts, grounds] = [paint(0, canvasColour, true), paint(0, canvasColour, false)]
    return Math.min(...texts.map((text, place) => contrast(text, grounds[place])))
  }

  const isSeen = (element) => {
    const box = element.getBoundingClientRect()
    return box.width > 1 && box.height > 1 && element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
      && !element.closest("svg[aria-hidden=true], noscript, style, script, template, :disabled, [aria-disabled=true]")
  }
  const found = []
  const judge = (element, text, colour) => {
    const style = getComputedStyle(element)
    const size = parseFloat(style.fontSize)
    const isSymbol = /Material/.test(style.fontFamily) || !/[\p{L}\p{N}]/u.test(text)
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700)
    const ratio = blended(element, parse(colour))
    found.push({ text, ratio: Math.round(ratio * 100) / 100, needed: isSymbol || isLarge ? 3 : 4.5,
      colour, opacity: style.opacity, element: `${element.localName}.${element.className || element.dataset.testid || ""}` })
  }
  const walk = (root) => {
    for (const element of root.querySelectorAll("*")) {
      if (element.shadowRoot) walk(element.shadowRoot)
      const text = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data.trim()).join(" ")
      const style = getComputedStyle(element)
      if (text.trim() && isSeen(element)) judge(element, text.trim(), element.closest("svg") ? style.fill : style.color)
      if (element.matches("input, textarea") && isSeen(element)) {
        if (element.value) judge(element, element.value, style.color)
        else if (element.placeholder) judge(element, element.placeholder, getComputedStyle(element, "::placeholder").color)
      }
    }
  }
  walk(document)
  return { looked: found.length, poor: found.filter(({ ratio, needed }) => ratio < needed) }
}
