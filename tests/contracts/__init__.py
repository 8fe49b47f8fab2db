"""One contract for each port, held against every class that fulfils it."""
