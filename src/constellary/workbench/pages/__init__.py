"""The pages, a module each: `view` gathers what a page shows, a route answers with it."""
