// Plays tabs of one browser around the real script of the phone, without a browser; prints what came of each play as JSON.
// The script's path is the first argument. A tab is a page with its key, its storage and a network that answers what it is told.
'use strict'
const fs = require('fs')
const vm = require('vm')
const { createHash, webcrypto } = require('crypto')
const source = fs.readFileSync(process.argv[2], 'utf8')
const MORNING = Buffer.alloc(32, 1).toString('base64') // the key of one session
const EVENING = Buffer.alloc(32, 2).toString('base64') // and of the next
const CONTACT = '/cases/ecm-1/contact/'
const DAY = 24 * 3600 * 1000

function storage (full) {
  const held = {}
  const set = function (name, value) {
    if (full) throw new Error('QuotaExceededError')
    held[name] = value
  }
  const own = { setItem: set, getItem: (name) => held[name] ?? null, removeItem: (name) => { delete held[name] } }
  return new Proxy(held, { get: (_, name) => own[name] ?? held[name] })
}

function part (name, withLink) {
  const link = withLink && { hidden: false, href: '/today/' }
  return { dataset: { says: name }, hidden: true, link, words: { textContent: '' } }
}

// What stands beside what is locked with a key: the server computes it too.
function markOf (key) {
  return createHash('sha256').update(Buffer.from(key, 'base64')).digest('base64').slice(0, 16)
}

function pageOf (key, on, marks) {
  const parts = ['waiting', 'unkept', 'typed', 'refused', 'lost', 'leaving'].map((name) => part(name, name === 'refused'))
  const find = function (selector) {
    const found = parts.find((one) => selector.startsWith(`[data-says="${one.dataset.says}"]`))
    if (!found) return null
    if (selector.endsWith(' a')) return found.link || null
    return selector.endsWith('[data-words]') ? found.words : found
  }
  const dataset = { key, marks: marks.map(markOf).join(' '), next: '/today/', out: '/account/logout/' }
  return { dataset, children: parts, querySelector: find, scrollIntoView () {}, addEventListener: (what, then) => { on[what] = then } }
}

function formOf (note, on) {
  const value = (name, text) => ({ name, value: text })
  const fields = [
    value('csrfmiddlewaretoken', 't'), value('key', 'k1'), value('day', '2026-11-21'), value('place', 'Ferry Street'),
    value('note', note), value('told_at', '')
  ]
  for (const field of fields) fields[field.name] = field
  return { dataset: { phone: 'new' }, elements: fields, addEventListener: (what, then) => { on[what] = then } }
}

// A tab that is open: `network` is called with each request and answers, or throws where there is none.
async function tab (key, kept, { note = '', network = gone, at = 0, marks = [] } = {}) {
  const on = { form: {}, page: {}, document: {}, window: {} }
  const page = pageOf(key, on.page, marks)
  const form = note && formOf(note, on.form)
  const it = { went: [], sent: [], later: 0, network, form, on }
  class FormData { * [Symbol.iterator] () { for (const field of form.elements) yield [field.name, field.value] } }
  class HTMLFormElement { submit () { it.went.push('native') } }
  class Now extends Date {
    constructor (moment) { super(moment ?? Now.now()) }
    static now () { return Date.UTC(2026, 10, 21, 17) + at + it.later }
    toLocaleString () { return this.toISOString().slice(0, 16) }
  }
  const asked = { 'form[data-phone]': form || null, '[name=csrfmiddlewaretoken]': { value: 't' }, h1: { textContent: 'Rosa Delgado' } }
  const document = {
    getElementById: () => page, querySelector: (selector) => asked[selector], documentElement: { lang: 'en' },
    addEventListener: (what, then) => { on.document[what] = then }
  }
  vm.runInNewContext(source, {
    document, window: { crypto: webcrypto, addEventListener: (what, then) => { on.window[what] = then } }, crypto: webcrypto,
    localStorage: kept, navigator: { onLine: true }, location: { pathname: CONTACT, assign: (to) => it.went.push(to) },
    fetch: async (to, request) => { it.sent.push(Object.fromEntries(request.body).note); return it.network(request) },
    setInterval: (then) => { it.tick = then }, Date: Now, FormData, HTMLFormElement,
    atob, btoa, TextEncoder, TextDecoder, URLSearchParams, Uint8Array
  })
  it.says = () => page.children.filter((one) => !one.hidden).map((one) => one.dataset.says).join()
  it.words = () => page.children.find((one) => !one.hidden).words.textContent
  it.link = () => page.children.find((one) => !one.hidden).link.hidden
  it.keep = () => on.form.submit({ preventDefault () {} })
  it.type = (text) => { form.elements.note.value = text; return on.form.input() }
  it.remove = async () => { on.page.click({ target: { hasAttribute: () => true } }); await settled() }
  it.leave = function () {
    let stopped = false
    on.document.submit({ target: { getAttribute: () => '/account/logout/' }, preventDefault () { stopped = true } })
    return stopped
  }
  await settled()
  return it
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 15))
const gone = () => { throw new Error('no network') }
const answers = (status) => () => ({ status, type: 'basic' })

