"""What authors run: set-up, the build of the site, the execution of the chapters."""
