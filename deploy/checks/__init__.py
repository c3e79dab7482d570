"""What must hold of the manifests in `deploy/`, checked as they are rendered."""
