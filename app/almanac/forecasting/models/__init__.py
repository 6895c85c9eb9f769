"""The models on this computer: manifests, checks, and which one is used."""
