"""The web app of Kindred: a client of the REST API and of nothing else."""
