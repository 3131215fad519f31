// Packs what `apply` copies into user repositories. Filled in by the middleware work.
