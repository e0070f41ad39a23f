// Locks the screen after a while without a sign of life, and takes along what was typed. The server locks by itself, too:
// this only covers the page in time, says so one minute before, and tells the server that somebody is typing.
(function () {
  'use strict'
  const lock = document.getElementById('lock')
  if (!lock) return
  const after = Number(lock.dataset.lockAfter) * 1000
  const warning = document.getElementById('lock-soon')
  let last = Date.now()
  let told = Date.now()
  let typedInto = null // the form that somebody typed into last, if it may be kept

  function formOf (mark) {
    return mark && mark.closest('form')
  }

  function signOfLife () {
    last = Date.now()
    warning.hidden = true
    if (last - told < 60000) return
    told = last
    fetch(lock.dataset.stillHere, { credentials: 'same-origin' }).then(function (answer) {
      if (answer.redirected) lockNow()
    }, function () {})
  }

  function add (form, name, value) {
    const field = document.createElement('input')
    field.type = 'hidden'
    field.name = name
    field.value = value
    form.append(field)
  }

  function lockNow () {
    const form = typedInto || formOf(document.querySelector('form [data-draft]')) || lock
    add(form, 'page', location.pathname + location.search)
    if (form !== lock) {
      add(form, 'draft_of', new URL(form.getAttribute('action') || location.href, location.href).href)
      form.querySelectorAll('input[type=file], input[type=password]').forEach(function (field) { field.disabled = true })
      form.action = lock.action
    }
    HTMLFormElement.prototype.submit.call(form)
  }

  ;['keydown', 'pointerdown', 'touchstart'].forEach(function (event) {
    document.addEventListener(event, signOfLife, { passive: true })
  })
  document.addEventListener('input', function (event) {
    const form = event.target.form
    if (form) typedInto = formOf(form.querySelector('[data-draft]'))
  })
  lock.addEventListener('submit', function (event) {
    event.preventDefault()
    lockNow()
  })
  setInterval(function () {
    const idle = Date.now() - last
    warning.hidden = idle < after - 60000
    if (idle >= after) lockNow()
  }, 1000)
})()
