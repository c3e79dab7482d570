// Exchanges a ticket for the cookie that keeps the session over a reload, or has the cookie removed. The token itself never
// comes here: scripts cannot read what the server sets.
export default function ({ data, parentElement }) {
  if (!data?.ticket && !data?.forget) return
  const order = data.ticket || data.forget
  const done = (globalThis.kindredOrders ??= new Set())
  if (done.has(order)) return
  done.add(order)
  const request = data.ticket
    ? { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ ticket: data.ticket }) }
    : { method: "DELETE" }
  fetch(data.path, { ...request, credentials: "same-origin" }).catch(() => done.delete(order))
}
