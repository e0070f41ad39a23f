// Keeps a contact on this phone while there is no network: encrypted, with a key that the server gives to the session and
// that is written down nowhere here. It is sent when the network is back, and gone then, or when somebody signs out.
(function () {
  'use strict'
  const page = document.getElementById('phone')
  if (!page || !window.crypto || !window.crypto.subtle) return
  const PREFIX = 'contact:'
  const AGAIN = 10000 // milliseconds, where the browser does not say that the network is back
  const form = document.querySelector('form[data-phone]')
  const key = crypto.subtle.importKey('raw', bytes(page.dataset.key), 'AES-GCM', false, ['encrypt', 'decrypt'])
  let busy = false

  function bytes (text) {
    return Uint8Array.from(atob(text), function (sign) { return sign.charCodeAt(0) })
  }

  function text (buffer) {
    return btoa(String.fromCharCode.apply(null, new Uint8Array(buffer)))
  }

  function lock (name, iv) {
    return { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(name) }
  }

  async function keep (name, told) {
    const iv = crypto.getRandomValues(new Uint8Array(12))
    const plain = new TextEncoder().encode(JSON.stringify(told))
    const sealed = await crypto.subtle.encrypt(lock(name, iv), await key, plain)
    localStorage.setItem(PREFIX + name, text(iv) + '.' + text(sealed))
  }

  function forget (name) {
    localStorage.removeItem(PREFIX + name)
  }

  function names () {
    const all = Object.keys(localStorage).filter(function (one) { return one.startsWith(PREFIX) })
    return all.map(function (one) { return one.slice(PREFIX.length) })
  }

  async function read (name) {
    try {
      const parts = localStorage.getItem(PREFIX + name).split('.')
      const plain = await crypto.subtle.decrypt(lock(name, bytes(parts[0])), await key, bytes(parts[1]))
      return JSON.parse(new TextDecoder().decode(plain))
    } catch (error) { // of a session that is over: nobody can read it any more
      forget(name)
      return null
    }
  }

  function say (what, address) {
    for (const one of page.children) one.hidden = one.dataset.says !== what
    if (address) page.querySelector('[data-says="' + what + '"] a').href = address
  }

  function typed () {
    const fields = Array.from(new FormData(form)).filter(function (one) { return one[0] !== 'csrfmiddlewaretoken' })
    return { address: location.pathname, fields, ready: false }
  }

  function fill (fields) {
    const told = new Map(fields)
    for (const field of form.elements) {
      if (!field.name || field.name === 'csrfmiddlewaretoken') continue
      if (field.type === 'radio' || field.type === 'checkbox') field.checked = told.get(field.name) === field.value
      else if (told.has(field.name)) field.value = told.get(field.name)
    }
  }

  // What came of it: 'kept' by the server, 'refused', 'locked' where one must show who one is, 'waiting' without network.
  async function send (name, told) {
    const token = document.querySelector('[name=csrfmiddlewaretoken]').value
    const headers = { 'X-CSRFToken': token, 'X-Kept-On-Phone': 'yes' }
    const body = new URLSearchParams(told.fields)
    try {
      const answer = await fetch(told.address, { method: 'POST', headers, body, redirect: 'manual' })
      if (answer.status === 204) {
        forget(name)
        return 'kept'
      }
      if (answer.status >= 500) return 'waiting'
      return answer.type === 'opaqueredirect' ? 'locked' : 'refused'
    } catch (error) {
      return 'waiting'
    }
  }

  async function sendAll () {
    if (busy || !navigator.onLine) return
    busy = true
    for (const name of names()) {
      const told = await read(name)
      if (!told || !told.ready) continue
      const came = await send(name, told)
      if (came === 'kept') return location.assign(page.dataset.next)
      if (came === 'refused') {
        await keep(name, Object.assign(told, { ready: false }))
        say('refused', told.address)
      }
      if (came === 'locked') return location.assign(page.dataset.next)
    }
    busy = false
  }

  async function submit (event) {
    event.preventDefault()
    form.elements.told_at.value = new Date().toISOString()
    const name = form.elements.key.value
    const told = Object.assign(typed(), { ready: true })
    await keep(name, told)
    busy = true
    const came = await send(name, told)
    busy = false
    if (came === 'waiting') return say('waiting')
    if (came === 'refused') {
      forget(name)
      return HTMLFormElement.prototype.submit.call(form) // its page says what is wrong
    }
    location.assign(page.dataset.next)
  }

  async function restore () {
    for (const name of names()) {
      const told = await read(name)
      if (told && !told.ready && told.address === location.pathname) {
        fill(told.fields)
        say('typed')
      }
    }
  }

  if (form) {
    form.addEventListener('submit', submit)
    form.addEventListener('input', function () { keep(form.elements.key.value, typed()) })
    if (form.dataset.phone === 'new') restore()
  }
  document.addEventListener('submit', function (event) {
    if (event.target.getAttribute('action') === page.dataset.out) names().forEach(forget)
  })
  window.addEventListener('online', sendAll)
  setInterval(sendAll, AGAIN)
  sendAll()
})()
