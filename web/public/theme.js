// Owns the theme of the first paint, and that what an address needs is fetched at once: loaded before the page is
// drawn, because the content policy forbids inline scripts and a module would come too late. What changes afterwards
// is in src/lib/theme.ts; who takes the early answers, in src/lib/early.ts.
/* global document, fetch, localStorage, location, matchMedia, window */
;(function () {
  var chosen = null
  var language = null
  try {
    chosen = localStorage.getItem('petshop.theme')
    language = localStorage.getItem('petshop.language')
  } catch {
    // Storage is forbidden: the system decides.
  }
  var system = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
  document.documentElement.dataset.theme = chosen === 'dark' || chosen === 'light' ? chosen : system

  // Named by the build. The page's first script would ask for them too, but a round trip later.
  var parts = '__PARTS__'
  var isStaff = /^\/(office|counter|setup)\b/.test(location.pathname)
  var product = /^\/products\/([1-9]\d{0,14})$/.exec(location.pathname)
  var isHome = location.pathname === '/'
  var pages = isStaff ? [] : (parts.shop || []).concat(isHome || product ? [] : parts.more || [])
  ;(parts[language === 'en' ? 'en' : 'zh'] || []).concat(pages).forEach(function (file) {
    var isStyle = /\.css$/.test(file)
    prefetch(isStyle ? { rel: 'preload', as: 'style' } : { rel: 'modulepreload' }, '/' + file)
  })

  // As the page's own scripts will ask, word for word.
  var early = (window.petshopEarly = {})
  ask('/shop')
  if (isStaff) return
  ask('/session')
  if (isHome && location.search === '') {
    ask('/inventory?sort=name&limit=24', function (answer) {
      return answer.items[0].image_url
    })
    ask('/inventory/categories')
  }
  if (product) {
    ask('/inventory/' + product[1], function (answer) {
      return answer.item.image_urls[0]
    })
  }

  /** @param picture finds in the answer what is seen first */
  function ask(path, picture) {
    var headers = { accept: 'application/json', 'accept-language': language || 'zh-CN' }
    early[path] = fetch('/api' + path, { headers: headers, credentials: 'same-origin' })
    early[path]
      .then(function (response) {
        return picture && response.clone().json()
      })
      .then(function (answer) {
        var href = answer && picture(answer)
        if (href) prefetch({ rel: 'preload', as: 'image', fetchPriority: 'high' }, href)
      })
      .catch(function () {
        // The page will ask again, and say what is wrong.
      })
  }

  function prefetch(kind, href) {
    var link = document.createElement('link')
    Object.assign(link, kind)
    if (kind.as !== 'image') link.crossOrigin = ''
    link.href = href
    document.head.append(link)
  }
})()