const PLAYS = {
  async an_older_tab_leaves_what_a_later_session_keeps () {
    const kept = storage()
    const old = await tab(MORNING, kept)
    const now = await tab(EVENING, kept, { note: 'At the gate' })
    await now.keep()
    await old.tick()
    return [Object.keys(kept), old.says(), now.says()]
  },
  async what_an_ended_session_kept_is_said_until_somebody_removes_it () {
    const kept = storage()
    const before = await tab(MORNING, kept, { note: 'At the gate' })
    await before.keep()
    const after = await tab(EVENING, kept)
    const told = [Object.keys(kept), after.says(), after.words()]
    await after.remove()
    return [...told, after.says(), Object.keys(kept)]
  },
  async what_was_only_typed_in_an_ended_session_is_not_said () {
    const kept = storage()
    const before = await tab(MORNING, kept, { note: 'At' })
    await before.type('At the')
    return [(await tab(EVENING, kept)).says(), Object.keys(kept)]
  },
  async after_a_week_nothing_is_left () {
    const kept = storage()
    await (await tab(MORNING, kept, { note: 'At the gate' })).keep()
    const left = []
    for (const at of [7 * DAY - 1, 7 * DAY]) {
      await tab(EVENING, kept, { at })
      left.push(Object.keys(kept).length)
    }
    return left
  },
  async signing_out_asks_first_and_removes_nothing_by_itself () {
    const kept = storage()
    const one = await tab(MORNING, kept, { note: 'At the gate' })
    const before = one.leave()
    await one.keep()
    return [before, one.leave(), one.says(), one.leave(), Object.keys(kept)]
  },
  async signing_out_asks_of_ones_own_alone () {
    const kept = storage()
    await (await tab(MORNING, kept, { note: 'At the gate' })).keep()
    const colleague = await tab(EVENING, kept)
    return [colleague.says(), colleague.leave(), Object.keys(kept)]
  },
  async what_nobody_has_the_key_of_goes () {
    const kept = storage()
    await (await tab(MORNING, kept, { note: 'At the gate' })).keep()
    const waiting = await tab(EVENING, kept, { marks: [MORNING, EVENING] })
    const told = [Object.keys(kept), waiting.says()]
    const after = await tab(EVENING, kept, { marks: [EVENING] })
    return [...told, Object.keys(kept), after.says()]
  },
  async a_phone_that_can_keep_nothing_sends_it_all_the_same () {
    const one = await tab(MORNING, storage(true), { note: 'At the gate', network: answers(204) })
    await one.keep()
    return [one.sent, one.went]
  },
  async a_phone_that_can_keep_nothing_says_so_without_network () {
    const one = await tab(MORNING, storage(true), { note: 'At the gate' })
    await one.keep()
    return [one.says(), one.went]
  },
  async what_waits_is_sent_as_it_was_corrected () {
    const kept = storage()
    const one = await tab(MORNING, kept, { note: 'At the gate' })
    await one.keep()
    one.network = answers(204)
    await one.type('At the door')
    await one.on.window.online()
    const meanwhile = one.sent.length
    one.later = 10000
    await one.tick()
    return [meanwhile, one.says(), one.sent, one.went, Object.keys(kept)]
  },
  async what_may_not_be_sent_any_more_can_be_read_and_removed () {
    const kept = storage()
    const one = await tab(MORNING, kept, { note: 'At the gate' })
    await one.keep()
    one.network = answers(404)
    await one.tick()
    const today = await tab(MORNING, kept)
    const told = [one.says(), today.says(), today.words(), today.link(), today.leave()]
    await today.remove()
    return [...told, Object.keys(kept)]
  },
  async what_may_not_be_sent_at_all_stays_to_be_read () {
    const kept = storage()
    const one = await tab(MORNING, kept, { note: 'At the gate', network: answers(403) })
    await one.keep()
    return [one.says(), one.words(), one.went, Object.keys(kept)]
  },
  async what_is_wrong_is_opened_and_looked_at () {
    const kept = storage()
    const one = await tab(MORNING, kept, { note: 'At the gate' })
    await one.keep()
    one.network = answers(422)
    await one.tick()
    const again = await tab(MORNING, kept, { note: ' ' })
    return [one.says(), one.link(), again.says(), again.form.elements.note.value]
  },
  async only_what_is_sent_by_itself_says_so () {
    const heads = []
    const network = (request) => { heads.push(request.headers['X-By-Itself'] || ''); return answers(503)() }
    const one = await tab(MORNING, storage(), { note: 'At the gate', network })
    await one.keep()
    await one.tick()
    return heads
  }
}

async function play () {
  const came = {}
  for (const [name, one] of Object.entries(PLAYS)) came[name] = await one()
  console.log(JSON.stringify(came))
}

play()
