/* global SwaggerUIBundle */
// Replaces how Swagger UI starts by itself: the frame of its page is not ours.

fitPhones()
followColourScheme()
showBrand()
window.addEventListener('load', () => {
  window.ui = SwaggerUIBundle({
    url: '/openapi.json',
    dom_id: '#swagger-ui',
    layout: 'BaseLayout',
    deepLinking: true,
    displayRequestDuration: true,
    // Its own copies of every schema, which are shown beside each call anyway.
    defaultModelsExpandDepth: 0,
    presets: [SwaggerUIBundle.presets.apis],
    plugins: [onlyPassword],
  })
})
// The start that would come otherwise.
Object.assign(window, { onload: null })

function fitPhones() {
  const viewport = document.createElement('meta')
  viewport.name = 'viewport'
  viewport.content = 'width=device-width, initial-scale=1'
  document.head.append(viewport)
}

function followColourScheme() {
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const follow = () => document.documentElement.classList.toggle('dark-mode', dark.matches)
  dark.addEventListener('change', follow)
  follow()
}

function showBrand() {
  const mark = new Image(40, 40)
  mark.src = new URL('static/theme/mark.svg', `${location.origin}/docs/`)
  mark.alt = 'Kith'
  const home = document.createElement('a')
  home.href = '/'
  home.append(mark)
  const header = document.createElement('header')
  header.className = 'kith-header'
  header.append(home)
  document.body.prepend(header)
}

/** People log in by the password form; what else can be sent is for programs, which read the document. */
function onlyPassword() {
  const byPassword = ({ ...document }) => {
    const { password } = document.components?.securitySchemes ?? {}
    document.components = { ...document.components, securitySchemes: { password } }
    document.security = document.security?.filter((requirement) => 'password' in requirement)
    return document
  }
  const updateJsonSpec = (original) => (document) => original(byPassword(document))
  return { statePlugins: { spec: { wrapActions: { updateJsonSpec } } } }
}
