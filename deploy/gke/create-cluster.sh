#!/usr/bin/env bash
# Makes a cluster on GKE and what belongs to it: registry, buckets, address, rights, and the operators of RabbitMQ and KEDA.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.."
source scripts/lib/ui.sh
source deploy/gke/lib.sh

usage() {
    cat <<'TEXT'
Makes a cluster on GKE and what belongs to it, whatever of it is not there yet. Everything it makes costs money until
deploy/gke/tear-down.sh. Settings: .local/gke.env, see deploy/gke/settings.example.env.

    deploy/gke/create-cluster.sh [--dry-run]
TEXT
}

rabbitmq_operator=https://github.com/rabbitmq/cluster-operator/releases/download/v2.22.3/cluster-operator.yml
keda=https://github.com/kedacore/keda/releases/download/v2.20.2/keda-2.20.2.yaml

read_options "$@"
if ((${#options[@]} > 0)); then fail "The option ${options[0]} is not known."; fi
read_settings
require_commands gcloud kubectl
use_context

step "Services of Google Cloud"
services=(compute container artifactregistry storage iam)
if [[ "$ENTRANCE" == gateway ]]; then services+=(certificatemanager); fi
run_cloud services enable "${services[@]/%/.googleapis.com}"

step "Registry, buckets and address"
unless_there "registry $REPOSITORY" cloud artifacts repositories describe "$REPOSITORY" --location "$REGION" -- \
    gcloud --quiet --project "$PROJECT" artifacts repositories create "$REPOSITORY" --location "$REGION" --repository-format docker
for bucket in "$DATA_BUCKET" "$BACKUP_BUCKET"; do
    unless_there "bucket $bucket" cloud storage buckets describe "gs://$bucket" -- \
        gcloud --quiet --project "$PROJECT" storage buckets create "gs://$bucket" --location "$REGION" \
        --uniform-bucket-level-access --public-access-prevention
done
lifecycle=$state_folder/lifecycle.json
mkdir -p "$state_folder"
printf '{"rule": [{"action": {"type": "Delete"}, "condition": {"age": %s}}]}\n' "$BACKUP_DAYS" >"$lifecycle"
run_cloud storage buckets update "gs://$BACKUP_BUCKET" --lifecycle-file "$lifecycle"
unless_there "address kindred" cloud compute addresses describe kindred --global -- \
    gcloud --quiet --project "$PROJECT" compute addresses create kindred --global

step "Cluster"
unless_there "cluster $CLUSTER" cloud container clusters describe "$CLUSTER" --region "$REGION" -- \
    gcloud --quiet --project "$PROJECT" container clusters create "$CLUSTER" --region "$REGION" --release-channel regular \
    --machine-type "$MACHINE_TYPE" --num-nodes 1 --disk-type pd-balanced --enable-ip-alias --enable-dataplane-v2 \
    --in-transit-encryption inter-node-transparent --enable-shielded-nodes \
    --workload-pool "$PROJECT.svc.id.goog" --workload-metadata GKE_METADATA --gateway-api standard
unless_there "spot nodes" cloud container node-pools describe spot-workers --cluster "$CLUSTER" --region "$REGION" -- \
    gcloud --quiet --project "$PROJECT" container node-pools create spot-workers --cluster "$CLUSTER" --region "$REGION" \
    --machine-type "$SPOT_MACHINE_TYPE" --spot --num-nodes 0 --enable-autoscaling --min-nodes 0 --max-nodes "$MAXIMUM_SPOT_NODES" \
    --node-taints cloud.google.com/gke-spot=true:NoSchedule --workload-metadata GKE_METADATA
run_cloud container clusters get-credentials "$CLUSTER" --region "$REGION"

# Who may what with the buckets: the service accounts of Kubernetes themselves, without keys.
step "Rights"
number=PROJECT_NUMBER
if [[ "$dry_run" == false ]]; then
    number=$(cloud projects describe "$PROJECT" --format 'value(projectNumber)') || fail "The project $PROJECT cannot be looked at."
fi
grant() {
    local pool=projects/$number/locations/global/workloadIdentityPools/$PROJECT.svc.id.goog
    run_cloud storage buckets add-iam-policy-binding "gs://$2" --role "roles/storage.$3" \
        --member "principal://iam.googleapis.com/$pool/subject/ns/$namespace/sa/$1"
}
grant gateway "$DATA_BUCKET" objectViewer
grant worker "$DATA_BUCKET" objectViewer
grant retrain "$DATA_BUCKET" objectUser
grant backup "$BACKUP_BUCKET" objectUser
# The nodes fetch images and write logs. In newer organizations their account may do neither by itself.
nodes=serviceAccount:$number-compute@developer.gserviceaccount.com
run_cloud artifacts repositories add-iam-policy-binding "$REPOSITORY" --location "$REGION" --member "$nodes" \
    --role roles/artifactregistry.reader
run_cloud projects add-iam-policy-binding "$PROJECT" --member "$nodes" --role roles/container.defaultNodeServiceAccount \
    --condition None

step "The operators of RabbitMQ and KEDA"
run_kubectl apply --filename "$rabbitmq_operator"
run_kubectl apply --server-side --filename "$keda"

if [[ "$ENTRANCE" == gateway ]]; then
    step "Certificate"
    unless_there "certificate" cloud certificate-manager certificates describe kindred -- \
        gcloud --quiet --project "$PROJECT" certificate-manager certificates create kindred --domains "$DOMAIN"
    unless_there "map of certificates" cloud certificate-manager maps describe kindred -- \
        gcloud --quiet --project "$PROJECT" certificate-manager maps create kindred
    unless_there "entry of the map" cloud certificate-manager maps entries describe kindred --map kindred -- \
        gcloud --quiet --project "$PROJECT" certificate-manager maps entries create kindred --map kindred \
        --certificates kindred --hostname "$DOMAIN"
fi

if [[ "$dry_run" == true ]]; then exit 0; fi
say
say "The A record of $DOMAIN is to name $(cloud compute addresses describe kindred --global --format 'value(address)')."
say "Next: publish data (deploy/README.md), deploy/gke/build-and-push.sh, deploy/gke/deploy.sh"
