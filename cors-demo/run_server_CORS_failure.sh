#!/bin/sh
# The same page on an origin that the API does not allow: the browser refuses it.
echo 'CORS demonstration: the API does not allow this origin, so the browser refuses the page.'
exec node "$(dirname "$0")/serve.mjs" 3001
