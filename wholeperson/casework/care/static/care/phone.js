// Keeps a contact on this phone while there is no network: encrypted, with a key that the server gives to whoever is signed
// in here and that is written down nowhere here. It is sent when the network is back, or when the same person signs in
// again after a session that timed out; and gone then, or when they have signed out. In the clear beside it stand the
// fingerprint of its key, when it was kept, and how far it came: 'typed', 'ready' to be sent, or 'refused'. What somebody
// else kept here nobody but they can read: that is said, never hidden.
(function () {
  'use strict'
  const page = document.getElementById('phone')
  if (!page || !window.crypto || !window.crypto.subtle) return
  const PREFIX = 'contact:'
  const AGAIN = 10000 // milliseconds, where the browser does not say that the network is back
  const KEPT_FOR = 7 * 24 * 3600 * 1000 // milliseconds, of what nobody came back for
  const form = document.querySelector('form[data-phone]')
  const key = crypto.subtle.importKey('raw', bytes(page.dataset.key), 'AES-GCM', false, ['encrypt', 'decrypt'])
  const marked = crypto.subtle.digest('SHA-256', bytes(page.dataset.key)).then(function (sum) {
    mark = text(sum).slice(0, 16)
  })
  const marks = (page.dataset.marks || '').split(' ').filter(Boolean) // of all who did not sign out on this phone
  let mark = '' // the fingerprint of our key
  let lost = [] // kept with another key when this page was opened
  let shown = '' // the one of which something is said
  let edited = 0 // when somebody typed last
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

  function attempt (what, otherwise) {
    try {
      return what()
    } catch (error) { // storage is full, or switched off
      return otherwise
    }
  }

  // Whether it could be kept.
  async function keep (name, told, state) {
    const iv = crypto.getRandomValues(new Uint8Array(12))
    const plain = new TextEncoder().encode(JSON.stringify(told))
    const sealed = await crypto.subtle.encrypt(lock(name, iv), await key, plain)
    await marked
    return attempt(function () {
      localStorage.setItem(PREFIX + name, [mark, Date.now(), state, text(iv), text(sealed)].join('.'))
      return true
    }, false)
  }

  function forget (name) {
    attempt(function () { localStorage.removeItem(PREFIX + name) })
  }

  function names () {
    const all = attempt(function () { return Object.keys(localStorage) }, [])
    return all.filter(function (one) { return one.startsWith(PREFIX) }).map(function (one) { return one.slice(PREFIX.length) })
  }

  function standing (name) {
    const kept = attempt(function () { return localStorage.getItem(PREFIX + name) }) || ''
    const [its, at, state, iv, sealed] = kept.split('.')
    return { mark: its, ours: its === mark, at: Number(at), state, iv, sealed }
  }

  function isOld (name) {
    return !(Date.now() - standing(name).at < KEPT_FOR)
  }

  function isLost (name) {
    const it = standing(name)
    return Boolean(it.state) && !it.ours && it.state !== 'typed' // nothing was promised of what was only typed
  }

  // Somebody else's stays when we sign out.
  function isUnsent (name) {
    const it = standing(name)
    return it.ours && it.state !== 'typed'
  }

  // Whoever kept it has signed out, and nobody has its key any more.
  function isOrphan (name) {
    return marks.length > 0 && !marks.includes(standing(name).mark)
  }

  async function read (name) {
    const it = standing(name)
    if (!it.ours) return null
    try {
      const plain = await crypto.subtle.decrypt(lock(name, bytes(it.iv)), await key, bytes(it.sealed))
      return JSON.parse(new TextDecoder().decode(plain))
    } catch (error) { // it is broken
      return null
    }
  }

  function say (what, words, address) {
    for (const one of page.children) one.hidden = one.dataset.says !== what
    const said = page.querySelector('[data-says="' + what + '"] [data-words]')
    if (said) said.textContent = words
    const link = page.querySelector('[data-says="' + what + '"] a')
    if (!link) return
    link.hidden = !address
    if (address) link.href = address
  }

  // What was refused, with its words, and what somebody else kept here: one after the other, until somebody removes it.
  async function tell () {
    for (const name of names()) {
      const told = standing(name).state === 'refused' && await read(name)
      if (!told) continue
      shown = name
      const fields = new Map(told.fields)
      const words = [told.who, fields.get('day'), fields.get('place'), fields.get('note')]
      return say('refused', words.filter(Boolean).join(' · '), told.gone ? '' : told.address)
    }
    shown = lost.find(isLost)
    if (!shown) return say('')
    say('lost', new Date(standing(shown).at).toLocaleString(document.documentElement.lang))
  }

  function typed () {
    const fields = Array.from(new FormData(form)).filter(function (one) { return one[0] !== 'csrfmiddlewaretoken' })
    return { address: location.pathname, who: document.querySelector('h1').textContent, fields }
  }

  function fill (fields) {
    const told = new Map(fields)
    for (const field of form.elements) {
      if (!field.name || field.name === 'csrfmiddlewaretoken') continue
      if (field.type === 'radio' || field.type === 'checkbox') field.checked = told.get(field.name) === field.value
      else if (told.has(field.name)) field.value = told.get(field.name)
    }
  }

  // What came of it: 'kept' by the server; 'refused', its page says why; 'gone' where it may not be sent any more; 'locked'
  // where one must show who one is; 'waiting' without network.
  async function send (name, told, headers) {
    const token = document.querySelector('[name=csrfmiddlewaretoken]').value
    const all = Object.assign({ 'X-CSRFToken': token, 'X-Kept-On-Phone': 'yes' }, headers)
    const body = new URLSearchParams(told.fields)
    try {
      const answer = await fetch(told.address, { method: 'POST', headers: all, body, redirect: 'manual' })
      if (answer.status === 204) {
        forget(name)
        return 'kept'
      }
      if (answer.status >= 500) return 'waiting'
      if (answer.type === 'opaqueredirect') return 'locked'
      return answer.status === 422 ? 'refused' : 'gone'
    } catch (error) {
      return 'waiting'
    }
  }

  async function refuse (name, told, came) {
    await keep(name, Object.assign(told, { gone: came === 'gone' }), 'refused')
    await tell()
  }

  async function sendAll () {
    if (busy || !navigator.onLine || Date.now() - edited < AGAIN) return // whoever is typing is left to finish
    busy = true
    for (const name of names()) {
      const told = standing(name).state === 'ready' && await read(name)
      if (!told) continue
      const came = await send(name, told, { 'X-By-Itself': 'yes' })
      if (came === 'kept' || came === 'locked') return location.assign(page.dataset.next)
      if (came !== 'waiting') await refuse(name, told, came)
    }
    busy = false
  }

  async function submit (event) {
    event.preventDefault()
    form.elements.told_at.value = new Date().toISOString()
    const name = form.elements.key.value
    const told = typed()
    edited = 0
    busy = true
    const kept = await keep(name, told, 'ready')
    const came = await send(name, told)
    busy = false
    if (came === 'waiting') return say(kept ? 'waiting' : 'unkept')
    if (came === 'gone') return refuse(name, told, came)
    if (came === 'refused') {
      forget(name)
      return HTMLFormElement.prototype.submit.call(form) // its page says what is wrong
    }
    location.assign(page.dataset.next)
  }

  // What waits goes on waiting while it is corrected.
  function edit () {
    const name = form.elements.key.value
    edited = Date.now()
    return keep(name, typed(), standing(name).state || 'typed')
  }

  async function restore () {
    for (const name of names()) {
      const told = standing(name).state !== 'ready' && await read(name)
      if (told && told.address === location.pathname) {
        fill(told.fields)
        say('typed')
      }
    }
  }

  // The first press on "Sign out" says that something would be lost; the second goes on. The answer to it takes our key away.
  function leave (event) {
    if (event.target.getAttribute('action') !== page.dataset.out) return
    if (!names().some(isUnsent) || !page.querySelector('[data-says="leaving"]').hidden) return
    event.preventDefault()
    say('leaving')
    page.scrollIntoView({ block: 'center' })
  }

  async function start () {
    await marked
    names().filter(isOld).forEach(forget)
    names().filter(isOrphan).forEach(forget)
    lost = names().filter(isLost)
    await tell()
    if (form && form.dataset.phone === 'new') await restore()
    await sendAll()
  }

  if (form) {
    form.addEventListener('submit', submit)
    form.addEventListener('input', edit)
  }
  page.addEventListener('click', function (event) {
    if (!event.target.hasAttribute('data-remove')) return
    forget(shown)
    tell()
  })
  document.addEventListener('submit', leave)
  window.addEventListener('online', sendAll)
  setInterval(sendAll, AGAIN)
  start()
})()
