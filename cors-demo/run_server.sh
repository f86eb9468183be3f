#!/bin/sh
# The page on the origin that the API allows by default (CORS_ORIGINS): it works.
echo 'CORS demonstration: the API allows this origin, so the page shows your contacts.'
exec node "$(dirname "$0")/serve.mjs" 3000
