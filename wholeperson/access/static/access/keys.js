// Keys need the browser: what asks for one shows itself only where the browser can, and says when a key did not answer.
(function () {
  'use strict'
  const canAsk = Boolean(window.PublicKeyCredential) && window.isSecureContext && !/^[\d.]+$/.test(location.hostname)
  function show (selector) {
    document.querySelectorAll(selector).forEach(function (part) { part.hidden = false })
  }
  document.addEventListener('DOMContentLoaded', function () {
    show(canAsk ? '[data-key]' : '[data-no-key]')
  })
  document.addEventListener('allauth.error', function (event) {
    event.preventDefault()
    show('[data-key-trouble]')
  })
})()
