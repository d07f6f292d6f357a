"""From newsroom to edition: render, gather, check, store, switch; and when to do so."""
