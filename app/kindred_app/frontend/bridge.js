// Exchanges a ticket for the cookie that keeps the session over a reload, or has the cookie removed: the token itself never comes
// here, scripts cannot read what the server sets. And keeps in the local storage what would be lost with the server's process.
const PREFIX = "kindred-kept:"

const stored = (name) => {
  try {
    const changes = JSON.parse(localStorage.getItem(PREFIX + name))
    return new Map(changes.map((change) => [change.item.id, change]))
  } catch {
    return new Map() // Nothing there, nothing that we wrote, or a browser that keeps nothing.
  }
}

// What other tabs keep stays: only what this one has written or shown to the server is its to remove.
const keep = (name, changes) => {
  const mine = (globalThis.kindredKept ??= new Map())
  const wanted = new Map(changes.map((change) => [change.item.id, change]))
  const others = [...stored(name)].filter(([item]) => !wanted.has(item) && !mine.get(name)?.has(item))
  mine.set(name, new Set(wanted.keys()))
  const all = [...wanted.values(), ...others.map(([, change]) => change)]
  try {
    if (all.length) localStorage.setItem(PREFIX + name, JSON.stringify(all))
    else localStorage.removeItem(PREFIX + name)
  } catch {} // A full storage, or none: then it is not kept.
}

// The shelves say it too: they change while the page around them, and this with it, stands still.
globalThis.kindredKeep = (lists) => {
  for (const [name, changes] of Object.entries(lists ?? {})) keep(name, changes)
}

const isBusy = () => document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState === "running"

// Once the page is drawn: what is sent before would interrupt that, and be lost again.
const sayLate = () => {
  const late = globalThis.kindredLateActs
  if (!late.waiting.length) return
  const wait = isBusy()
  if (!wait) late.send()
  late.timer = setTimeout(sayLate, wait ? 300 : 5000)
}

globalThis.kindredLate = (key, acts) => {
  const late = globalThis.kindredLateActs
  if (!late || !acts.length) return
  late.waiting.push({ number: ++late.number, key, acts })
  clearTimeout(late.timer)
  late.timer = setTimeout(sayLate, 300)
}

const once = (order, act) => {
  const done = (globalThis.kindredOrders ??= new Set())
  if (!order || done.has(order)) return
  done.add(order)
  act(() => done.delete(order))
}

export default function ({ data, setTriggerValue }) {
  if (!data) return
  const exchange = (request) => (undo) => fetch(data.path, { ...request, credentials: "same-origin" }).catch(undo)
  once(data.ticket, exchange({
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ ticket: data.ticket }),
  }))
  once(data.forget, exchange({ method: "DELETE" }))
  once(data.ask && `${data.session} ${data.ask}`, () => {
    const changes = [...stored(data.ask).values()]
    ;(globalThis.kindredKept ??= new Map()).set(data.ask, new Set(changes.map((change) => change.item.id)))
    setTriggerValue("kept", { name: data.ask, changes })
  })
  globalThis.kindredKeep(data.keep)
  // What was done on shelves that went before anybody heard it: said here, on all pages, until it is heard.
  const late = (globalThis.kindredLateActs ??= { number: 0, waiting: [] })
  late.waiting = late.waiting.filter(({ number }) => number > data.late)
  late.send = () => setTriggerValue("late", late.waiting.slice())
}
