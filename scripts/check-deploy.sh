#!/usr/bin/env bash
# Checks everything in deploy/ that can be checked without a cluster. Takes half a minute, and is part of .ci/run.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."
source scripts/lib/ui.sh
source scripts/lib/packages.sh
source scripts/lib/processes.sh
source scripts/lib/python.sh
source scripts/lib/manifests.sh

log_folder=.build
mkdir -p "$log_folder"
further_packages+=("${python_packages[@]}" "command:shellcheck:shellcheck:checks the shell scripts")
install_packages
check_manifests
step "Shell scripts"
shellcheck --external-sources --check-sourced deploy/gke/*-*.sh deploy/gke/deploy.sh deploy/components/sentinel/*.sh
say "All is well."
